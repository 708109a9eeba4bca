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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads the secret and reports everything that is wrong with it at once, by place and never by value. It may be a copy
 * of Didomi's own connector configuration: then its {@code authentication} block is the app registration, and the rest
 * of it is left to {@link IntegrationReader}.
 */
public final class SecretReader {
    /** Where a webhook's credential stands unless the secret names another header. */
    public static final String DEFAULT_HEADER = "x-consent-bridge-key";

    private static final String DYNAMICS = "microsoft-dynamics";
    private static final String AUTHENTICATION = "authentication";

    private static final int MAX_VALUES = 5;
    private static final int MIN_VALUE = 16;
    private static final String HOW_TO_MAKE_ONE = "make one with: openssl rand -hex 32";

    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    /** What passes through a header, a form and a Basic credential unchanged. */
    private static final Pattern VISIBLE_ASCII = Pattern.compile("[!-~]*");

    private final JsonObjectReader document;
    private final List<Problem> problems;

    private SecretReader(JsonObjectReader document, List<Problem> problems) {
        this.document = document;
        this.problems = problems;
    }

    /**
     * Reads the secret. A block that is missing is no problem: who needs it says so.
     *
     * @param json UTF-8
     * @throws ConfigurationException with every problem of the secret; no message holds anything of its values
     */
    public static BridgeSecret read(byte[] json) {
        List<Problem> problems = new ArrayList<>();
        JsonObjectReader document = JsonObjectReader.document(json, problems);
        Optional<BridgeSecret> secret = new SecretReader(document, problems).secret();
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return secret.orElseThrow();
    }

    private Optional<BridgeSecret> secret() {
        Set<String> known = new TreeSet<>(IntegrationReader.KEYS);
        known.addAll(IntegrationReader.SECRET_KEYS);
        document.onlyKnown(known);
        JsonObjectReader didomiBlock = document.object("didomi");
        Optional<Didomi> didomi = document.has("didomi") ? didomi(didomiBlock) : Optional.empty();
        Optional<Dynamics> dynamics = dynamics();
        JsonObjectReader webhooks = document.object("webhooks");
        webhooks.onlyKnown(Set.of("didomi", "dynamics"));
        Optional<Webhook> fromDidomi = webhook(webhooks, "didomi", true);
        Optional<Webhook> fromDynamics = webhook(webhooks, "dynamics", false);
        Optional<String> organizationId = organizationId(didomiBlock, document.object("properties"));
        Optional<Secret> logKey = document.text("log_key").map(Secret::of);
        return problems.isEmpty()
                ? Optional.of(new BridgeSecret(didomi, dynamics, fromDidomi, fromDynamics, organizationId, logKey))
                : Optional.empty();
    }

    private static Optional<Didomi> didomi(JsonObjectReader block) {
        block.onlyKnown(Set.of("key", "secret", "organization_id"));
        Optional<String> key = required(block, "key", "the id of a private API key of Didomi");
        Optional<String> secret = required(block, "secret", "the secret of that private API key");
        return key.flatMap(id -> secret.map(value -> new Didomi(Secret.of(id), Secret.of(value))));
    }

    /** The organization may stand beside the key, or where the integration document has it. */
    private static Optional<String> organizationId(JsonObjectReader didomi, JsonObjectReader properties) {
        Optional<String> besideKey = didomi.text("organization_id");
        Optional<String> property = properties.text("organization_id");
        if (besideKey.isPresent() && property.isPresent() && !besideKey.equals(property)) {
            didomi.problem("organization_id", "differs from /properties/organization_id: keep one of them");
        }
        return besideKey.or(() -> property);
    }

    private Optional<Dynamics> dynamics() {
        boolean both = document.has(DYNAMICS) && document.has(AUTHENTICATION);
        if (both) {
            document.problem(AUTHENTICATION, "stands for \"" + DYNAMICS + "\", which is there too: keep one of them");
        }
        String name = document.has(AUTHENTICATION) && !both ? AUTHENTICATION : DYNAMICS;
        if (!document.has(name)) {
            return Optional.empty();
        }
        JsonObjectReader block = document.object(name);
        block.onlyKnown(Set.of("client_id", "client_secret", "tenant_id", "instance"));
        Optional<String> clientId = required(block, "client_id", "the app registration's application id");
        Optional<String> clientSecret = required(block, "client_secret", "the value, not the id, of a client secret");
        Optional<String> tenantId = required(block, "tenant_id", "the tenant's GUID or domain name");
        Optional<String> instance =
                required(block, "instance", "the environment's address, such as https://acme.crm4.dynamics.com");
        instance.ifPresent(address -> check(block, "instance", () -> DataverseEnvironment.parse(address)));
        tenantId.ifPresent(
                tenant -> check(block, "tenant_id", () -> new EntraAccess(tenant, "any", Secret.of("any"), null)));
        return complete(clientId, clientSecret, tenantId, instance)
                ? Optional.of(new Dynamics(
                        clientId.orElseThrow(),
                        Secret.of(clientSecret.orElseThrow()),
                        tenantId.orElseThrow(),
                        instance.orElseThrow()))
                : Optional.empty();
    }

    private static boolean complete(Optional<?>... parts) {
        return List.of(parts).stream().allMatch(Optional::isPresent);
    }

    /** Those who use a value check it too; their messages repeat nothing of it. */
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
            block.problem(name, "must not begin or end with blanks or line breaks: remove them");
        }
        return text;
    }

    private Optional<Webhook> webhook(JsonObjectReader webhooks, String side, boolean mayFetchTokens) {
        if (!webhooks.has(side)) {
            return Optional.empty();
        }
        JsonObjectReader block = webhooks.object(side);
        block.onlyKnown(
                mayFetchTokens
                        ? Set.of("header", "values", "client_id", "client_secrets")
                        : Set.of("header", "values"));
        String header = block.text("header").orElse(DEFAULT_HEADER);
        if (!HEADER_NAME.matcher(header).matches()) {
            block.problem("header", "must be the name of a header, for example \"" + DEFAULT_HEADER + "\"");
        }
        List<Secret> values = block.has("values") ? values(block, "values") : List.of();
        Optional<Client> client = mayFetchTokens ? client(block) : Optional.empty();
        return Optional.of(new Webhook(header.toLowerCase(Locale.ROOT), values, client));
    }

    private Optional<Client> client(JsonObjectReader block) {
        if (!block.has("client_id") && !block.has("client_secrets")) {
            return Optional.empty();
        }
        Optional<String> id = required(block, "client_id", "any name, which Didomi is given with a client secret");
        if (!block.has("client_secrets")) {
            block.problem("client_secrets", "is missing: write a list of one secret; " + HOW_TO_MAKE_ONE);
            return Optional.empty();
        }
        List<Secret> secrets = values(block, "client_secrets");
        return id.map(name -> new Client(name, secrets));
    }

    /** What we issue: the current value and, during a rotation, former ones. */
    private List<Secret> values(JsonObjectReader block, String name) {
        int before = problems.size();
        List<String> texts = block.texts(name);
        if (problems.size() > before) {
            return List.of();
        }
        if (texts.isEmpty() || texts.size() > MAX_VALUES) {
            block.problem(name, "must hold 1 to " + MAX_VALUES + " values, the current one first; " + HOW_TO_MAKE_ONE);
        }
        for (int index = 0; index < texts.size(); index++) {
            checkValue(block, name, index, texts.get(index));
        }
        return texts.stream().map(Secret::of).toList();
    }

    private static void checkValue(JsonObjectReader block, String name, int index, String value) {
        if (value.length() < MIN_VALUE) {
            block.problem(name, index, "must be at least " + MIN_VALUE + " characters long; " + HOW_TO_MAKE_ONE);
        } else if (!VISIBLE_ASCII.matcher(value).matches()) {
            block.problem(name, index, "must be letters, digits and signs of ASCII, no blanks; " + HOW_TO_MAKE_ONE);
        }
    }
}
