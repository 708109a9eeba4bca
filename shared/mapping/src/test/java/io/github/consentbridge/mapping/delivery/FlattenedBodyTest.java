package io.github.consentbridge.mapping.delivery;

import static io.github.consentbridge.mapping.delivery.Deliveries.FREQUENCY;
import static io.github.consentbridge.mapping.delivery.Deliveries.GRANTED;
import static io.github.consentbridge.mapping.delivery.Deliveries.MARKETING;
import static io.github.consentbridge.mapping.delivery.Deliveries.NEWSLETTER;
import static io.github.consentbridge.mapping.delivery.Deliveries.news;
import static io.github.consentbridge.mapping.delivery.Deliveries.reported;
import static io.github.consentbridge.mapping.delivery.Deliveries.shown;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.mapping.consent.Observation;
import io.github.consentbridge.mapping.consent.Observation.Origin;
import io.github.consentbridge.mapping.delivery.Reading.News;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlattenedBodyTest {
    private static final String EVENT = """
            "%1$sid": "e-1", "%1$screated_at": "2026-10-02T08:15:30Z", "%1$sstatus": "confirmed",
            "%1$suser__id": "u-1", "%1$suser__organization_user_id": "ada@example.org",
            "%1$sconsents__purposes__0__id": "newsletter", "%1$sconsents__purposes__0__enabled": false,
            "%1$sconsents__purposes__1__id": "marketing", "%1$sconsents__purposes__1__enabled": true,
            "%1$sconsents__purposes__1__values__frequency__value": "weekly\"""";

    private static final String[] TOLD = {
        "purpose:newsletter=refused@2026-10-02T08:15:30Z",
        "purpose:marketing=granted@2026-10-02T08:15:30Z",
        "purpose:marketing/preference:frequency=weekly@2026-10-02T08:15:30Z"
    };

    @Test
    void fullyFlattenedBodyIsRead() throws MalformedDeliveryException {
        String body = "{\"type\": \"event.created\", %s}".formatted(EVENT.formatted("entity__"));

        assertThat(reported(news(body, NEWSLETTER, MARKETING, FREQUENCY))).containsExactly(TOLD);
    }

    @Test
    void entityFlattenedUnderParametersIsRead() throws MalformedDeliveryException {
        String body =
                "{\"type\": \"event.created\", \"parameters\": {\"entity\": {%s}}}".formatted(EVENT.formatted(""));

        assertThat(reported(news(body, NEWSLETTER, MARKETING, FREQUENCY))).containsExactly(TOLD);
    }

    @Test
    void entityFlattenedAtTheTopIsRead() throws MalformedDeliveryException {
        String body = "{\"type\": \"event.created\", \"entity\": {%s}}".formatted(EVENT.formatted(""));

        assertThat(reported(news(body, NEWSLETTER, MARKETING, FREQUENCY))).containsExactly(TOLD);
    }

    @Test
    void flattenedParametersAreRead() throws MalformedDeliveryException {
        String body = "{\"type\": \"event.created\", %s}".formatted(EVENT.formatted("parameters__entity__"));

        assertThat(reported(news(body, NEWSLETTER, MARKETING, FREQUENCY))).containsExactly(TOLD);
    }

    @Test
    void flattenedUserHasNoOldStateAndGivesObservations() throws MalformedDeliveryException {
        String body = """
                {"type": "user.updated", "entity__id": "u-1", "entity__organization_user_id": "ada@example.org",
                 "entity__updated_at": "2026-10-02T08:15:30Z", "entity__version": 5,
                 "entity__consents__purposes__0__id": "newsletter", "entity__consents__purposes__0__enabled": true}""";

        News news = news(body, NEWSLETTER);

        assertThat(reported(news)).isEmpty();
        assertThat(shown(news, NEWSLETTER)).isEqualTo(new Observation(GRANTED, Origin.UNKNOWN));
    }

    @Test
    void flattenedEventOfOursIsOurs() throws MalformedDeliveryException {
        String body = """
                {"type": "event.created", "entity__metadata__origin": "consent-bridge",
                 "entity__metadata__environment": "3b8d1f52-6a07-4c9e-8e14-9d5f2a7c0b61", %s}""".formatted(EVENT.formatted("entity__"));

        assertThat(Deliveries.read(body, NEWSLETTER)).isEqualTo(new Reading.Ignored(Reading.Reason.OWN_EVENT));
    }

    @Test
    void underscoresInAnUnflattenedBodyAreKept() throws MalformedDeliveryException {
        String body = Deliveries.event(
                "event.created",
                "\"metadata\": {\"a__b\": 1}",
                "\"purposes\": [{\"id\": \"a__b\", \"enabled\": true}]");

        assertThat(reported(news(body, new io.github.consentbridge.mapping.document.DidomiPath.Purpose("a__b"))))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'parameters': {'entity': {'id': 'u-1', 'metadata': {'crm__id': '7', 'crm': 'x'}}}}",
                "{'parameters': {'entity': {'id': 'e-1'}, 'source': {'crm__id': '7'}}}",
                "{'parameters': {'entity': 'crm__id'}, '__hidden': 1, 'open__': 2, '__': 3}"
            })
    void bodyThatIsNotFlattenedIsReturnedUnchanged(String json) throws Exception {
        JsonNode body = new JsonMapper().readTree(json.replace('\'', '"'));

        assertThat(FlattenedBody.restore(body)).isEqualTo(body);
    }
}
