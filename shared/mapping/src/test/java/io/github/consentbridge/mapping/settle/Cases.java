package io.github.consentbridge.mapping.settle;

import static io.github.consentbridge.mapping.settle.World.COLUMN;
import static io.github.consentbridge.mapping.settle.World.NEWSLETTER;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ContactState;
import io.github.consentbridge.mapping.consent.DidomiState;
import io.github.consentbridge.mapping.consent.Observation;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.Regulation;
import io.github.consentbridge.mapping.document.Wins;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Builds single cases. Times are seconds of the minute in which a {@link World} starts. */
final class Cases {
    private Cases() {}

    static List<Choice> reported(Choice... choices) {
        return List.of(choices);
    }

    static Choice didomi(ConsentValue value, int second) {
        return Choice.inDidomi(NEWSLETTER, "u1", value, at(second), "d" + second);
    }

    static Choice dynamics(ConsentValue value, int second) {
        return Choice.inColumn(NEWSLETTER, COLUMN, value, at(second), second, "y" + second);
    }

    static ContactState shows(boolean value, int second) {
        return new ContactState("c0", "W/" + second, new Stamp(second, at(second)), Map.of(COLUMN, value));
    }

    static Decision decision(Person person) {
        return person.record(NEWSLETTER).decision(Wins.NEWEST).orElseThrow();
    }

    static Instant at(double second) {
        return World.START.plusMillis(Math.round((second - 10) * 1000));
    }

    /** The user as the Didomi API returns it. */
    static DidomiState user(String id, ConsentValue value, double second) {
        return new DidomiState(
                id,
                Regulation.GDPR,
                new Stamp(Choice.UNKNOWN_VERSION, at(second)),
                null,
                Map.of(NEWSLETTER, Observation.read(value)));
    }
}
