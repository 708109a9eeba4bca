package io.github.consentbridge.mapping.delivery;

import static io.github.consentbridge.mapping.delivery.Deliveries.FREQUENCY;
import static io.github.consentbridge.mapping.delivery.Deliveries.GRANTED;
import static io.github.consentbridge.mapping.delivery.Deliveries.MARKETING;
import static io.github.consentbridge.mapping.delivery.Deliveries.NEWSLETTER;
import static io.github.consentbridge.mapping.delivery.Deliveries.REFUSED;
import static io.github.consentbridge.mapping.delivery.Deliveries.news;
import static io.github.consentbridge.mapping.delivery.Deliveries.purpose;
import static io.github.consentbridge.mapping.delivery.Deliveries.purposes;
import static io.github.consentbridge.mapping.delivery.Deliveries.read;
import static io.github.consentbridge.mapping.delivery.Deliveries.reported;
import static io.github.consentbridge.mapping.delivery.Deliveries.shown;
import static io.github.consentbridge.mapping.delivery.Deliveries.source;
import static io.github.consentbridge.mapping.delivery.Deliveries.updated;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.Observation;
import io.github.consentbridge.mapping.consent.Observation.Origin;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.delivery.Reading.Ignored;
import io.github.consentbridge.mapping.delivery.Reading.News;
import io.github.consentbridge.mapping.delivery.Reading.Reason;
import io.github.consentbridge.mapping.document.DidomiPath;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Which values of a {@code user.updated} are choices and which are observations. */
class UserChangeTest {
    private static final String GRANT = purposes(purpose("newsletter", "true"));
    private static final String REFUSAL = purposes(purpose("newsletter", "false"));
    private static final String DECIDED = "2026-10-02T08:15:30.120Z";

    @Test
    void changedValueIsAChoiceAtTheTimeOfItsCause() throws MalformedDeliveryException {
        News news = news(updated(source(DECIDED, "", ""), REFUSAL, GRANT), NEWSLETTER);

        assertThat(reported(news)).containsExactly("purpose:newsletter=granted@" + DECIDED);
        assertThat(shown(news, NEWSLETTER)).isEqualTo(new Observation(GRANTED, Origin.EXPLAINED));
    }

    @Test
    void changedValueWithoutACauseIsDatedByTheState() throws MalformedDeliveryException {
        News news = news(updated("", REFUSAL, GRANT), NEWSLETTER);

        assertThat(reported(news)).containsExactly("purpose:newsletter=granted@2026-10-02T08:15:30.400Z");
    }

    @Test
    void listedValueIsAChoiceEvenIfItChangedNothing() throws MalformedDeliveryException {
        News news = news(updated(source(DECIDED, "", GRANT), GRANT, GRANT), NEWSLETTER);

        assertThat(reported(news)).containsExactly("purpose:newsletter=granted@" + DECIDED);
        assertThat(shown(news, NEWSLETTER)).isEqualTo(new Observation(GRANTED, Origin.EXPLAINED));
    }

    @Test
    void unchangedValueIsAnObservation() throws MalformedDeliveryException {
        String before = purposes(purpose("newsletter", "true"), purpose("marketing", "false"));
        String after = purposes(purpose("marketing", "true"), purpose("newsletter", "true"));

        News news = news(updated(source(DECIDED, "", ""), before, after), NEWSLETTER, MARKETING);

        assertThat(reported(news)).containsExactly("purpose:marketing=granted@" + DECIDED);
        assertThat(shown(news, NEWSLETTER)).isEqualTo(new Observation(GRANTED, Origin.UNCHANGED));
        assertThat(news.states().get(0).previous()).isEqualTo(new Stamp(4, Instant.parse("2026-09-30T10:00:00Z")));
    }

    @Test
    void valueWithoutAnOldStateIsAnObservation() throws MalformedDeliveryException {
        String body = updated("", "", GRANT).replace("\"old_entity\"", "\"former\"");

        News news = news(body, NEWSLETTER);

        assertThat(reported(news)).isEmpty();
        assertThat(shown(news, NEWSLETTER)).isEqualTo(new Observation(GRANTED, Origin.UNKNOWN));
        assertThat(news.states().get(0).previous()).isNull();
    }

    @Test
    void oldStateWithoutATimeIsAccepted() throws MalformedDeliveryException {
        String body = updated("", REFUSAL, GRANT).replace("\"2026-09-30T10:00:00Z\"", "null");

        News news = news(body, NEWSLETTER);

        assertThat(reported(news)).hasSize(1);
        assertThat(news.states().get(0).previous()).isNull();
    }

    @Test
    void removedValueIsNotAChoice() throws MalformedDeliveryException {
        News news = news(updated(source(DECIDED, "", ""), GRANT, purposes(purpose("newsletter", "null"))), NEWSLETTER);

        assertThat(reported(news)).isEmpty();
        assertThat(shown(news, NEWSLETTER)).isEqualTo(new Observation(null, Origin.UNKNOWN));
    }

    @Test
    void backDatedChoiceLeavesTheNewerValueOfTheStateUnexplained() throws MalformedDeliveryException {
        String old = "2026-09-01T00:00:00Z";

        News kept = news(updated(source(old, "", REFUSAL), GRANT, GRANT), NEWSLETTER);
        News changed = news(updated(source(old, "", REFUSAL), REFUSAL, GRANT), NEWSLETTER);

        assertThat(reported(kept)).containsExactly("purpose:newsletter=refused@" + old);
        assertThat(shown(kept, NEWSLETTER)).isEqualTo(new Observation(GRANTED, Origin.UNCHANGED));
        assertThat(reported(changed)).containsExactly("purpose:newsletter=refused@" + old);
        assertThat(shown(changed, NEWSLETTER)).isEqualTo(new Observation(GRANTED, Origin.UNKNOWN));
    }

    @Test
    void ourEventExplainsItsChangesAndReportsNothing() throws MalformedDeliveryException {
        String ours = source(DECIDED, Deliveries.OUR_METADATA + ",", GRANT);
        String before = purposes(purpose("newsletter", "false"), purpose("marketing", "false"));
        String after = purposes(purpose("newsletter", "true"), purpose("marketing", "false"));

        News news = news(updated(ours, before, after), NEWSLETTER, MARKETING);

        assertThat(reported(news)).isEmpty();
        assertThat(shown(news, NEWSLETTER)).isEqualTo(new Observation(GRANTED, Origin.EXPLAINED));
        assertThat(shown(news, MARKETING)).isEqualTo(new Observation(REFUSED, Origin.UNCHANGED));
    }

    @Test
    void valuesOfAnEventAwaitingApprovalAreNotChoices() throws MalformedDeliveryException {
        String pending = source(DECIDED, "\"status\": \"pending_approval\",", REFUSAL);

        News news = news(updated(pending, GRANT, GRANT), NEWSLETTER);

        assertThat(reported(news)).isEmpty();
        assertThat(shown(news, NEWSLETTER)).isEqualTo(new Observation(GRANTED, Origin.UNCHANGED));
    }

    @Test
    void regulationOfTheCauseCountsIfNothingElseNamesOne() throws MalformedDeliveryException {
        String cpra = source(DECIDED, "\"regulation\": \"cpra\",", GRANT);
        String body = updated(cpra, REFUSAL, GRANT);

        assertThat(read(body, NEWSLETTER)).isEqualTo(new Ignored(Reason.OTHER_REGULATION));
        assertThat(read(body.replaceFirst("\\{", "{\"regulation\": null, "), NEWSLETTER))
                .isEqualTo(new Ignored(Reason.OTHER_REGULATION));
        assertThat(reported(news(body.replaceFirst("\\{", "{\"regulation\": \"gdpr\", "), NEWSLETTER)))
                .hasSize(1);
    }

    @Test
    void orderOfSelectedIdsIsNotAChange() throws MalformedDeliveryException {
        String before =
                purposes("{\"id\": \"marketing\", \"values\": {\"frequency\": {\"value\": \"weekly,monthly\"}}}");
        String after =
                purposes("{\"id\": \"marketing\", \"values\": {\"frequency\": {\"value\": \"monthly,weekly\"}}}");

        News news = news(updated(source(DECIDED, "", ""), before, after), FREQUENCY);

        assertThat(reported(news)).isEmpty();
        assertThat(shown(news, FREQUENCY).origin()).isEqualTo(Origin.UNCHANGED);
    }

    @Test
    void causeFromTheFutureIsNotYoungerThanTheState() throws MalformedDeliveryException {
        News news = news(updated(source("2099-01-01T00:00:00Z", "", GRANT), REFUSAL, GRANT), NEWSLETTER);

        assertThat(reported(news)).containsExactly("purpose:newsletter=granted@2026-10-02T08:15:30.400Z");
    }

    @Test
    void propertyIsCopiedAtTheTimeOfTheState() throws MalformedDeliveryException {
        DidomiPath version = new DidomiPath.Property("version");

        News news = news(updated(source(DECIDED, "", GRANT), GRANT, GRANT), version);

        assertThat(reported(news)).containsExactly("property:version=5@2026-10-02T08:15:30.400Z");
        assertThat(news.states().get(0).values()).isEmpty();
    }

    /** A deleted event makes an older choice show again. */
    @Test
    void changeWithoutANamedEventIsDatedAtTheLatest() throws MalformedDeliveryException {
        News without = news(updated("", REFUSAL, GRANT), NEWSLETTER);
        News with = news(updated(source(DECIDED, "", ""), REFUSAL, GRANT), NEWSLETTER);

        assertThat(without.choices()).singleElement().matches(Choice::latest);
        assertThat(with.choices()).singleElement().matches(choice -> !choice.latest());
    }
}
