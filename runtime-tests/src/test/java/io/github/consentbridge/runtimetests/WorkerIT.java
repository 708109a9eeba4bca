package io.github.consentbridge.runtimetests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.aws.EmulatedServices;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Invocations by SQS and by the schedule. */
class WorkerIT {
    private Site site;

    @BeforeEach
    void start() throws Exception {
        site = new Site();
    }

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    void queuedDeliveryChangesTheContact() throws Exception {
        UUID contact = site.simulators.dataverse().addContact(Map.of("new_didomiid", "ada@example.org"));
        try (FunctionProcess webhook = site.start(BridgeFunction.DIDOMI_WEBHOOK);
                FunctionProcess worker = site.start(BridgeFunction.SYNC)) {
            webhook.invoke(Site.event("didomi-event-created"));
            List<String> queued = EmulatedServices.take(site.queue);

            Outcome first = worker.invoke(Site.queued(queued.get(0)));
            Outcome repeated = worker.invoke(Site.queued(queued.get(0)));

            assertThat(Site.json(first.body()).path("batchItemFailures")).isEmpty();
            assertThat(Site.json(repeated.body()).path("batchItemFailures")).isEmpty();
            assertThat(site.simulators.dataverse().contact(contact)).containsEntry("new_newsletter", true);
            assertThat(worker.log()).doesNotContain("ada@example.org");
        }
    }

    @Test
    void foreignMessageIsReturned() throws Exception {
        try (FunctionProcess worker = site.start(BridgeFunction.SYNC)) {
            Outcome outcome = worker.invoke(Site.queued("{\"hello\":\"world\"}"));

            assertThat(Site.json(outcome.body())
                            .at("/batchItemFailures/0/itemIdentifier")
                            .asText())
                    .isEqualTo(Site.MESSAGE);
        }
    }

    @Test
    void scheduleAndContinuationReconcile() throws Exception {
        UUID contact = site.simulators.dataverse().addContact(Map.of("new_didomiid", "ada"));
        site.simulators.didomi().choose("ada", Map.of("newsletter", true));
        try (FunctionProcess reconciliation = site.start(BridgeFunction.RECONCILIATION)) {
            JsonNode scheduled =
                    Site.json(reconciliation.invoke("{\"scan\":\"didomi\"}").body());
            JsonNode continued = Site.json(
                    reconciliation.invoke(Site.queued("{\"scan\":\"full\"}")).body());

            assertThat(scheduled.path("changed").asInt())
                    .as(scheduled.toString())
                    .isEqualTo(1);
            assertThat(continued.path("changed").asInt())
                    .as(continued.toString())
                    .isZero();
            assertThat(site.simulators.dataverse().contact(contact)).containsEntry("new_newsletter", true);
        }
    }

    @Test
    void longRunContinuesThroughTheQueue() throws Exception {
        site.simulators.didomi().choose("ada", Map.of("newsletter", true));
        try (FunctionProcess reconciliation = site.start(BridgeFunction.RECONCILIATION)) {
            JsonNode report = Site.json(reconciliation
                    .invoke("{\"scan\":\"didomi\"}", Duration.ofSeconds(1))
                    .body());

            assertThat(EmulatedServices.takeDelayed(site.reconciliations))
                    .as(report.toString())
                    .singleElement()
                    .satisfies(message -> assertThat(
                                    Site.json(message).at("/request/scan").asText())
                            .isEqualTo("didomi"));
        }
    }

    @Test
    void failedRunFailsItsInvocationOnly() throws Exception {
        site.simulators.didomi().faults().always(RouteKind.SESSION, Fault.status(400));
        try (FunctionProcess reconciliation = site.start(BridgeFunction.RECONCILIATION)) {
            Outcome failed = reconciliation.invoke("{\"scan\":\"didomi\"}");
            site.simulators.didomi().faults().clear();
            Outcome next = reconciliation.invoke("{\"scan\":\"didomi\"}");

            assertThat(failed.failed()).isTrue();
            assertThat(Site.json(failed.body()).path("errorType").asText())
                    .isEqualTo("io.github.consentbridge.mapping.failure.BridgeException");
            assertThat(next.failed()).as(next.body()).isFalse();
        }
    }
}
