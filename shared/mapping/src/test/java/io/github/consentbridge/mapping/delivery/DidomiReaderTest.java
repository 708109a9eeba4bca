package io.github.consentbridge.mapping.delivery;

import static io.github.consentbridge.mapping.delivery.Deliveries.GRANTED;
import static io.github.consentbridge.mapping.delivery.Deliveries.MARKETING;
import static io.github.consentbridge.mapping.delivery.Deliveries.NEWSLETTER;
import static io.github.consentbridge.mapping.delivery.Deliveries.RECEIVED;
import static io.github.consentbridge.mapping.delivery.Deliveries.event;
import static io.github.consentbridge.mapping.delivery.Deliveries.news;
import static io.github.consentbridge.mapping.delivery.Deliveries.purpose;
import static io.github.consentbridge.mapping.delivery.Deliveries.purposes;
import static io.github.consentbridge.mapping.delivery.Deliveries.read;
import static io.github.consentbridge.mapping.delivery.Deliveries.reader;
import static io.github.consentbridge.mapping.delivery.Deliveries.recordId;
import static io.github.consentbridge.mapping.delivery.Deliveries.reported;
import static io.github.consentbridge.mapping.delivery.Deliveries.shown;
import static io.github.consentbridge.mapping.delivery.Deliveries.user;
import static io.github.consentbridge.mapping.delivery.Deliveries.words;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ClockRule;
import io.github.consentbridge.mapping.consent.Observation.Origin;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.delivery.Reading.DeletedUser;
import io.github.consentbridge.mapping.delivery.Reading.Ignored;
import io.github.consentbridge.mapping.delivery.Reading.News;
import io.github.consentbridge.mapping.delivery.Reading.Reason;
import io.github.consentbridge.mapping.document.DidomiPath;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.document.Regulation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DidomiReaderTest {
    private static final OrganizationUserId ADA = new OrganizationUserId("ada@example.org");
    private static final String GRANT = purposes(purpose("newsletter", "true"));
    private static final ClockRule READ = new ClockRule(RECEIVED.plus(Duration.ofDays(1)));

    @Test
    void createdEventReportsItsValuesAtItsOwnTime() throws MalformedDeliveryException {
        String body = event("event.created", purposes(purpose("newsletter", "true"), purpose("marketing", "false")));

        News news = news(body, NEWSLETTER, MARKETING);

        assertThat(news.person()).isEqualTo(ADA);
        assertThat(news.choices())
                .containsExactly(
                        Choice.inDidomi(
                                        recordId(NEWSLETTER),
                                        "u-1",
                                        GRANTED,
                                        Instant.parse("2026-10-02T08:15:30.120Z"),
                                        "d1")
                                .by("event e-1"),
                        Choice.inDidomi(
                                        recordId(MARKETING),
                                        "u-1",
                                        Deliveries.REFUSED,
                                        Instant.parse("2026-10-02T08:15:30.120Z"),
                                        "d1")
                                .by("event e-1"));
        assertThat(news.states()).isEmpty();
        assertThat(news.reread()).isFalse();
    }

    @Test
    void createdUserReportsAllItsValuesAtItsUpdateTime() throws MalformedDeliveryException {
        News news = news(
                user("user.created", "\"country\": \"FR\"", purposes(purpose("newsletter", "false"))),
                NEWSLETTER,
                MARKETING);

        assertThat(reported(news)).containsExactly("purpose:newsletter=refused@2026-10-02T08:15:30.400Z");
        assertThat(news.choices()).allMatch(Choice::latest);
        assertThat(shown(news, NEWSLETTER).origin()).isEqualTo(Origin.EXPLAINED);
        assertThat(shown(news, MARKETING).value()).isNull();
    }

    @Test
    void userStateCarriesItsVersionAndTime() throws MalformedDeliveryException {
        News news = news(user("user.created", "\"x\": 1", GRANT), NEWSLETTER);

        assertThat(news.states()).singleElement().satisfies(state -> {
            assertThat(state.userId()).isEqualTo("u-1");
            assertThat(state.stamp()).isEqualTo(new Stamp(3, Instant.parse("2026-10-02T08:15:30.400Z")));
            assertThat(state.previous()).isNull();
        });
    }

    @Test
    void changedEventAsksForAReadAndReportsNothing() throws MalformedDeliveryException {
        String body = event("event.updated", GRANT).replace("\"entity\"", "\"new_entity\"");

        News news = news(body, NEWSLETTER);

        assertThat(news.reread()).isTrue();
        assertThat(news.choices()).isEmpty();
        assertThat(news.revoked()).isEmpty();
    }

    @Test
    void deletedEventRevokesItsChoicesAndAsksForARead() throws MalformedDeliveryException {
        News news = news(event("event.deleted", GRANT), NEWSLETTER);

        assertThat(news.reread()).isTrue();
        assertThat(news.choices()).isEmpty();
        assertThat(news.revoked())
                .extracting(Deliveries::words)
                .containsExactly("purpose:newsletter=granted@2026-10-02T08:15:30.120Z");
    }

    @Test
    void deletedEventOfOursRevokesNothing() throws MalformedDeliveryException {
        News news = news(event("event.deleted", Deliveries.OUR_METADATA, GRANT), NEWSLETTER);

        assertThat(news.revoked()).isEmpty();
        assertThat(news.reread()).isTrue();
    }

    @Test
    void deletedUserIsDatedAtItsDelivery() throws MalformedDeliveryException {
        News news = news(user("user.deleted", "\"x\": 1", GRANT), NEWSLETTER);

        assertThat(news.deletedUser()).isEqualTo(new DeletedUser("u-1", RECEIVED));
        assertThat(news.choices()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"user.merged", "event.approved", "ping"})
    void unknownTypeIsIgnoredWithAnyContent(String type) throws MalformedDeliveryException {
        Reading reading = read("{\"type\": \"" + type + "\", \"parameters\": 7}", NEWSLETTER);

        assertThat(reading).isEqualTo(new Ignored(Reason.UNKNOWN_TYPE));
    }

    @Test
    void eventPendingApprovalIsNotAChoice() throws MalformedDeliveryException {
        Reading reading = read(event("event.created", "\"status\": \"pending_approval\"", GRANT), NEWSLETTER);

        assertThat(reading).isEqualTo(new Ignored(Reason.PENDING_APPROVAL));
    }

    @Test
    void ourOwnEventIsNotAChoice() throws MalformedDeliveryException {
        Reading reading = read(event("event.created", Deliveries.OUR_METADATA, GRANT), NEWSLETTER);

        assertThat(reading).isEqualTo(new Ignored(Reason.OWN_EVENT));
    }

    @Test
    void eventWithoutAStatusCounts() throws MalformedDeliveryException {
        assertThat(reported(news(event("event.created", "\"status\": null", GRANT), NEWSLETTER)))
                .hasSize(1);
    }

    @Test
    void purposeWithoutAnAnswerIsNotAChoice() throws MalformedDeliveryException {
        Reading reading = read(event("event.created", purposes(purpose("newsletter", "null"))), NEWSLETTER);

        assertThat(reading).isEqualTo(new Ignored(Reason.NOTHING_MAPPED));
    }

    @Test
    void unmappedPurposeIsNotAChoice() throws MalformedDeliveryException {
        Reading reading = read(event("event.created", GRANT), MARKETING);

        assertThat(reading).isEqualTo(new Ignored(Reason.NOTHING_MAPPED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"event.created", "event.updated", "event.deleted", "user.created", "user.updated", "user.deleted"
            })
    void bodyWithoutAnOrganizationUserIdIsIgnored(String type) throws MalformedDeliveryException {
        String body = (type.startsWith("event") ? event(type, GRANT) : user(type, "\"x\": 1", GRANT))
                .replace("\"organization_user_id\": \"ada@example.org\"", "\"organization_user_id\": null");

        assertThat(read(body, NEWSLETTER)).isEqualTo(new Ignored(Reason.NO_ORGANIZATION_USER_ID));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"event.created", "event.updated", "event.deleted", "user.created", "user.updated", "user.deleted"
            })
    void otherRegulationIsIgnored(String type) throws MalformedDeliveryException {
        String body = type.startsWith("event") ? event(type, GRANT) : user(type, "\"x\": 1", GRANT);
        String inEnvelope = body.replaceFirst("\\{", "{\"regulation\": \"cpra\", ");
        String inEntity = body.replace("\"entity\": {", "\"entity\": {\"regulation\": \"cpra\", ");

        assertThat(read(inEnvelope, NEWSLETTER)).isEqualTo(new Ignored(Reason.OTHER_REGULATION));
        assertThat(read(inEntity, NEWSLETTER)).isEqualTo(new Ignored(Reason.OTHER_REGULATION));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\"gdpr\""})
    void absentRegulationIsGdpr(String regulation) throws MalformedDeliveryException {
        String body = event("event.created", GRANT).replaceFirst("\\{", "{\"regulation\": " + regulation + ", ");

        assertThat(reported(news(body, NEWSLETTER))).hasSize(1);
    }

    @Test
    void mappedRegulationOtherThanGdprIsRead() throws MalformedDeliveryException {
        Regulation cpra = new Regulation("cpra");
        DidomiReader both = new DidomiReader(
                List.of(Deliveries.mapping(NEWSLETTER, Regulation.GDPR), Deliveries.mapping(NEWSLETTER, cpra)));
        String body = event("event.created", GRANT).replaceFirst("\\{", "{\"regulation\": \"cpra\", ");

        News news = (News) both.read(body, "d1", RECEIVED);

        assertThat(news.choices())
                .singleElement()
                .satisfies(choice -> assertThat(choice.recordId().regulation()).isEqualTo(cpra));
    }

    @Test
    void valueMappedToSeveralColumnsIsReportedOnce() throws MalformedDeliveryException {
        assertThat(reported(news(event("event.created", GRANT), NEWSLETTER, NEWSLETTER)))
                .hasSize(1);
    }

    @Test
    void organizationUserIdIsKeptAsDidomiSpellsIt() throws MalformedDeliveryException {
        String body = event("event.created", GRANT).replace("ada@example.org", "Ada O'Brien+météo");

        assertThat(news(body, NEWSLETTER).person()).isEqualTo(new OrganizationUserId("Ada O'Brien+météo"));
    }

    @Test
    void unknownMembersAreIgnored() throws MalformedDeliveryException {
        String body = event("event.created", "\"new_field\": {\"a\": [1]}", GRANT + ", \"vendors\": {\"enabled\": []}")
                .replaceFirst("\\{", "{\"delivery\": {\"b\": 2}, ");

        assertThat(reported(news(body, NEWSLETTER))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-10-02T10:15:30.120+02:00", "2026-10-02T08:15:30.120Z", "2026-10-02T08:15:30.120000Z"})
    void timesAreReadWithTheirOffset(String time) throws MalformedDeliveryException {
        String body = event("event.created", GRANT).replace("2026-10-02T08:15:30.120Z", time);

        assertThat(reported(news(body, NEWSLETTER)))
                .containsExactly("purpose:newsletter=granted@2026-10-02T08:15:30.120Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-10-02T08:25:31Z", "2026-10-02T08:15:31Z"})
    void clockThatIsSlightlyAheadIsAccepted(String time) throws MalformedDeliveryException {
        String body = event("event.created", GRANT).replace("2026-10-02T08:15:30.120Z", time);

        assertThat(reported(news(body, NEWSLETTER))).containsExactly("purpose:newsletter=granted@" + time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-10-02T08:25:32Z", "2099-01-01T00:00:00Z", "+1000000000-12-31T23:59:59.999999999Z"})
    void choiceFromTheFutureIsDatedAtItsArrival(String time) throws MalformedDeliveryException {
        String body = event("event.created", GRANT).replace("2026-10-02T08:15:30.120Z", time);

        assertThat(reported(news(body, NEWSLETTER))).containsExactly("purpose:newsletter=granted@" + RECEIVED);
    }

    /** An event that overrules it carries a date 1 ms later, which must be one that systems can read. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "9999-12-31T23:59:59.999Z",
                "+10000-01-01T00:00:00Z",
                "+1000000000-12-31T23:59:59.999999999Z",
                "+999999999-12-31T23:59:59.999999999-18:00"
            })
    void claimBeyondTheYear9999CountsAsItsLastDay(String time) throws MalformedDeliveryException {
        String body = event("event.created", GRANT).replace("2026-10-02T08:15:30.120Z", time);

        assertThat(news(body, NEWSLETTER).choices())
                .extracting(Choice::claimedAt)
                .containsExactly(Instant.parse("9999-12-31T00:00:00Z"));
    }

    @Test
    void stateFromTheFutureIsDatedAtItsArrival() throws MalformedDeliveryException {
        String body = user("user.created", "\"country\": \"FR\"", GRANT)
                .replace("2026-10-02T08:15:30.400Z", "2099-01-01T00:00:00Z");
        DidomiPath country = new DidomiPath.Property("country");

        News news = news(body, NEWSLETTER, country);

        assertThat(news.states().get(0).stamp())
                .isEqualTo(new Stamp(3, RECEIVED, Instant.parse("2099-01-01T00:00:00Z")));
        assertThat(reported(news))
                .containsExactlyInAnyOrder("purpose:newsletter=granted@" + RECEIVED, "property:country=FR@" + RECEIVED);
    }

    @Test
    void userThatWasReadReportsOnlyItsProperties() throws MalformedDeliveryException {
        DidomiPath updatedAt = new DidomiPath.Property("updated_at");
        String entity = """
                {"id": "u-7", "version": 2, "updated_at": "2026-10-02T08:15:30Z",
                 "consents": {"purposes": [{"id": "newsletter", "enabled": true}]}}""";

        News news = reader(NEWSLETTER, updatedAt).readUser(ADA, entity, Regulation.GDPR, READ);

        assertThat(reported(news)).containsExactly("property:updated_at=2026-10-02T08:15:30Z@2026-10-02T08:15:30Z");
        assertThat(shown(news, NEWSLETTER).value()).isEqualTo(GRANTED);
        assertThat(shown(news, NEWSLETTER).origin()).isEqualTo(Origin.UNKNOWN);
    }

    @Test
    void userReadUnderARegulationThatIsNotMappedShowsNothing() throws MalformedDeliveryException {
        String entity = "{\"id\": \"u-7\", \"updated_at\": \"2026-10-02T08:15:30Z\"}";

        News news = reader(NEWSLETTER).readUser(ADA, entity, new Regulation("cpra"), READ);

        assertThat(news.choices()).isEmpty();
        assertThat(news.states().get(0).values()).isEmpty();
    }

    @Test
    void ourOwnEventThatWasReadIsNotAChoice() throws MalformedDeliveryException {
        String ours = """
                {"id": "e-9", "created_at": "2026-10-02T09:00:00.001Z", "user": {"id": "u-1"},
                 %s,
                 "consents": {"purposes": [{"id": "newsletter", "enabled": true}]}}""".formatted(Deliveries.OUR_METADATA);
        String pending = """
                {"id": "e-8", "created_at": "2026-10-02T09:30:00Z", "status": "pending_approval",
                 "consents": {"purposes": [{"id": "newsletter", "enabled": false}]}}""";

        DidomiReader.Events events = reader(NEWSLETTER).readEvents(List.of(ours, pending), Regulation.GDPR, READ);

        assertThat(events.choices()).isEmpty();
        assertThat(events.ours())
                .singleElement()
                .satisfies(choice ->
                        assertThat(words(choice)).isEqualTo("purpose:newsletter=granted@2026-10-02T09:00:00.001Z"));
    }

    /** As in Didomi's documentation. */
    @Test
    void createdEventWithoutADateAsksForARead() throws MalformedDeliveryException {
        String body = event("event.created", GRANT).replace("\"created_at\"", "\"other\"");

        News news = news(body, NEWSLETTER);

        assertThat(news.person()).isEqualTo(ADA);
        assertThat(news.reread()).isTrue();
        assertThat(news.choices()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"event.created", "event.deleted", "event.updated"})
    void eventWithoutAUserIsAcknowledged(String type) throws MalformedDeliveryException {
        String body = """
                {"type": "%s", "parameters": {"entity": {"id": "e-4", "created_at": "2026-10-02T08:15:30Z"}}}""".formatted(type);

        assertThat(read(body, NEWSLETTER)).isEqualTo(new Ignored(Reason.NO_ORGANIZATION_USER_ID));
    }

    @ParameterizedTest
    @ValueSource(strings = {"event.created", "event.deleted", "event.updated"})
    void eventThatListsNothingIsTaken(String type) throws MalformedDeliveryException {
        String body = """
                {"type": "%s", "parameters": {"entity": {"id": "e-4",
                  "user": {"organization_user_id": "ada@example.org"}}}}""".formatted(type);

        News news = news(body, NEWSLETTER);

        assertThat(news.reread()).isTrue();
        assertThat(news.revoked()).isEmpty();
    }

    @Test
    void whatIsReadIsDatedAtTheLatestAtThatMoment() throws MalformedDeliveryException {
        Instant future = Instant.parse("2099-01-01T00:00:00Z");
        String user = """
                {"id": "u-7", "version": 2, "updated_at": "%s",
                 "consents": {"purposes": [{"id": "newsletter", "enabled": true}]}}""".formatted(future);
        String event = """
                {"id": "e-7", "created_at": "%s", "user": {"id": "u-7"},
                 "consents": {"purposes": [{"id": "newsletter", "enabled": true}]}}""".formatted(future);

        News news = reader(NEWSLETTER).readUser(ADA, user, Regulation.GDPR, READ);
        DidomiReader.Events events = reader(NEWSLETTER).readEvents(List.of(event), Regulation.GDPR, READ);

        assertThat(news.states().get(0).stamp()).isEqualTo(new Stamp(2, READ.moment(), future));
        assertThat(events.choices()).singleElement().satisfies(choice -> {
            assertThat(choice.decidedAt()).isEqualTo(READ.moment());
            assertThat(choice.claimedAt()).isEqualTo(future);
        });
    }
}
