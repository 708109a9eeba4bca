package io.github.consentbridge.demo;

import io.github.consentbridge.demo.DemoSystems.Person;
import io.github.consentbridge.demo.LiveFeed.Kind;
import io.github.consentbridge.demo.LiveFeed.LiveEvent;
import io.github.consentbridge.demo.LiveFeed.Place;
import io.github.consentbridge.simulators.didomi.Delivery;
import io.github.consentbridge.simulators.didomi.DidomiSimulator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * One delivery of Didomi that was sent a hundred times.
 *
 * @param writtenBefore how often the person's contact had been written before
 * @param accepted how many of them the bridge accepted
 */
record RepeatedDelivery(Person person, long writtenBefore, long accepted) {
    private static final int TIMES = 100;
    private static final int CALLS_AT_ONCE = 10;

    /** Sends a pending delivery as often as that, and not once more. */
    static RepeatedDelivery send(DidomiSimulator didomi, Person person, Delivery delivery, OutcomeEvents outcomes) {
        long before = outcomes.written(person.key());
        didomi.lose(didomi.pending().indexOf(delivery));
        ExecutorService senders = Executors.newFixedThreadPool(CALLS_AT_ONCE);
        try {
            List<CompletableFuture<List<Integer>>> calls = Stream.generate(
                            () -> CompletableFuture.supplyAsync(() -> didomi.send(delivery), senders))
                    .limit(TIMES)
                    .toList();
            long accepted = calls.stream()
                    .flatMap(call -> call.join().stream())
                    .filter(status -> status / 100 == 2)
                    .count();
            return new RepeatedDelivery(person, before, accepted);
        } finally {
            senders.shutdown();
        }
    }

    /** To be called once the bridge has applied everything. */
    LiveEvent result(OutcomeEvents outcomes) {
        long writes = outcomes.written(person.key()) - writtenBefore;
        return new LiveEvent(
                Kind.REPEATED,
                Place.DIDOMI,
                Place.BRIDGE,
                person.key(),
                "The same delivery arrived " + TIMES + " times and was accepted " + accepted + " times. "
                        + person.firstName() + "’s contact was written "
                        + (writes == 1 ? "once." : writes + " times."));
    }
}
