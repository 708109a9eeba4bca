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
        String name = String.join(
                "\n",
                "consent-bridge",
                environment.toString(),
                person.value(),
                recordId.key(),
                createdAt.toString(),
                String.valueOf(value()));
        return UUID.nameUUIDFromBytes(name.getBytes(UTF_8));
    }
}
