package io.github.consentbridge.standalone.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.ReceivedDelivery;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one machine's store does beyond what the ports promise. */
class StoreTest {
    @TempDir
    Path parent;

    private final ManualClock clock = new ManualClock("2026-03-01T08:00:00Z");
    private Store store;

    @BeforeEach
    void open() {
        store = Store.open(parent.resolve("data"), clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void reopen() {
        store.close();
        open();
    }

    @Test
    void queueHandsOutOnceAndKeepsWhatIsNotFinished() {
        store.queue().send(List.of(delivery("a"), delivery("b"), delivery("c")), Duration.ZERO);

        List<ReceivedDelivery> batch = store.queue().take(2);
        assertThat(batch).extracting(message -> message.delivery().person()).containsExactly("a", "b");
        assertThat(store.queue().take(10))
                .extracting(message -> message.delivery().person())
                .containsExactly("c");
        store.queue().finish(batch.subList(0, 1), batch.subList(1, 2), Duration.ofSeconds(30));

        assertThat(store.queue().take(10)).isEmpty();
        clock.advance(Duration.ofSeconds(30));
        List<ReceivedDelivery> again = store.queue().take(10);
        assertThat(again).extracting(message -> message.delivery().person()).containsExactly("b");
        assertThat(again).extracting(ReceivedDelivery::receives).containsExactly(2);
    }

    @Test
    void queueForgetsWhoHadWhatInHandWhenTheProcessEnds() {
        store.queue().send(List.of(delivery("a")), Duration.ZERO);
        store.queue().take(1);

        reopen();

        assertThat(store.queue().take(1)).hasSize(1);
        assertThat(store.queue().depth().inHand()).isEqualTo(1);
        assertThat(store.queue().depth().depth()).isZero();
        assertThat(store.queue().depth().oldest()).contains(clock.instant());
    }

    @Test
    void deliveryThatWasRemovedWhileInHandDoesNotHideAnotherThatWaits() {
        store.queue().send(List.of(delivery("a")), Duration.ZERO);
        List<ReceivedDelivery> batch = store.queue().take(1);
        store.queue().send(List.of(delivery("b")), Duration.ZERO);

        store.queue().remove(batch.get(0).delivery().person()::equals);

        assertThat(store.queue().depth().depth()).isEqualTo(1);
        assertThat(store.queue().depth().inHand()).isEqualTo(1);
    }

    @Test
    void deliveryThatIsPostponedForNoTimeCanBeTakenAtOnce() {
        store.queue().send(List.of(delivery("a")), Duration.ZERO);
        List<ReceivedDelivery> batch = store.queue().take(1);

        store.queue().postpone(List.of(batch.get(0).receipt()), Duration.ZERO);
        List<ReceivedDelivery> another = store.queue().take(1);
        store.queue().finish(List.of(), batch, Duration.ofSeconds(30));

        assertThat(another).extracting(ReceivedDelivery::receives).containsExactly(2);
        assertThat(store.queue().depth().inHand()).isEqualTo(1);
        store.queue().finish(another, List.of(), Duration.ZERO);
        assertThat(store.queue().depth().inHand()).isZero();
        assertThat(store.queue().depth().depth()).isZero();
    }

    @Test
    void postponedDeliveriesStayHiddenThatLong() {
        store.queue().send(List.of(delivery("a")), Duration.ZERO);
        List<ReceivedDelivery> batch = store.queue().take(1);
        store.queue().postpone(List.of(batch.get(0).receipt()), Duration.ofMinutes(10));
        store.queue().finish(List.of(), batch, Duration.ofSeconds(30));

        clock.advance(Duration.ofMinutes(9));
        assertThat(store.queue().available(1)).isZero();
        assertThat(store.queue().nextVisible()).contains(clock.instant().plusSeconds(60));
        clock.advance(Duration.ofMinutes(1));
        assertThat(store.queue().available(1)).isEqualTo(1);
    }

    @Test
    void deliveriesOfAPersonWaitForTheWorkerWhoHasThePerson() {
        store.queue().send(List.of(delivery("a"), delivery("a"), delivery("b")), Duration.ZERO);

        List<ReceivedDelivery> batch = store.queue().take(1);

        assertThat(store.queue().take(10))
                .extracting(message -> message.delivery().person())
                .containsExactly("b");
        store.queue().finish(batch, List.of(), Duration.ZERO);
        assertThat(store.queue().take(10))
                .extracting(message -> message.delivery().person())
                .containsExactly("a");
    }

    @Test
    void largeDeliveriesAreTakenFewAtATime() {
        String large = "x".repeat(1 << 20);
        for (int index = 0; index < 10; index++) {
            store.queue()
                    .send(List.of(Delivery.received(Side.DIDOMI, "p" + index, clock.instant(), large)), Duration.ZERO);
        }

        assertThat(store.queue().take(10)).hasSize(2);
    }

    private Delivery delivery(String person) {
        return Delivery.received(Side.DIDOMI, person, clock.instant(), "{\"of\":\"" + person + "\"}");
    }
}
