package io.github.consentbridge.mapping.settle;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import java.time.Instant;
import java.util.UUID;

/**
 * A consent event to be posted.
 *
 * @param createdAt the date that it carries in Didomi
 * @param decision the choice that it copies to Didomi
 */
public record PlannedEvent(ConsentRecordId recordId, Instant createdAt, Decision decision) {

    public ConsentValue value() {
        return decision.value();
    }

    /**
     * The event's id, computed from the environment, the person, the regulation, the Didomi value, the date and the
     * chosen value, so that a repeat is the same event, and the event of another bridge on the same Didomi organization
     * is another one.
     *
     * @param environment the organization id of our Dataverse environment
     */
    public UUID id(OrganizationUserId person, UUID environment) {
        return id(person, recordId, createdAt, value(), environment);
    }

    /** The same for an event of ours of which only this is known. */
    public static UUID id(
            OrganizationUserId person,
            ConsentRecordId recordId,
            Instant createdAt,
            ConsentValue value,
            UUID environment) {
        return id("consent-bridge", environment.toString(), name(person, recordId, createdAt, value));
    }

    /**
     * The id of an event that a version posted whose events did not name their environment yet. It proves that a bridge,
     * ours or another one, posted it.
     */
    public static UUID earlierId(OrganizationUserId person, ConsentRecordId recordId, Instant at, ConsentValue value) {
        return id("consent-bridge", name(person, recordId, at, value));
    }

    private static String name(OrganizationUserId person, ConsentRecordId recordId, Instant at, ConsentValue value) {
        return String.join("\n", person.value(), recordId.key(), at.toString(), String.valueOf(value));
    }

    private static UUID id(String... parts) {
        return UUID.nameUUIDFromBytes(String.join("\n", parts).getBytes(UTF_8));
    }
}
