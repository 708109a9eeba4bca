package io.github.consentbridge.mapping.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ClockRule;
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.DidomiState;
import io.github.consentbridge.mapping.consent.Observation;
import io.github.consentbridge.mapping.consent.Observation.Origin;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.delivery.Reading.News;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.document.Regulation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A Didomi user's new state. Values that differ from the old state, or that the causing event lists, are choices; all
 * others are observations.
 *
 * @param before the old state; missing if the user is new or was read
 * @param cause the event that caused the change; missing if Didomi names none
 * @param created whether the user is new, so that all its values are choices
 * @param ours whether an event of ours caused the change, so that none of its values is a choice
 */
record UserChange(
        JsonNode user,
        JsonNode before,
        JsonNode cause,
        boolean created,
        boolean ours,
        Stamp stamp,
        @Nullable Stamp previous) {

    /** One value: the choice, if there is one, and the observation. */
    private record Reported(@Nullable ConsentValue chosen, Observation observed) {}

    News read(
            OrganizationUserId person,
            Regulation regulation,
            List<ConsentRecordId> records,
            String delivery,
            ClockRule clock)
            throws MalformedDeliveryException {
        @Nullable Instant caused = created ? null : WireJson.optionalTime(cause, "created_at");
        List<Choice> choices = properties(records, delivery);
        Map<ConsentRecordId, Observation> shown = new HashMap<>();
        for (ConsentRecordId recordId : records) {
            if (recordId.value().isConsent()) {
                Reported reported = reported(recordId);
                shown.put(recordId, reported.observed());
                if (reported.chosen() != null) {
                    choices.add(choice(recordId, reported.chosen(), caused, delivery)
                            .counted(clock));
                }
            }
        }
        return news(person, regulation, choices, shown);
    }

    /**
     * Without a named event, the state's time is only the latest possible one: an event may have been deleted, so that
     * an older choice shows again.
     */
    private Choice choice(ConsentRecordId recordId, ConsentValue chosen, @Nullable Instant caused, String delivery)
            throws MalformedDeliveryException {
        if (caused == null) {
            return Choice.atTheLatest(recordId, userId(), chosen, stamp.rowTime(), delivery);
        }
        // The event has changed the user, so it is not younger than the user's new state.
        @Nullable Instant stored = WireJson.timeIfValid(cause, DidomiReader.UPDATED_AT);
        return Choice.inDidomi(recordId, userId(), chosen, caused, delivery)
                .by(DidomiReader.who(cause))
                .storedAt(stored == null ? stamp.at() : stored);
    }

    /** All values as observations: it is not known when they were chosen. */
    News state(OrganizationUserId person, Regulation regulation, List<ConsentRecordId> records, String delivery)
            throws MalformedDeliveryException {
        Map<ConsentRecordId, Observation> shown = new HashMap<>();
        for (ConsentRecordId recordId : records) {
            if (recordId.value().isConsent()) {
                shown.put(recordId, Observation.read(shown().value(recordId.value())));
            }
        }
        return news(person, regulation, properties(records, delivery), shown);
    }

    private News news(
            OrganizationUserId person,
            Regulation regulation,
            List<Choice> choices,
            Map<ConsentRecordId, Observation> shown)
            throws MalformedDeliveryException {
        DidomiState state = new DidomiState(userId(), regulation, stamp, previous, shown);
        return new News(person, choices, List.of(), List.of(state), false, null);
    }

    private String userId() throws MalformedDeliveryException {
        return DidomiReader.userId(user);
    }

    private Consents shown() {
        return new Consents(user, before.isObject() ? "new_entity" : "entity");
    }

    /** A property is not a choice; it is dated by its state, so that the newest state's value wins. */
    private List<Choice> properties(List<ConsentRecordId> records, String delivery) throws MalformedDeliveryException {
        List<Choice> properties = new ArrayList<>();
        for (ConsentRecordId recordId : records) {
            @Nullable ConsentValue value = recordId.value().isConsent() ? null : shown().value(recordId.value());
            if (value != null) {
                properties.add(Choice.inDidomi(recordId, userId(), value, stamp.rowTime(), delivery)
                        .decidedAt(stamp.at()));
            }
        }
        return properties;
    }

    private Reported reported(ConsentRecordId recordId) throws MalformedDeliveryException {
        @Nullable ConsentValue now = shown().value(recordId.value());
        @Nullable ConsentValue old = new Consents(before, "old_entity").value(recordId.value());
        @Nullable ConsentValue listed = new Consents(cause, "source").value(recordId.value());
        boolean changed = created || (before.isObject() && !Objects.equals(old, now));
        if (ours) {
            return new Reported(
                    null, new Observation(now, changed || listed != null ? Origin.EXPLAINED : unexplained(changed)));
        }
        if (listed != null) {
            // If Didomi kept a newer value in the state, the state's value is not the one that was chosen here.
            return new Reported(
                    listed, new Observation(now, listed.equals(now) ? Origin.EXPLAINED : unexplained(changed)));
        }
        return changed && now != null
                ? new Reported(now, new Observation(now, Origin.EXPLAINED))
                : new Reported(null, new Observation(now, unexplained(changed)));
    }

    private Origin unexplained(boolean changed) {
        return before.isObject() && !changed ? Origin.UNCHANGED : Origin.UNKNOWN;
    }
}
