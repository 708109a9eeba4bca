package io.github.consentbridge.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.delivery.Reading.News;
import io.github.consentbridge.mapping.ConsentValue;
import io.github.consentbridge.mapping.OrganizationUserId;
import io.github.consentbridge.mapping.Regulation;
import io.github.consentbridge.settle.Choice;
import io.github.consentbridge.settle.DidomiState;
import io.github.consentbridge.settle.Observed;
import io.github.consentbridge.settle.Observed.Origin;
import io.github.consentbridge.settle.RegisterId;
import io.github.consentbridge.settle.Stamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A Didomi user's new state, and what of it somebody just decided: what differs from the old state or is listed in the
 * event that caused it. All else is shown, not told.
 *
 * @param before the old state; missing where the user is new or was read
 * @param cause the event that caused it; missing where Didomi names none
 * @param created whether the user is new, so that all its values are choices
 * @param ours whether an event of ours caused it, so that none is
 */
record UserChange(
        JsonNode user,
        JsonNode before,
        JsonNode cause,
        boolean created,
        boolean ours,
        Stamp stamp,
        @Nullable Stamp previous) {

    /** One value's choice, if there is one, and what the state shows of it. */
    private record Told(@Nullable ConsentValue chosen, Observed observed) {}

    News read(
            OrganizationUserId person,
            Regulation regulation,
            List<RegisterId> registers,
            String delivery,
            UnaryOperator<Instant> possible)
            throws MalformedDeliveryException {
        @Nullable Instant caused = Json.optionalTime(cause, "created_at");
        Instant decidedAt = possible.apply(caused != null && !created ? caused : stamp.at());
        List<Choice> choices = properties(registers, delivery);
        Map<RegisterId, Observed> shown = new HashMap<>();
        for (RegisterId register : registers) {
            if (register.value().isConsent()) {
                Told told = told(register);
                shown.put(register, told.observed());
                if (told.chosen() != null) {
                    choices.add(
                            created
                                    ? Choice.ofNewUser(register, userId(), told.chosen(), decidedAt, delivery)
                                    : Choice.inDidomi(register, userId(), told.chosen(), decidedAt, delivery));
                }
            }
        }
        return news(person, regulation, choices, shown);
    }

    /** All of it as shown: nothing is known of how it came about. */
    News state(OrganizationUserId person, Regulation regulation, List<RegisterId> registers, String delivery) {
        Map<RegisterId, Observed> shown = new HashMap<>();
        for (RegisterId register : registers) {
            if (register.value().isConsent()) {
                shown.put(register, Observed.read(Consents.of(user).value(register.value())));
            }
        }
        return news(person, regulation, properties(registers, delivery), shown);
    }

    private News news(
            OrganizationUserId person, Regulation regulation, List<Choice> choices, Map<RegisterId, Observed> shown) {
        DidomiState state = new DidomiState(userId(), regulation, stamp, previous, shown);
        return new News(person, choices, List.of(), List.of(state), false, null);
    }

    private String userId() {
        return user.path("id").asText("");
    }

    /** A property is nobody's choice; its newest value is that of the newest state. */
    private List<Choice> properties(List<RegisterId> registers, String delivery) {
        List<Choice> properties = new ArrayList<>();
        for (RegisterId register : registers) {
            @Nullable
            ConsentValue value =
                    register.value().isConsent() ? null : Consents.of(user).value(register.value());
            if (value != null) {
                properties.add(Choice.inDidomi(register, userId(), value, stamp.at(), delivery));
            }
        }
        return properties;
    }

    private Told told(RegisterId register) {
        @Nullable ConsentValue now = Consents.of(user).value(register.value());
        @Nullable ConsentValue old = Consents.of(before).value(register.value());
        @Nullable ConsentValue listed = Consents.of(cause).value(register.value());
        boolean changed = created || (before.isObject() && !Objects.equals(old, now));
        if (ours) {
            return new Told(
                    null, new Observed(now, changed || listed != null ? Origin.EXPLAINED : unexplained(changed)));
        }
        if (listed != null) {
            // Didomi may have kept a newer value in the state: then the state's value is not what was chosen here.
            return new Told(listed, new Observed(now, listed.equals(now) ? Origin.EXPLAINED : unexplained(changed)));
        }
        return changed && now != null
                ? new Told(now, new Observed(now, Origin.EXPLAINED))
                : new Told(null, new Observed(now, unexplained(changed)));
    }

    private Origin unexplained(boolean changed) {
        return before.isObject() && !changed ? Origin.UNCHANGED : Origin.UNKNOWN;
    }
}
