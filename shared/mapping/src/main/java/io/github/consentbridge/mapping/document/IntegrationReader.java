package io.github.consentbridge.mapping.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.mapping.json.ConfigurationException;
import io.github.consentbridge.mapping.json.JsonObjectReader;
import io.github.consentbridge.mapping.json.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads the integration document and reports all of its problems at once. */
public final class IntegrationReader {
    /** {@code $schema} is for editors. */
    public static final Set<String> KEYS = Set.of("$schema", "type_id", "properties", "mappings", "upsert_mode");

    static final Set<String> PROPERTY_KEYS = Set.of(
            "organization_id",
            "contact_key",
            "key_case",
            "regulation",
            "bidirectional",
            "wins",
            "on_user_deleted",
            "on_contact_deleted",
            "silence_integrations",
            "didomi_source_ips",
            "trusted_proxies",
            "max_change_ratio",
            "history_days",
            "ignored_keys");

    /** Blocks that the secret may contain beside ours; other readers read them. */
    public static final Set<String> SECRET_KEYS =
            Set.of("authentication", "microsoft-dynamics", "didomi", "webhooks", "log_key");

    private static final String TYPE_ID = "microsoft-dynamics";
    private static final double MAX_CHANGE_RATIO = 0.2;
    private static final int HISTORY_DAYS = 1095;
    private static final Pattern LOGICAL_NAME = Pattern.compile("[a-z][a-z0-9_]*");

    /** Where the document is stored. */
    public enum Place {
        /** In git, not secret: blocks with credentials are refused. */
        FILE,
        /**
         * In the secret, as with Didomi's own connector configuration: blocks with credentials are left to their own
         * reader.
         */
        SECRET
    }

    private final JsonObjectReader document;
    private final JsonObjectReader properties;
    private final List<Problem> problems;

    private IntegrationReader(JsonObjectReader document, List<Problem> problems) {
        this.document = document;
        this.properties = document.object("properties");
        this.problems = problems;
    }

    /**
     * Reads a document and checks it completely.
     *
     * @param json UTF-8
     * @throws ConfigurationException with every problem of the document
     */
    public static Integration read(byte[] json, Place place) {
        List<Problem> problems = new ArrayList<>();
        JsonObjectReader document = JsonObjectReader.document(json, problems);
        Integration integration = new IntegrationReader(document, problems).integration(place);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return integration;
    }

    private Integration integration(Place place) {
        checkKeys(place);
        checkType();
        properties.onlyKnown(PROPERTY_KEYS);
        Integration defaults = properties();
        return new Integration(
                defaults.organizationId(),
                defaults.contactKey(),
                defaults.keyCase(),
                defaults.regulation(),
                defaults.bidirectional(),
                defaults.wins(),
                defaults.onUserDeleted(),
                defaults.onContactDeleted(),
                defaults.silenceIntegrations(),
                defaults.didomiSourceIps(),
                defaults.trustedProxies(),
                defaults.maxChangeRatio(),
                defaults.historyDays(),
                defaults.ignoredKeys(),
                defaults.upsertMode(),
                new MappingReader(defaults, problems).read(document));
    }

    private void checkKeys(Place place) {
        Set<String> known = new TreeSet<>(KEYS);
        known.addAll(SECRET_KEYS);
        document.onlyKnown(known);
        if (place == Place.FILE) {
            SECRET_KEYS.stream()
                    .sorted()
                    .filter(document::has)
                    .forEach(name -> document.problem(
                            name,
                            "\"%s\" belongs in the secret: move it there and remove it from this file"
                                    .formatted(name)));
        }
    }

    private void checkType() {
        Optional<String> type = document.text("type_id");
        if (!document.has("type_id") || (type.isPresent() && !type.get().equals(TYPE_ID))) {
            document.problem("type_id", "is required and must be \"%s\"".formatted(TYPE_ID));
        }
    }

    /** Everything but the mappings. */
    private Integration properties() {
        return new Integration(
                properties.text("organization_id"),
                column(properties, "contact_key").orElse(AttributeName.CONTACT_ID),
                properties.word("key_case", KeyCase.class).orElse(KeyCase.EXACT),
                regulation(properties).orElse(Regulation.GDPR),
                properties.flag("bidirectional", false),
                properties.word("wins", Wins.class).orElse(Wins.NEWEST),
                properties
                        .word("on_user_deleted", Integration.OnUserDeleted.class)
                        .orElse(Integration.OnUserDeleted.KEEP),
                properties
                        .word("on_contact_deleted", Integration.OnContactDeleted.class)
                        .orElse(Integration.OnContactDeleted.KEEP),
                properties.flag("silence_integrations", false),
                ranges("didomi_source_ips"),
                ranges("trusted_proxies"),
                properties.share("max_change_ratio", MAX_CHANGE_RATIO),
                properties.days("history_days", HISTORY_DAYS),
                ignoredKeys(),
                document.flag("upsert_mode", false),
                List.of());
    }

    private List<String> ranges(String name) {
        List<String> ranges = new ArrayList<>();
        List<JsonNode> items = properties.list(name);
        for (int index = 0; index < items.size(); index++) {
            String range = items.get(index).asText();
            if (AddressRange.parse(range).isPresent()) {
                ranges.add(range);
            } else {
                properties.problem(name, index, "must be an IP address or a range such as \"203.0.113.0/24\"");
            }
        }
        return ranges;
    }

    private IgnoredKeys ignoredKeys() {
        return properties.has("ignored_keys") ? new IgnoredKeys(properties.texts("ignored_keys")) : IgnoredKeys.DEFAULT;
    }

    static Optional<Regulation> regulation(JsonObjectReader members) {
        Optional<String> id = members.text("regulation");
        if (id.isPresent() && !id.get().equals(id.get().strip().toLowerCase(Locale.ROOT))) {
            members.problem("regulation", "must be Didomi's id, which is in lower case: for example \"gdpr\"");
            return Optional.empty();
        }
        return id.map(Regulation::new);
    }

    static Optional<AttributeName> column(JsonObjectReader members, String name) {
        Optional<String> column = members.text(name);
        if (column.isPresent() && !LOGICAL_NAME.matcher(column.get()).matches()) {
            members.problem(
                    name,
                    "must be a column's logical name, which has lower-case letters, digits and _ only:"
                            + " look it up in the column's properties");
            return Optional.empty();
        }
        return column.map(AttributeName::new);
    }
}
