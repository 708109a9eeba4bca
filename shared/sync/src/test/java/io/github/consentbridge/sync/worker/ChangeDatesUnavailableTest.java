package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Staff refuse, unreported; then Didomi grants, and staff edit another column. Audit history would tell that the refusal
 * came first, but it cannot be read: the refusal counts at its latest possible time, and nothing waits.
 */
class ChangeDatesUnavailableTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Loop loop = new Loop(Systems.document("\"bidirectional\": true,", Systems.OFFERS));
    private final Systems systems = loop.systems;

    @BeforeEach
    void grantOnBothSides() {
        systems.dataverse.auditing("new_offers");
        for (String person : List.of("ada", "grace", "ida")) {
            systems.contact(person);
            choose(person, true);
        }
        loop.runUntilNothingIsPending();
    }

    @AfterEach
    void stop() {
        loop.close();
    }

    private void choose(String person, boolean granted) {
        systems.didomi.choose(
                SimulatedChoice.by(person).didomiUser("u-" + person).purpose("offers", granted));
        systems.clock.advance(Duration.ofMinutes(1));
    }

    private UUID contact(String person) {
        return systems.dataverse.contactIds().stream()
                .filter(id -> systems.dataverse.contact(id).get("new_didomiid").equals(person))
                .findFirst()
                .orElseThrow();
    }

    private void refuseUnheardThenGrantThenEditElsewhere(String person) {
        edit(person, Map.of("new_offers", false));
        loop.loseAll();
        choose(person, true);
        edit(person, Map.of("firstname", "A"));
    }

    private void edit(String person, Map<String, ?> changes) {
        systems.dataverse.editContact(contact(person), changes);
        systems.clock.advance(Duration.ofMinutes(1));
    }

    private void assertRefusalStandsAndNothingWaits(String person) {
        assertThat(systems.didomi.enabled(person, "offers")).as(person).hasValue(false);
        assertThat(systems.paused).isEmpty();
    }

    private List<String> linesAboutHistory() {
        return systems.outcomeLog.recorded.stream()
                .filter(line -> line.startsWith("no audit history"))
                .toList();
    }

    private long historyRequests() {
        return systems.dataverse.counters().requests(RouteKind.AUDIT_HISTORY);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 410, 412, 500, 501, 502, 503, 504})
    void failingHistoryStopsNobody(int status) {
        systems.dataverse.faults().always(RouteKind.AUDIT_HISTORY, Fault.status(status));
        refuseUnheardThenGrantThenEditElsewhere("ada");

        loop.runUntilNothingIsPending();

        assertRefusalStandsAndNothingWaits("ada");
        assertThat(linesAboutHistory()).singleElement().asString().contains(Integer.toString(status));
        assertThat(systems.outcomeLog.total(Metric.AUDIT_UNAVAILABLE)).isEqualTo(1);
    }

    @Test
    void pageOfAProxyIsNoHistory() {
        systems.dataverse.faults().always(RouteKind.AUDIT_HISTORY, Fault.garbage());
        refuseUnheardThenGrantThenEditElsewhere("ada");

        loop.runUntilNothingIsPending();

        assertRefusalStandsAndNothingWaits("ada");
    }

    @Test
    void closedConnectionIsNoHistory() {
        systems.dataverse.faults().always(RouteKind.AUDIT_HISTORY, Fault.dropBeforeCommit());
        refuseUnheardThenGrantThenEditElsewhere("ada");

        loop.runUntilNothingIsPending();

        assertRefusalStandsAndNothingWaits("ada");
    }

    @Test
    void historyThatNeverComesIsNoHistory() {
        systems.requestTimeout = Duration.ofMillis(600);
        SyncWorker impatient = systems.worker();
        systems.dataverse.faults().always(RouteKind.AUDIT_HISTORY, Fault.hang());
        refuseUnheardThenGrantThenEditElsewhere("ada");

        Map<Delivery, DeliveryOutcome> outcomes =
                systems.handle(impatient, loop.arriving().toArray(Delivery[]::new));

        assertThat(outcomes.values()).containsOnly(new DeliveryOutcome.Done());
        assertRefusalStandsAndNothingWaits("ada");
    }

    /** Without our own name our writes cannot be told from those of others, and no event can be posted either. */
    @Test
    void deliveryWaitsUntilDataverseSaysWhoWeAre() {
        SyncWorker fresh = systems.worker();
        systems.dataverse.faults().always(RouteKind.WHO_AM_I, Fault.status(500));
        refuseUnheardThenGrantThenEditElsewhere("ada");
        Delivery[] fromDidomi = loop.arriving().stream()
                .filter(delivery -> delivery.side() == Side.DIDOMI)
                .toArray(Delivery[]::new);

        assertThat(systems.handle(fresh, fromDidomi).values()).hasOnlyElementsOfType(DeliveryOutcome.Postponed.class);
        systems.recover();
        systems.paused.clear();

        assertThat(systems.handle(fresh, fromDidomi).values()).containsOnly(new DeliveryOutcome.Done());
        assertRefusalStandsAndNothingWaits("ada");
    }

    @Test
    void historyIsAskedAndReportedOnceNotForEachPerson() {
        systems.dataverse.faults().always(RouteKind.AUDIT_HISTORY, Fault.status(404));
        refuseUnheardThenGrantThenEditElsewhere("ada");
        loop.runUntilNothingIsPending();
        refuseUnheardThenGrantThenEditElsewhere("grace");
        loop.runUntilNothingIsPending();

        assertRefusalStandsAndNothingWaits("grace");
        assertThat(historyRequests()).isEqualTo(1);
        assertThat(linesAboutHistory()).hasSize(1);
        assertThat(systems.outcomeLog.total(Metric.AUDIT_UNAVAILABLE)).isEqualTo(1);
    }

    @Test
    void historyIsAskedAgainAfterAnHour() {
        systems.dataverse.faults().next(RouteKind.AUDIT_HISTORY, Fault.status(404));
        refuseUnheardThenGrantThenEditElsewhere("ada");
        loop.runUntilNothingIsPending();
        refuseUnheardThenGrantThenEditElsewhere("grace");
        loop.runUntilNothingIsPending();
        long askedWithinTheHour = historyRequests();
        systems.clock.advance(HOUR);
        refuseUnheardThenGrantThenEditElsewhere("ida");
        loop.runUntilNothingIsPending();

        assertThat(askedWithinTheHour).isEqualTo(1);
        assertThat(systems.didomi.enabled("grace", "offers")).hasValue(false);
        assertThat(systems.didomi.enabled("ida", "offers")).hasValue(true);
    }

    /** The bounds are kept, so the exact date is found later. */
    @Test
    void personSettledWithoutHistoryIsDatedOnceItIsBack() {
        systems.dataverse.faults().next(RouteKind.AUDIT_HISTORY, Fault.status(404));
        refuseUnheardThenGrantThenEditElsewhere("ada");
        loop.runUntilNothingIsPending();
        systems.clock.advance(HOUR);

        loop.handle(List.of(loop.observation("ada")));
        loop.runUntilNothingIsPending();

        assertThat(systems.didomi.enabled("ada", "offers")).hasValue(true);
        assertThat(systems.dataverse.contact(contact("ada"))).containsEntry("new_offers", true);
        loop.assertStable("ada");
    }

    @Test
    void contactThatIsGoneSaysNothingAboutTheHistoryOfOthers() {
        systems.dataverse.faults().next(RouteKind.AUDIT_HISTORY, Fault.status(404, "application/json", """
                {"error": {"code": "0x80040217", "message": "Entity 'contact' does not exist"}}"""));
        refuseUnheardThenGrantThenEditElsewhere("ada");
        loop.runUntilNothingIsPending();
        refuseUnheardThenGrantThenEditElsewhere("grace");
        loop.runUntilNothingIsPending();

        assertThat(systems.didomi.enabled("grace", "offers")).hasValue(true);
        assertThat(linesAboutHistory()).isEmpty();
    }

    /** The time of an invocation ends while the history is read: that says nothing about the history. */
    @Test
    void endOfOurOwnTimeIsNotTakenForAMissingHistory() {
        Deadline ending = Deadline.at(systems.clock.instant().plus(HOUR), systems.clock);
        refuseUnheardThenGrantThenEditElsewhere("ada");
        Delivery[] arriving = loop.arriving().toArray(Delivery[]::new);
        SyncWorker worker = systems.worker();
        Fault late = (proceed, error) -> {
            systems.clock.advance(HOUR);
            return error.apply(503);
        };
        systems.dataverse.faults().next(RouteKind.AUDIT_HISTORY, late);

        Map<Delivery, DeliveryOutcome> first = ending.during(() -> worker.handle(List.of(arriving), Deadline.none()));
        Map<Delivery, DeliveryOutcome> second = systems.handle(worker, arriving);

        assertThat(first.values()).containsOnly(new DeliveryOutcome.Postponed(Duration.ZERO));
        assertThat(second.values()).containsOnly(new DeliveryOutcome.Done());
        assertThat(systems.paused).isEmpty();
        assertThat(systems.didomi.enabled("ada", "offers")).hasValue(true);
    }

    /** Dataverse throttles the application user, not a function: everybody waits as after any 429. */
    @Test
    void throttledHistoryPausesDataverseOnce() {
        systems.dataverse.faults().always(RouteKind.AUDIT_HISTORY, Fault.throttled(Duration.ofSeconds(90)));
        refuseUnheardThenGrantThenEditElsewhere("ada");
        Delivery[] arriving = loop.arriving().toArray(Delivery[]::new);
        SyncWorker worker = systems.worker();

        Map<Delivery, DeliveryOutcome> first = systems.handle(worker, arriving);
        boolean paused = systems.paused.containsKey(RemoteSystem.DATAVERSE);
        systems.clock.advance(Duration.ofSeconds(91));
        Map<Delivery, DeliveryOutcome> second = systems.handle(worker, arriving);

        assertThat(first.values()).containsOnly(new DeliveryOutcome.Postponed(Duration.ofSeconds(90)));
        assertThat(paused).isTrue();
        assertThat(second.values()).containsOnly(new DeliveryOutcome.Done());
        assertThat(historyRequests()).isEqualTo(1);
        assertThat(linesAboutHistory()).singleElement().asString().contains("429");
        assertThat(systems.didomi.enabled("ada", "offers")).hasValue(false);
    }
}
