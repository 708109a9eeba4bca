package io.github.consentbridge.standalone.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.sync.queue.DeadLetter;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.DeliveryQueue;
import io.github.consentbridge.sync.queue.DeliveryQueueContract;
import io.github.consentbridge.sync.queue.DeliveryReceipts;
import io.github.consentbridge.sync.queue.ReceivedDelivery;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SqliteQueueTest extends DeliveryQueueContract {
    @RegisterExtension
    final DataFolder data = new DataFolder();

    @TempDir
    Path parent;

    private final List<ReceivedDelivery> inHand = new ArrayList<>();

    private SqliteQueue store() {
        return data.opened(parent, clock).queue();
    }

    @Override
    protected DeliveryQueue queue() {
        return store();
    }

    @Override
    protected DeliveryReceipts receipts() {
        return store();
    }

    @Override
    protected List<Taken> take(int most) {
        List<ReceivedDelivery> taken = store().take(most);
        inHand.addAll(taken);
        return taken.stream()
                .map(message -> new Taken(message.receipt(), message.delivery()))
                .toList();
    }

    @Override
    protected void endWorker() {
        store().finish(List.of(), inHand, Duration.ZERO);
    }

    private Delivery delivery(String person, String body) {
        return Delivery.received(Side.DIDOMI, person, clock.instant(), body);
    }

    private List<Delivery> waiting() {
        return store().find(person -> true, 100);
    }

    @Test
    void onePersonsDeliveriesAreRemoved() {
        Delivery other = delivery("grace", "{\"n\":3}");
        Delivery nobodys = delivery("", "{\"n\":4}");
        store().send(
                        List.of(delivery("ada", "{\"n\":1}"), delivery("ADA", "{\"n\":2}"), other, nobodys),
                        Duration.ZERO);

        int removed = store().remove("ada"::equalsIgnoreCase);

        assertThat(removed).isEqualTo(2);
        assertThat(waiting()).containsExactly(other, nobodys);
        assertThat(store().remove("ada"::equalsIgnoreCase)).isZero();
    }

    /** The batch ends as if nothing had happened: its deliveries are finished, given back, postponed or sent again. */
    @Test
    void removedDeliveryStaysAwayHoweverItsBatchEnds() {
        for (int number = 0; number < 4; number++) {
            store().send(List.of(delivery("ada", "{\"n\":" + number + "}")), Duration.ZERO);
            List<ReceivedDelivery> batch = store().take(10);
            assertThat(store().remove("ada"::equals)).isEqualTo(1);
            assertThat(waiting()).isEmpty();

            end(batch, number);

            assertThat(waiting()).isEmpty();
            assertThat(data.opened(parent, clock).deadLetters().count()).isZero();
            assertThat(store().depth()).isEqualTo(new SqliteQueue.Depth(0, 0, Optional.empty()));
        }
    }

    private void end(List<ReceivedDelivery> batch, int way) {
        Delivery failed = batch.get(0).delivery().failedAgain(clock.instant(), "the other side answered 500");
        if (way == 0) {
            store().send(List.of(failed), Duration.ofMinutes(1));
            store().finish(batch, List.of(), Duration.ZERO);
        } else if (way == 1) {
            data.opened(parent, clock).deadLetters().add(List.of(new DeadLetter(failed, "reason", clock.instant())));
            store().finish(batch, List.of(), Duration.ZERO);
        } else if (way == 2) {
            store().postpone(List.of(batch.get(0).receipt()), Duration.ZERO);
            store().finish(List.of(), batch, Duration.ZERO);
        } else {
            store().send(List.of(failed), Duration.ZERO);
            store().finish(List.of(), batch, Duration.ZERO);
        }
    }

    @Test
    void personWhoseDeliveriesWereRemovedIsServedAgain() {
        store().send(List.of(delivery("ada", "{\"n\":1}")), Duration.ZERO);
        List<ReceivedDelivery> batch = store().take(10);
        store().remove("ada"::equals);
        store().finish(batch, List.of(), Duration.ZERO);
        Delivery next = delivery("ada", "{\"n\":2}");
        store().send(List.of(next), Duration.ZERO);

        List<ReceivedDelivery> taken = store().take(10);
        store().finish(List.of(), taken, Duration.ZERO);

        assertThat(taken).extracting(ReceivedDelivery::delivery).containsExactly(next);
        assertThat(waiting()).containsExactly(next);
    }
}
