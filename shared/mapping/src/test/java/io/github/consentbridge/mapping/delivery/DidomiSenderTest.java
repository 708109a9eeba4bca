package io.github.consentbridge.mapping.delivery;

import static io.github.consentbridge.mapping.delivery.Deliveries.NEWSLETTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.mapping.delivery.Reading.Ignored;
import io.github.consentbridge.mapping.delivery.Reading.News;
import io.github.consentbridge.mapping.delivery.Reading.Reason;
import io.github.consentbridge.mapping.document.Regulation;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DidomiSenderTest {
    private static final Ignored ANOTHER = new Ignored(Reason.ANOTHER_ORGANIZATION);

    /** A body whose entity is called this, with one more member. */
    private static String body(String type, String entity, String member) {
        return """
                {"type": "%s", "parameters": {"%s": {
                  "id": "e-1", %s, "created_at": "2026-10-02T08:15:30Z", "updated_at": "2026-10-02T08:15:30Z",
                  "organization_user_id": "ada@example.org",
                  "consents": {"purposes": [{"id": "newsletter", "enabled": true}]}}}}""".formatted(type, entity, member);
    }

    @ParameterizedTest
    @CsvSource({
        "event.created, entity",
        "event.updated, new_entity",
        "event.deleted, entity",
        "user.created, entity",
        "user.updated, new_entity",
        "user.deleted, entity"
    })
    void anotherOrganizationIsIgnoredInEveryType(String type, String entity) throws MalformedDeliveryException {
        String foreign = body(type, entity, "\"organization_id\": \"zenith\"");
        String ours = body(type, entity, "\"organization_id\": \"acme\"");

        assertThat(Deliveries.read(foreign, NEWSLETTER)).isEqualTo(ANOTHER);
        assertThat(Deliveries.read(ours, NEWSLETTER)).isInstanceOf(News.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"organization_id\": null", "\"organization_id\": \"\"", "\"domain\": \"zenith\""})
    void bodyThatNamesNoOrganizationCountsAsOurs(String member) throws MalformedDeliveryException {
        assertThat(Deliveries.read(body("event.created", "entity", member), NEWSLETTER))
                .isInstanceOf(News.class);
    }

    @Test
    void organizationThatIsNoTextIsMalformed() {
        String body = body("event.created", "entity", "\"organization_id\": 7");

        assertThatThrownBy(() -> Deliveries.read(body, NEWSLETTER))
                .isInstanceOf(MalformedDeliveryException.class)
                .hasMessage("`organization_id` is not a string");
    }

    @Test
    void organizationOfAFlattenedBodyCounts() throws MalformedDeliveryException {
        String body = """
                {"type": "event.created", "entity__organization_id": "zenith",
                 "entity__organization_user_id": "ada@example.org", "entity__created_at": "2026-10-02T08:15:30Z",
                 "entity__consents__purposes__0__id": "newsletter", "entity__consents__purposes__0__enabled": true}""";

        assertThat(Deliveries.read(body, NEWSLETTER)).isEqualTo(ANOTHER);
    }

    @Test
    void whereNothingNamesOurOrganizationEveryDeliveryIsRead() throws MalformedDeliveryException {
        DidomiReader anyones =
                new DidomiReader(List.of(Deliveries.mapping(NEWSLETTER, Regulation.GDPR)), BridgeIdentity.UNKNOWN);
        String body = body("event.created", "entity", "\"organization_id\": \"zenith\"");

        assertThat(anyones.read(body, "d1", Deliveries.RECEIVED)).isInstanceOf(News.class);
    }

    @Test
    void organizationAloneIsEnoughToTellDeliveriesOfOthers() throws MalformedDeliveryException {
        DidomiReader ours = new DidomiReader(
                List.of(Deliveries.mapping(NEWSLETTER, Regulation.GDPR)),
                BridgeIdentity.ofDidomi(() -> Optional.of("acme")));
        String foreign = body("event.created", "entity", "\"organization_id\": \"zenith\"");
        String own = body("event.created", "entity", "\"organization_id\": \"acme\", " + Deliveries.OUR_METADATA);

        assertThat(ours.read(foreign, "d1", Deliveries.RECEIVED)).isEqualTo(ANOTHER);
        assertThat(ours.read(own, "d1", Deliveries.RECEIVED)).isInstanceOf(News.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"environment\": \"9d0e4c77-1b35-4f82-a6c9-5e8b3d2f1a04\"",
                "\"environment\": null",
                "\"environment\": 7",
                "\"environment\": {\"id\": \"3b8d1f52-6a07-4c9e-8e14-9d5f2a7c0b61\"}",
                "\"side\": \"dynamics\""
            })
    void eventOfAnotherBridgeIsAChoice(String member) throws MalformedDeliveryException {
        String metadata = "\"metadata\": {\"origin\": \"consent-bridge\", %s}".formatted(member);
        String body = body("event.created", "entity", metadata);

        News news = Deliveries.news(body, NEWSLETTER);

        assertThat(Deliveries.reported(news)).containsExactly("purpose:newsletter=granted@2026-10-02T08:15:30Z");
    }

    @Test
    void eventOfAnotherOriginIsAChoice() throws MalformedDeliveryException {
        String metadata = Deliveries.OUR_METADATA.replace("consent-bridge", "crm-export");

        assertThat(Deliveries.read(body("event.created", "entity", metadata), NEWSLETTER))
                .isInstanceOf(News.class);
    }

    /** Most deliveries name no bridge, and an outage of Dataverse must not keep them from being read. */
    @Test
    void environmentIsAskedForOnlyWhereAnEventNamesOne() throws MalformedDeliveryException {
        BridgeIdentity unreachable = new BridgeIdentity() {
            @Override
            public Optional<String> didomiOrganization() {
                return Optional.of("acme");
            }

            @Override
            public Optional<UUID> environment() {
                throw new IllegalStateException("Dataverse is down");
            }
        };
        DidomiReader reader = new DidomiReader(List.of(Deliveries.mapping(NEWSLETTER, Regulation.GDPR)), unreachable);
        String persons = body("event.created", "entity", "\"metadata\": {\"origin\": \"web\"}");
        String bridges = body("event.created", "entity", Deliveries.OUR_METADATA);

        assertThat(reader.read(persons, "d1", Deliveries.RECEIVED)).isInstanceOf(News.class);
        assertThatThrownBy(() -> reader.read(bridges, "d1", Deliveries.RECEIVED))
                .hasMessage("Dataverse is down");
    }
}
