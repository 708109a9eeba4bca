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
     * The event's id, computed from the person, the regulation, the Didomi value, the date and the chosen value, so
     * that a repeat is the same event.
     */
    public UUID id(OrganizationUserId person) {
        String name = String.join("\n", person.value(), recordId.key(), createdAt.toString(), String.valueOf(value()));
        return UUID.nameUUIDFromBytes(("consent-bridge\n" + name).getBytes(UTF_8));
    }
}
