package io.github.consentbridge.sync.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.simulators.http.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every delivery queue promises. */
public abstract class DeliveryQueueContract {
    protected final ManualClock clock = new ManualClock("2026-03-01T08:00:00Z");

    /** The same queue each time, empty at the start of a test. */
    protected abstract DeliveryQueue queue();

    /** The worker's end of the same queue. */
    protected abstract DeliveryReceipts receipts();

    /**
     * A message in a worker's hand.
     *
     * @param receipt its receipt handle
     */
    public record Taken(String receipt, Delivery delivery) {}

    /** Takes what can be had now, at most so many, and keeps it in hand for minutes. */
    protected abstract List<Taken> take(int most);

    /** The worker ends without having finished what was taken; what was postponed stays so. */
    protected abstract void endWorker();

    private List<Delivery> takeAll() {
        List<Delivery> all = new ArrayList<>();
        List<Taken> some = take(10);
        while (!some.isEmpty()) {
            some.forEach(taken -> all.add(taken.delivery()));
            some = take(10);
        }
        return all;
    }

    private Delivery delivery(String body) {
        return Delivery.received(Side.DYNAMICS, body.length() > 9 ? "" : body, clock.instant(), body);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10, 11, 35})
    void whatIsSentIsTakenOnce(int number) {
        List<Delivery> sent =
                IntStream.range(0, number).mapToObj(one -> delivery("d" + one)).toList();
        queue().send(sent, Duration.ZERO);

        assertThat(takeAll()).containsExactlyInAnyOrderElementsOf(sent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":\"é🌦\"}",
                "\u0000\u0001\u001f\u007f\u0085\u2028",
                "\ufffe\uffff",
                "half a pair \ud83c",
                "\ufeff{}",
                "<a>&amp;]]>",
                "\"\\/\r\n\t",
                ""
            })
    void bodiesMayHoldAnything(String body) {
        Delivery sent = delivery(body).failedAgain(clock.instant(), "the other side answered 500");
        queue().send(List.of(sent), Duration.ZERO);

        assertThat(takeAll()).containsExactly(sent);
    }

    /** One request of a webhook may have 1 MiB. */
    @Test
    void largeBodiesComeBackAsTheyWere() {
        String megabyte = "{\"email\":\"ada@example.org\",\"é\":1}\n".repeat(30_000);
        List<Delivery> sent =
                IntStream.range(0, 5).mapToObj(one -> delivery(megabyte + one)).toList();
        queue().send(sent, Duration.ZERO);

        assertThat(takeAll()).containsExactlyInAnyOrderElementsOf(sent);
    }

    @Test
    void delayedDeliveryIsHidden() {
        queue().send(List.of(delivery("a")), Duration.ofMinutes(15));

        assertThat(take(10)).isEmpty();
    }

    @Test
    void postponedDeliveriesStayHiddenAndOthersComeBackAtOnce() {
        List<Delivery> sent =
                IntStream.range(0, 24).mapToObj(one -> delivery("d" + one)).toList();
        queue().send(sent, Duration.ZERO);
        List<Taken> taken = new ArrayList<>();
        while (taken.size() < 24) {
            taken.addAll(take(10));
        }

        receipts().postpone(receipts(taken.subList(0, 12)), Duration.ofMinutes(10));
        receipts().postpone(receipts(taken.subList(12, 24)), Duration.ZERO);
        endWorker();

        assertThat(takeAll())
                .containsExactlyInAnyOrderElementsOf(
                        taken.subList(12, 24).stream().map(Taken::delivery).toList());
    }

    private static List<String> receipts(List<Taken> taken) {
        return taken.stream().map(Taken::receipt).toList();
    }
}
