package io.github.consentbridge.runtimetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.consentbridge.aws.EmulatedServices;
import io.github.consentbridge.aws.EmulatedServices.Taken;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The worker's handling of messages while Dataverse throttles, and of dead letters. */
class OutageIT {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private Site site;

    @BeforeEach
    void start() throws Exception {
        site = new Site();
    }

    @AfterEach
    void stop() {
        site.close();
    }

    /**
     * Does what Lambda's event source does: passes the messages to the worker and deletes those that it does not
     * return.
     */
    private static void poll(Site site, FunctionProcess worker, List<Taken> seen) throws Exception {
        List<Taken> taken = EmulatedServices.receive(site.queue);
        seen.addAll(taken);
        if (!taken.isEmpty()) {
            var failures = Site.json(worker.invoke(Site.received(taken)).body()).path("batchItemFailures");
            List<String> comeBack = failures.findValuesAsText("itemIdentifier");
            taken.stream()
                    .filter(message -> !comeBack.contains(message.id()))
                    .forEach(message -> EmulatedServices.delete(site.queue, message));
        }
    }

    @Test
    void throttledDeliveriesHonourRetryAfterAndUseFewReceives() throws Exception {
        UUID contact = site.simulators.dataverse().addContact(Map.of("new_didomiid", "ada@example.org"));
        site.simulators.dataverse().faults().always(RouteKind.ANY, Fault.throttled(RETRY_AFTER));
        List<Taken> seen = new ArrayList<>();
        try (FunctionProcess webhook = site.start(BridgeFunction.DIDOMI_WEBHOOK);
                FunctionProcess worker = site.start(BridgeFunction.SYNC)) {
            webhook.invoke(Site.event("didomi-event-created"));

            poll(site, worker, seen);
            long asked = site.simulators.dataverse().counters().requests();
            poll(site, worker, seen);
            assertThat(seen).as("hidden for Dataverse's Retry-After").hasSize(1);
            assertThat(site.simulators.dataverse().counters().requests()).isEqualTo(asked);
            site.simulators.dataverse().faults().clear();
            await().atMost(PATIENCE).until(() -> {
                poll(site, worker, seen);
                return Boolean.TRUE.equals(
                        site.simulators.dataverse().contact(contact).get("new_newsletter"));
            });

            assertThat(seen).hasSizeLessThanOrEqualTo(3);
            assertThat(EmulatedServices.take(site.deadLetters)).isEmpty();
        }
    }

    @Test
    void replayedDeadLetterIsAppliedAfterItsReasonIsGone() throws Exception {
        UUID contact = site.simulators.dataverse().addContact(Map.of("new_didomiid", "ada@example.org"));
        UUID twin = site.simulators.dataverse().addContact(Map.of("new_didomiid", "ada@example.org"));
        try (FunctionProcess webhook = site.start(BridgeFunction.DIDOMI_WEBHOOK);
                FunctionProcess worker = site.start(BridgeFunction.SYNC)) {
            webhook.invoke(Site.event("didomi-event-created"));
            poll(site, worker, new ArrayList<>());
            List<String> reasons = EmulatedServices.reasons(site.deadLetters);
            site.simulators.dataverse().deleteContact(twin);

            int replayed = EmulatedServices.replayAll(site.deadLetters, site.queue);
            poll(site, worker, new ArrayList<>());

            assertThat(reasons).singleElement().asString().contains("ambiguous", twin.toString());
            assertThat(replayed).isEqualTo(1);
            assertThat(site.simulators.dataverse().contact(contact)).containsEntry("new_newsletter", true);
            assertThat(EmulatedServices.reasons(site.deadLetters)).isEmpty();
            assertThat(EmulatedServices.take(site.queue)).isEmpty();
        }
    }
}
