package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What follows a pause: one request of one worker shows whether the system answers again. */
class PauseProbeTest {
    private static final String T7 = "2026-03-01T07:00:00Z";
    private static final Duration MAX_PAUSE = Duration.ofMinutes(15);

    private final Systems systems = new Systems(Systems.NEWSLETTER);
    private final List<SyncWorker> workers = new ArrayList<>();
    private UUID ada;
    private Delivery delivery;

    @BeforeEach
    void pause() {
        ada = systems.contact("ada");
        delivery = systems.chosen("ada", true, T7);
        systems.dataverse.faults().always(RouteKind.ANY, Fault.throttled(Duration.ofHours(6)));
        for (int index = 0; index < 6; index++) {
            workers.add(systems.worker());
        }
        systems.outcome(workers.get(0), delivery);
    }

    @AfterEach
    void stop() {
        systems.close();
    }

    private Instant paused() {
        return systems.paused.get(RemoteSystem.DATAVERSE);
    }

    private List<DeliveryOutcome> allWorkersAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(workers.size());
        try {
            List<DeliveryOutcome> outcomes = new ArrayList<>();
            for (Future<DeliveryOutcome> outcome : threads.invokeAll(workers.stream()
                    .<Callable<DeliveryOutcome>>map(worker -> () -> systems.outcome(worker, delivery))
                    .toList())) {
                outcomes.add(outcome.get());
            }
            return outcomes;
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void requestToWaitForHoursCountsForAQuarterOfAnHour() {
        assertThat(paused()).isEqualTo(systems.clock.instant().plus(MAX_PAUSE));
    }

    @Test
    void systemThatStillAsksToWaitGetsOneRequestOfAllWorkers() throws Exception {
        systems.clock.advance(MAX_PAUSE);
        systems.dataverse.counters().reset();

        List<DeliveryOutcome> outcomes = allWorkersAtOnce();

        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome).isInstanceOf(DeliveryOutcome.Postponed.class));
        assertThat(systems.dataverse.counters().requests()).isEqualTo(1);
        assertThat(paused()).isEqualTo(systems.clock.instant().plus(MAX_PAUSE));
    }

    @Test
    void systemThatAnswersAgainIsUsedAndNoLongerPaused() {
        systems.clock.advance(MAX_PAUSE);
        systems.dataverse.faults().clear();

        DeliveryOutcome outcome = systems.outcome(workers.get(1), delivery);

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.paused).isEmpty();
        assertThat(systems.newsletter(ada)).isEqualTo(true);
    }

    @Test
    void pauseEndsAlthoughNoDeliveryWaits() {
        systems.clock.advance(MAX_PAUSE);
        systems.dataverse.faults().clear();

        workers.get(1).askPausedSystems();

        assertThat(systems.paused).isEmpty();
    }

    /** The client that was asked to wait keeps that to itself, and the operator cannot reach its process. */
    @Test
    void liftedPauseIsOverForTheWorkerThatSetItToo() {
        systems.dataverse.faults().clear();
        systems.paused.clear();

        assertThat(systems.outcome(workers.get(0), delivery)).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.newsletter(ada)).isEqualTo(true);
        assertThat(systems.paused).isEmpty();
    }

    @Test
    void refusedCredentialsShowBeforeADeliveryComes() {
        systems.dataverse.faults().clear();
        systems.paused.clear();
        systems.dynamicsSecret = "the-secret-of-another-registration";

        systems.worker().checkSystems();

        assertThat(systems.paused).containsOnlyKeys(RemoteSystem.DATAVERSE);
    }
}
