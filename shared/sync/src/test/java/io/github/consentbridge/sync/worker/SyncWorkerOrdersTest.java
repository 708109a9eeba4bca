package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.sync.queue.Delivery;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same five deliveries of a person end the same in every order and grouping, with two workers, and with a crash
 * between any two steps of a worker.
 */
@Tag("every-store")
class SyncWorkerOrdersTest {
    /** How many steps the longest run has; see {@link #longestRunHasThisManySteps}. */
    private static final int STEPS = 11;

    private final Systems systems = new Systems(Systems.document("", Systems.NEWS, Systems.NO_NEWS));
    private final SyncWorker worker = systems.worker();
    private final SyncWorker other = systems.worker();
    private int people;

    @AfterEach
    void stop() {
        systems.close();
    }

    /** A person whose contact shows a refusal, and who granted last; the deliveries that report it. */
    private record Story(UUID contact, List<Delivery> deliveries) {}

    private Story story() {
        String person = "person-" + people++;
        UUID contact = systems.dataverse.addContact(Map.of("new_didomiid", person, "new_nonews", true));
        String granted = "{\"purposes\": [{\"id\": \"newsletter\", \"enabled\": true}]}";
        String refused = "{\"purposes\": [{\"id\": \"newsletter\", \"enabled\": false}]}";
        String undecided = "{\"purposes\": [{\"id\": \"newsletter\", \"enabled\": null}]}";
        String phone = "phone-of-" + person;
        Delivery late = systems.event(person, "u-" + person, "gdpr", "2026-03-01T07:00:01Z", refused);
        Delivery newest = systems.event(person, phone, "gdpr", "2026-03-01T07:00:03Z", granted);
        Delivery elsewhere = systems.event(person, phone, "cpra", "2026-03-01T07:00:20Z", refused);
        Delivery nothing = systems.event(person, "u-" + person, "gdpr", "2026-03-01T07:00:30Z", undecided);
        return new Story(contact, List.of(late, newest, newest, elsewhere, nothing));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5})
    void everyOrderAndGroupingEndsTheSame(int batchSize) {
        for (int index : DeliveryOrders.tried()) {
            List<Integer> order = DeliveryOrders.get(index);
            Story story = story();

            handle(new ArrayDeque<>(batches(story, order, batchSize)));

            checkEnd(story, order + " by " + batchSize, 2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5})
    void crashBetweenAnyTwoStepsChangesNothing(int batchSize) {
        for (int index : DeliveryOrders.tried()) {
            List<Integer> order = DeliveryOrders.get(index);
            for (int step : stepsOf(index)) {
                Story story = story();
                atStep(step, () -> {
                    throw new Crash();
                });

                handle(new ArrayDeque<>(batches(story, order, batchSize)));

                checkEnd(story, order + " by " + batchSize + ", crash at step " + step, 3);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void otherWorkerBetweenAnyTwoStepsChangesNothing(int batchSize) {
        for (int index : DeliveryOrders.tried()) {
            List<Integer> order = DeliveryOrders.get(index);
            for (int step : stepsOf(index)) {
                Story story = story();
                Deque<List<Delivery>> waiting = new ArrayDeque<>(batches(story, order, batchSize));
                atStep(step, () -> {
                    if (!waiting.isEmpty()) {
                        systems.handle(other, waiting.remove().toArray(Delivery[]::new));
                    }
                });

                handle(waiting);

                checkEnd(story, order + " by " + batchSize + ", other worker at step " + step, 2);
            }
        }
    }

    @Test
    void longestRunHasThisManySteps() {
        int max = 0;
        for (List<Integer> order : DeliveryOrders.all()) {
            AtomicInteger steps = new AtomicInteger();
            systems.ledger.betweenSteps = steps::incrementAndGet;

            handle(new ArrayDeque<>(batches(story(), order, 1)));

            max = Math.max(max, steps.get());
        }

        assertThat(max).isEqualTo(STEPS);
    }

    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Every step for some orders, for each of the others one. */
    private static Set<Integer> stepsOf(int order) {
        Set<Integer> steps = new HashSet<>(Set.of(order % STEPS));
        for (int step = 0; order % 10 == 7 && step < STEPS; step++) {
            steps.add(step);
        }
        return steps;
    }

    private void atStep(int step, Runnable act) {
        AtomicInteger taken = new AtomicInteger();
        systems.ledger.betweenSteps = () -> {
            if (taken.getAndIncrement() == step) {
                act.run();
            }
        };
    }

    private static List<List<Delivery>> batches(Story story, List<Integer> order, int size) {
        List<List<Delivery>> batches = new ArrayList<>();
        for (int from = 0; from < order.size(); from += size) {
            batches.add(order.subList(from, Math.min(from + size, order.size())).stream()
                    .map(story.deliveries()::get)
                    .toList());
        }
        return batches;
    }

    /** The deliveries of a crashed worker come back last. */
    private void handle(Deque<List<Delivery>> waiting) {
        while (!waiting.isEmpty()) {
            List<Delivery> batch = waiting.remove();
            try {
                assertThat(systems.handle(worker, batch.toArray(Delivery[]::new))
                                .values())
                        .containsOnly(new DeliveryOutcome.Done());
            } catch (Crash crash) {
                waiting.add(batch);
            }
        }
    }

    private void checkEnd(Story story, String how, int maxWrites) {
        systems.ledger.betweenSteps = () -> {};
        int writes = systems.writesTo(story.contact());
        assertThat(systems.dataverse.contact(story.contact()))
                .as(how)
                .containsEntry("new_newsletter", true)
                .containsEntry("new_nonews", false);
        assertThat(writes).as(how).isLessThanOrEqualTo(maxWrites);

        handle(new ArrayDeque<>(List.of(story.deliveries())));

        assertThat(systems.writesTo(story.contact()))
                .as(how + ", handled again")
                .isEqualTo(writes);
    }
}
