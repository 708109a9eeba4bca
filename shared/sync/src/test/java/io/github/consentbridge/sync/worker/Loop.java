package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.delivery.BridgeIdentity;
import io.github.consentbridge.mapping.delivery.ContactChange;
import io.github.consentbridge.mapping.delivery.DidomiReader;
import io.github.consentbridge.mapping.delivery.DynamicsReader;
import io.github.consentbridge.mapping.delivery.MalformedDeliveryException;
import io.github.consentbridge.mapping.delivery.Reading;
import io.github.consentbridge.simulators.deliveries.DeliveringSystem;
import io.github.consentbridge.simulators.deliveries.NumberedDelivery;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.queue.Delivery;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The bridge between both simulated systems, closed: what the systems themselves announce of every change, ours
 * included, is read as the webhook handlers read it, and handled by a worker.
 */
final class Loop implements AutoCloseable {
    /** Our answer to their answer to our write: more would be an endless loop. */
    private static final int MAX_ROUNDS = 6;

    private static final URI NOT_CALLED = URI.create("http://127.0.0.1:9/webhooks/dynamics");

    final Systems systems;
    private final DidomiReader didomi;
    private final DynamicsReader dynamics;
    private final SyncWorker worker;

    /** What was asked of the other systems that can change them. */
    record Writes(long rows, long events, long saves) {}

    Loop(String document) {
        this(new Systems(document));
    }

    Loop(Systems systems) {
        this.systems = systems;
        didomi = new DidomiReader(systems.integration, BridgeIdentity.UNKNOWN);
        dynamics = new DynamicsReader(systems.integration);
        worker = systems.worker();
        systems.dataverse.registerWebhook(
                NOT_CALLED,
                Map.of("x-consent-bridge-key", "k"),
                "new_didomiid",
                "new_newsletter",
                "new_nonews",
                "new_offers",
                "new_frequency",
                "statecode");
    }

    /** Takes everything that is pending off both systems: what the handlers would queue, in the order of each side. */
    List<Delivery> arriving() {
        List<Delivery> arriving = new ArrayList<>();
        arriving.addAll(taken(systems.didomi, pending -> fromDidomi(pending.body())));
        arriving.addAll(taken(systems.dataverse, pending -> fromDynamics(pending.body())));
        return arriving;
    }

    private static <D extends NumberedDelivery> List<Delivery> taken(
            DeliveringSystem<D> system, Function<D, Optional<Delivery>> door) {
        List<D> pending = system.pending();
        pending.forEach(delivery -> system.lose(0));
        return pending.stream()
                .flatMap(delivery -> door.apply(delivery).stream())
                .toList();
    }

    Optional<Delivery> fromDidomi(String body) {
        try {
            return didomi.read(body, "", systems.clock.instant()) instanceof Reading.News news
                    ? Optional.of(received(Side.DIDOMI, news.person().value(), body))
                    : Optional.empty();
        } catch (MalformedDeliveryException e) {
            throw new AssertionError("Didomi's own webhook cannot be read", e);
        }
    }

    private Optional<Delivery> fromDynamics(String body) {
        try {
            return dynamics.read(body, systems.clock.instant()) instanceof ContactChange change
                    ? Optional.of(received(Side.DYNAMICS, change.key() == null ? "" : change.key(), body))
                    : Optional.empty();
        } catch (MalformedDeliveryException e) {
            throw new AssertionError("Dynamics' own webhook cannot be read", e);
        }
    }

    private Delivery received(Side side, String person, String body) {
        return Delivery.received(side, person, systems.clock.instant(), body);
    }

    /** A delivery without a choice, so that both sides of the person are read. */
    Delivery observation(String person) {
        return received(Side.DIDOMI, person, """
                {"type": "event.updated", "regulation": "gdpr", "parameters": {"new_entity": {
                  "status": "confirmed", "user": {"organization_user_id": "%s"}}}}""".formatted(person));
    }

    /** What is pending never arrives. */
    void loseAll() {
        systems.didomi.loseAll();
        systems.dataverse.loseAll();
    }

    void handle(Collection<Delivery> batch) {
        if (!batch.isEmpty()) {
            assertThat(systems.handle(worker, batch.toArray(Delivery[]::new)).values())
                    .containsOnly(new DeliveryOutcome.Done());
        }
    }

    /** Hands over what is pending, and what that causes, until nothing is. */
    void runUntilNothingIsPending() {
        for (int round = 0; isAnythingPending(); round++) {
            assertThat(round).as("rounds until nothing was pending").isLessThan(MAX_ROUNDS);
            handle(arriving());
        }
    }

    private boolean isAnythingPending() {
        return !systems.didomi.pending().isEmpty()
                || !systems.dataverse.pending().isEmpty();
    }

    Writes writes() {
        return new Writes(
                systems.dataverse.counters().rowsWritten(),
                systems.didomi.counters().eventsCreated(),
                systems.ledger.saves());
    }

    /** Settling these people again writes nothing and has nothing announced. */
    void assertStable(String... people) {
        List<Delivery> observations = new ArrayList<>();
        for (String person : people) {
            observations.add(observation(person));
        }
        // A worker's first request for the columns' types is a batch too.
        handle(observations);
        Writes before = writes();
        long batches = systems.dataverse.counters().requests(RouteKind.BATCH);
        long posts = systems.didomi.counters().requests(RouteKind.POST_EVENTS);

        handle(observations);

        assertThat(writes()).as("writes of another look").isEqualTo(before);
        assertThat(systems.dataverse.counters().requests(RouteKind.BATCH)).isEqualTo(batches);
        assertThat(systems.didomi.counters().requests(RouteKind.POST_EVENTS)).isEqualTo(posts);
        assertThat(isAnythingPending()).as("something is pending").isFalse();
    }

    List<JsonNode> eventsOfOurs(String person) {
        return systems.didomi.events(person).stream()
                .filter(event -> event.at("/metadata/origin").asText().equals("consent-bridge"))
                .toList();
    }

    @Override
    public void close() {
        systems.close();
    }
}
