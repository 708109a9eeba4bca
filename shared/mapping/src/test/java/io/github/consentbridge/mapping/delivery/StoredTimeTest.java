package io.github.consentbridge.mapping.delivery;

import static io.github.consentbridge.mapping.delivery.Deliveries.NEWSLETTER;
import static io.github.consentbridge.mapping.delivery.Deliveries.RECEIVED;
import static io.github.consentbridge.mapping.delivery.Deliveries.news;
import static io.github.consentbridge.mapping.delivery.Deliveries.purpose;
import static io.github.consentbridge.mapping.delivery.Deliveries.purposes;
import static io.github.consentbridge.mapping.delivery.Deliveries.reader;
import static io.github.consentbridge.mapping.delivery.Deliveries.reported;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ClockRule;
import io.github.consentbridge.mapping.document.Regulation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An event from a device whose clock is years ahead: Didomi's own clock says when it stored the event. */
class StoredTimeTest {
    private static final String FUTURE = "2099-01-01T00:00:00Z";
    private static final String STORED = "2026-10-02T08:15:29.500Z";
    private static final String GRANT = purposes(purpose("newsletter", "true"));

    private static String event(String updatedAt) {
        return """
                {"id": "e-9", "created_at": "%s", "updated_at": %s, "status": "confirmed",
                 "user": {"id": "u-9", "organization_user_id": "ada@example.org"}, "consents": {%s}}""".formatted(FUTURE, updatedAt, GRANT);
    }

    private static String created(String updatedAt) {
        return "{\"type\": \"event.created\", \"parameters\": {\"entity\": %s}}".formatted(event(updatedAt));
    }

    private static String updated(String source) {
        return """
                {"type": "user.updated", "parameters": {"source": {"created_at": "%s"%s},
                 "old_entity": {"id": "u-9", "organization_user_id": "ada@example.org", "version": 1,
                   "updated_at": "2026-09-01T10:00:00Z"},
                 "new_entity": {"id": "u-9", "organization_user_id": "ada@example.org", "version": 2,
                   "updated_at": "2026-10-02T08:15:29.900Z", "consents": {%s}}}}""".formatted(FUTURE, source, GRANT);
    }

    @Test
    void reportedEventIsAsOldAsItsStorage() throws MalformedDeliveryException {
        assertThat(reported(news(created("\"" + STORED + "\""), NEWSLETTER)))
                .containsExactly("purpose:newsletter=granted@" + STORED);
    }

    @Test
    void eventThatWasReadIsAsOldAsItsStorage() throws MalformedDeliveryException {
        DidomiReader.Events read = reader(NEWSLETTER)
                .readEvents(
                        List.of(event("\"" + STORED + "\"")),
                        Regulation.GDPR,
                        new ClockRule(RECEIVED.plus(Duration.ofDays(1))));

        assertThat(read.choices()).singleElement().satisfies(choice -> {
            assertThat(choice.decidedAt()).isEqualTo(Instant.parse(STORED));
            assertThat(choice.claimedAt()).isEqualTo(Instant.parse(FUTURE));
            assertThat(choice.isDatedByDidomi()).isTrue();
        });
    }

    @Test
    void changeOfAUserIsAsOldAsItsEventOrElseAsTheUser() throws MalformedDeliveryException {
        assertThat(reported(news(updated(", \"updated_at\": \"" + STORED + "\""), NEWSLETTER)))
                .containsExactly("purpose:newsletter=granted@" + STORED);
        assertThat(reported(news(updated(""), NEWSLETTER)))
                .containsExactly("purpose:newsletter=granted@2026-10-02T08:15:29.900Z");
    }

    /** It makes another time more exact; the choice does not depend on it. */
    @ParameterizedTest
    @ValueSource(strings = {"null", "7", "{}", "\"soon\"", "\"\"", "\"2098-01-01T00:00:00Z\""})
    void storageWithoutAPossibleTimeLeavesTheMomentOfTheDelivery(String time) throws MalformedDeliveryException {
        Choice choice = news(created(time), NEWSLETTER).choices().get(0);

        assertThat(choice.decidedAt()).isEqualTo(RECEIVED);
        assertThat(choice.isDatedByDidomi()).isFalse();
    }

    @Test
    void eventWithAPossibleDateKeepsIt() throws MalformedDeliveryException {
        String body = created("\"" + STORED + "\"").replace(FUTURE, "2026-10-01T12:00:00Z");

        assertThat(reported(news(body, NEWSLETTER))).containsExactly("purpose:newsletter=granted@2026-10-01T12:00:00Z");
    }
}
