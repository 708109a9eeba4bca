package io.github.consentbridge.sync.credentials;

import io.github.consentbridge.connectors.dataverse.api.DataverseEnvironment;
import io.github.consentbridge.connectors.entra.EntraAccess;
import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.mapping.document.IntegrationReader;
import io.github.consentbridge.mapping.json.ConfigurationException;
import io.github.consentbridge.mapping.json.JsonObjectReader;
import io.github.consentbridge.mapping.json.Problem;
import io.github.consentbridge.sync.credentials.BridgeSecret.Client;
import io.github.consentbridge.sync.credentials.BridgeSecret.Didomi;
import io.github.consentbridge.sync.credentials.BridgeSecret.Dynamics;
import io.github.consentbridge.sync.credentials.BridgeSecret.Webhook;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the secret and reports everything that is wrong with it at once, by place and never by value. It may be a copy
 * of Didomi's own connector configuration: then its {@code authentication} block is the app registration, and
 * {@link IntegrationReader} reads the rest.
 */
public final class SecretReader {
    /** The header that carries a webhook's credential unless the secret names another one. */
    public static final String DEFAULT_HEADER = "x-consent-bridge-key";

    static final String DYNAMICS = "microsoft-dynamics";
    static final String AUTHENTICATION = "authentication";

    static final Set<String> DIDOMI_KEYS = Set.of("key", "secret", "organization_id");
    static final Set<String> DYNAMICS_KEYS = Set.of("client_id", "client_secret", "tenant_id", "instance");
    static final Set<String> WEBHOOKS = Set.of("didomi", "dynamics");
    static final Set<String> DIDOMI_WEBHOOK_KEYS = Set.of("header", "values", "client_id", "client_secrets");
    static final Set<String> DYNAMICS_WEBHOOK_KEYS = Set.of("header", "values");

    private static final int MAX_VALUES = 5;
    static final String HOW_TO_GENERATE_ONE = "generate one with: openssl rand -hex 32";

    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    /** Characters that a header, a form and a Basic credential pass on unchanged. */
    private static final Pattern VISIBLE_ASCII = Pattern.compile("[!-~]*");

    private final JsonObjectReader document;
    private final List<Problem> problems;

    /** Where each value is used first, and in which list. */
    private final Map<String, Use> uses = new HashMap<>();

    private record Use(String list, String pointer) {}

    private SecretReader(JsonObjectReader document, List<Problem> problems) {
        this.document = document;
        this.problems = problems;
    }

    /**
     * Reads the secret. A missing block is reported only when it is needed.
     *
     * @param json UTF-8
     * @throws ConfigurationException with every problem of the secret; no message contains anything of its values
     */
    public static BridgeSecret read(byte[] json) {
        return read(json, Optional.empty());
    }

    /**
     * Reads the secret of a process that needs these parts of it.
     *
     * @param json UTF-8
     * @throws ConfigurationException with every problem of the secret and every part that is missing; no message contains
     *     anything of its values
     */
    public static BridgeSecret readComplete(byte[] json, SecretNeeds needs) {
        return read(json, Optional.of(needs));
    }

    private static BridgeSecret read(byte[] json, Optional<SecretNeeds> needs) {
        List<Problem> problems = new ArrayList<>();
        JsonObjectReader document = JsonObjectReader.document(json, problems);
        Optional<BridgeSecret> secret = new SecretReader(document, problems).secret(needs);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return secret.orElseThrow();
    }

    private Optional<BridgeSecret> secret(Optional<SecretNeeds> needs) {
        Set<String> known = new TreeSet<>(IntegrationReader.KEYS);
        known.addAll(IntegrationReader.SECRET_KEYS);
        document.onlyKnown(known);
        JsonObjectReader didomiBlock = document.object("didomi");
        Optional<Didomi> didomi = document.has("didomi") ? didomi(didomiBlock) : Optional.empty();
        Optional<Dynamics> dynamics = dynamics();
        JsonObjectReader webhooks = document.object("webhooks");
        webhooks.onlyKnown(WEBHOOKS);
        Optional<Webhook> fromDidomi = webhook(webhooks, "didomi", true);
        Optional<Webhook> fromDynamics = webhook(webhooks, "dynamics", false);
        Optional<String> organizationId = organizationId(didomiBlock, document.object("properties"));
        Optional<Secret> logKey = logKey();
        needs.ifPresent(parts -> parts.check(document, organizationId.isPresent()));
        return problems.isEmpty()
                ? Optional.of(new BridgeSecret(didomi, dynamics, fromDidomi, fromDynamics, organizationId, logKey))
                : Optional.empty();
    }

    private Optional<Secret> logKey() {
        Optional<String> key = document.text("log_key");
        key.ifPresent(value -> {
            SecretQuality.problemOfKey(value)
                    .ifPresent(problem -> document.problem("log_key", problem + "; " + HOW_TO_GENERATE_ONE));
            used(document.pointer() + "/log_key", document.pointer() + "/log_key", value);
        });
        return key.map(Secret::of);
    }

    /** A value known to one party must not open what another one has. */
    private void used(String list, String pointer, String value) {
        Use first = uses.computeIfAbsent(value, any -> new Use(list, pointer));
        if (!first.list().equals(list)) {
            problems.add(new Problem(
                    pointer,
                    "is the same as %s: use each value for one purpose only; %s"
                            .formatted(first.pointer(), HOW_TO_GENERATE_ONE)));
        }
    }

    private Optional<Didomi> didomi(JsonObjectReader block) {
        block.onlyKnown(DIDOMI_KEYS);
        Optional<String> key = required(block, "key", "the id of a private API key from Didomi");
        Optional<String> secret = required(block, "secret", "the secret of that private API key");
        secret.ifPresent(value -> used(block.pointer(), block.pointer() + "/secret", value));
        return key.flatMap(id -> secret.map(value -> new Didomi(Secret.of(id), Secret.of(value))));
    }

    /** The organization may be in the didomi block, or in the place that the integration document uses. */
    private static Optional<String> organizationId(JsonObjectReader didomi, JsonObjectReader properties) {
        Optional<String> besideKey = didomi.text("organization_id");
        Optional<String> property = properties.text("organization_id");
        if (besideKey.isPresent() && property.isPresent() && !besideKey.equals(property)) {
            didomi.problem("organization_id", "differs from /properties/organization_id: keep only one of them");
        }
        return besideKey.or(() -> property);
    }

    private Optional<Dynamics> dynamics() {
        boolean both = document.has(DYNAMICS) && document.has(AUTHENTICATION);
        if (both) {
            document.problem(
                    AUTHENTICATION,
                    "means the same as \"" + DYNAMICS + "\", which is also present: keep only one of them");
        }
        String name = document.has(AUTHENTICATION) && !both ? AUTHENTICATION : DYNAMICS;
        if (!document.has(name)) {
            return Optional.empty();
        }
        JsonObjectReader block = document.object(name);
        block.onlyKnown(DYNAMICS_KEYS);
        Optional<String> clientId = required(block, "client_id", "the app registration's application id");
        Optional<String> clientSecret = required(block, "client_secret", "the value, not the id, of a client secret");
        clientSecret.ifPresent(value -> used(block.pointer(), block.pointer() + "/client_secret", value));
        Optional<String> tenantId = required(block, "tenant_id", "the tenant's GUID or domain name");
        Optional<String> instance =
                required(block, "instance", "the environment's address, such as https://acme.crm4.dynamics.com");
        instance.ifPresent(address -> check(block, "instance", () -> DataverseEnvironment.parse(address)));
        tenantId.ifPresent(
                tenant -> check(block, "tenant_id", () -> new EntraAccess(tenant, "any", Secret.of("any"), null)));
        return Stream.of(clientId, clientSecret, tenantId, instance).allMatch(Optional::isPresent)
                ? Optional.of(new Dynamics(
                        clientId.orElseThrow(),
                        Secret.of(clientSecret.orElseThrow()),
                        tenantId.orElseThrow(),
                        instance.orElseThrow()))
                : Optional.empty();
    }

    /** Tries the value where it is used; the messages there contain nothing of it. */
    private static void check(JsonObjectReader block, String name, Runnable use) {
        try {
            use.run();
        } catch (IllegalArgumentException e) {
            block.problem(name, String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> required(JsonObjectReader block, String name, String meaning) {
        if (!block.has(name)) {
            block.problem(name, "is missing: write " + meaning);
            return Optional.empty();
        }
        Optional<String> text = block.text(name);
        if (text.isPresent() && !text.get().equals(text.get().strip())) {
            block.problem(name, "must not begin or end with spaces or line breaks: remove them");
        } else if (text.filter(SecretQuality::isPlaceholder).isPresent()) {
            block.problem(name, "is a placeholder: write " + meaning);
        }
        return text;
    }

    private Optional<Webhook> webhook(JsonObjectReader webhooks, String side, boolean mayFetchTokens) {
        if (!webhooks.has(side)) {
            return Optional.empty();
        }
        JsonObjectReader block = webhooks.object(side);
        block.onlyKnown(mayFetchTokens ? DIDOMI_WEBHOOK_KEYS : DYNAMICS_WEBHOOK_KEYS);
        String header = block.text("header").orElse(DEFAULT_HEADER);
        if (!HEADER_NAME.matcher(header).matches()) {
            block.problem("header", "must be a header name, for example \"" + DEFAULT_HEADER + "\"");
        }
        List<Secret> values = block.has("values") ? values(block, "values") : List.of();
        Optional<Client> client = mayFetchTokens ? client(block) : Optional.empty();
        return Optional.of(new Webhook(header.toLowerCase(Locale.ROOT), values, client));
    }

    private Optional<Client> client(JsonObjectReader block) {
        if (!block.has("client_id") && !block.has("client_secrets")) {
            return Optional.empty();
        }
        Optional<String> id =
                required(block, "client_id", "a name of your choice, which Didomi gets together with a client secret");
        if (!block.has("client_secrets")) {
            block.problem("client_secrets", "is missing: write a list with one secret; " + HOW_TO_GENERATE_ONE);
            return Optional.empty();
        }
        List<Secret> secrets = values(block, "client_secrets");
        return id.map(name -> new Client(name, secrets));
    }

    /** Values that we issue: the current one and, during a rotation, previous ones. */
    private List<Secret> values(JsonObjectReader block, String name) {
        int before = problems.size();
        List<String> texts = block.texts(name);
        if (problems.size() > before) {
            return List.of();
        }
        if (texts.isEmpty() || texts.size() > MAX_VALUES) {
            block.problem(
                    name, "must contain 1 to " + MAX_VALUES + " values, the current one first; " + HOW_TO_GENERATE_ONE);
        }
        for (int index = 0; index < texts.size(); index++) {
            checkValue(block, name, index, texts.get(index));
        }
        return texts.stream().map(Secret::of).toList();
    }

    private void checkValue(JsonObjectReader block, String name, int index, String value) {
        Optional<String> problem = SecretQuality.problem(value);
        if (problem.isPresent()) {
            block.problem(name, index, problem.get() + "; " + HOW_TO_GENERATE_ONE);
        } else if (!VISIBLE_ASCII.matcher(value).matches()) {
            block.problem(
                    name, index, "must contain only visible ASCII characters and no spaces; " + HOW_TO_GENERATE_ONE);
        }
        String list = block.pointer() + "/" + name;
        used(list, list + "/" + index, value);
    }
}
