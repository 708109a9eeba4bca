package io.github.consentbridge.mapping.delivery;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.Observation;
import io.github.consentbridge.mapping.delivery.Reading.News;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.DidomiPath;
import io.github.consentbridge.mapping.document.Direction;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.document.Regulation;
import io.github.consentbridge.mapping.document.Wins;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Builds bodies in Didomi's forms and reads them with a few mappings. */
final class Deliveries {
    static final Instant RECEIVED = Instant.parse("2026-10-02T08:15:31Z");
    static final DidomiPath NEWSLETTER = new DidomiPath.Purpose("newsletter");
    static final DidomiPath MARKETING = new DidomiPath.Purpose("marketing");
    static final DidomiPath FREQUENCY = new DidomiPath.Preference("marketing", "frequency");
    static final ConsentValue GRANTED = ConsentValue.of(true);
    static final ConsentValue REFUSED = ConsentValue.of(false);

    /** What our own events carry. */
    static final String OUR_METADATA = """
            "metadata": {"origin": "consent-bridge", "environment": "3b8d1f52-6a07-4c9e-8e14-9d5f2a7c0b61"}""";

    private static final UUID ENVIRONMENT = UUID.fromString("3b8d1f52-6a07-4c9e-8e14-9d5f2a7c0b61");

    /** The bridge of the Didomi organization acme. */
    static final BridgeIdentity US = new BridgeIdentity() {
        @Override
        public Optional<String> didomiOrganization() {
            return Optional.of("acme");
        }

        @Override
        public Optional<UUID> environment() {
            return Optional.of(ENVIRONMENT);
        }
    };

    private Deliveries() {}

    static DidomiReader reader(DidomiPath... paths) {
        return new DidomiReader(
                Arrays.stream(paths).map(path -> mapping(path, Regulation.GDPR)).toList(), US);
    }

    static Mapping mapping(DidomiPath path, Regulation regulation) {
        return new Mapping(
                new AttributeName("new_note"), path, false, Map.of(), Direction.TO_DYNAMICS, regulation, Wins.NEWEST);
    }

    static ConsentRecordId recordId(DidomiPath path) {
        return new ConsentRecordId(Regulation.GDPR, path);
    }

    static Reading read(String body, DidomiPath... paths) throws MalformedDeliveryException {
        return reader(paths).read(body, "d1", RECEIVED);
    }

    static News news(String body, DidomiPath... paths) throws MalformedDeliveryException {
        return (News) read(body, paths);
    }

    /** {@code path=value@time} of each choice. */
    static List<String> reported(News news) {
        return news.choices().stream().map(Deliveries::words).toList();
    }

    static String words(Choice choice) {
        return choice.recordId().value().key() + "=" + words(choice.value()) + "@" + choice.decidedAt();
    }

    private static String words(ConsentValue value) {
        if (value instanceof ConsentValue.Flag flag) {
            return flag.granted() ? "granted" : "refused";
        }
        return ((ConsentValue.Text) value).text();
    }

    /** What the only state in the news shows at a path. */
    static Observation shown(News news, DidomiPath path) {
        return news.states().get(0).values().get(recordId(path));
    }

    /** An event with these members of {@code consents}. */
    static String event(String type, String consents) {
        return event(type, "\"status\": \"confirmed\"", consents);
    }

    static String event(String type, String members, String consents) {
        return """
                {"type": "%s", "parameters": {"entity": {"id": "e-1", "created_at": "2026-10-02T08:15:30.120Z",
                  "user": {"id": "u-1", "organization_user_id": "ada@example.org"}, %s, "consents": {%s}}}}""".formatted(type, members, consents);
    }

    static String user(String type, String members, String consents) {
        return """
                {"type": "%s", "parameters": {"entity": {"id": "u-1", "organization_user_id": "ada@example.org",
                  "version": 3, "updated_at": "2026-10-02T08:15:30.400Z", %s, "consents": {%s}}}}""".formatted(type, members, consents);
    }

    /** Version 4 of 30 September becomes version 5 of 2 October. */
    static String updated(String source, String before, String after) {
        return """
                {"type": "user.updated", "parameters": {%s
                  "old_entity": {"id": "u-1", "organization_user_id": "ada@example.org", "version": 4,
                    "updated_at": "2026-09-30T10:00:00Z", "consents": {%s}},
                  "new_entity": {"id": "u-1", "organization_user_id": "ada@example.org", "version": 5,
                    "updated_at": "2026-10-02T08:15:30.400Z", "consents": {%s}}}}""".formatted(source, before, after);
    }

    static String source(String createdAt, String members, String consents) {
        return "\"source\": {\"id\": \"e-1\", \"created_at\": \"%s\", %s \"consents\": {%s}},"
                .formatted(createdAt, members, consents);
    }

    /** A purpose with {@code enabled} as written in JSON. */
    static String purpose(String id, String enabled) {
        return "{\"id\": \"%s\", \"enabled\": %s}".formatted(id, enabled);
    }

    static String purposes(String... purposes) {
        return "\"purposes\": [" + String.join(", ", purposes) + "]";
    }
}
