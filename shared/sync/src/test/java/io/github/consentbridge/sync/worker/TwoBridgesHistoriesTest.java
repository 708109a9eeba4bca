package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.sync.worker.TwoBridges.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Random histories of a person whom both environments know: people and staff choose, webhook calls arrive or are lost. In
 * the end all three systems show the same value, the last choice if it is clear which that is, and nothing moves any more.
 *
 * <p>A failure names its seed; {@code -Dseed=N} runs that one alone, {@code -Dhistories=N} more or fewer.
 */
class TwoBridgesHistoriesTest {
    private static final List<Duration> PACES =
            List.of(Duration.ZERO, Duration.ofMillis(1), Duration.ofSeconds(1), Duration.ofMinutes(1));
    private static final int TOGETHER = 50;

    @Test
    void everyHistoryEndsWithTheSameValueEverywhere() {
        long only = Long.getLong("seed", -1);
        long histories = Math.min(Long.getLong("histories", 200), 1000);
        for (long first = Math.max(only, 0); first < (only < 0 ? histories : only + 1); first += TOGETHER) {
            try (TwoBridges bridges =
                    new TwoBridges(Systems.document("\"bidirectional\": true,", Systems.NEWS, Systems.NO_NEWS))) {
                run(bridges, first, only < 0 ? Math.min(first + TOGETHER, histories) : only + 1);
            }
        }
    }

    private static void run(TwoBridges bridges, long first, long end) {
        for (long seed = first; seed < end; seed++) {
            Story story = new Story(bridges, seed);
            try {
                story.run();
            } catch (AssertionError | RuntimeException e) {
                story.tellEvents();
                throw new AssertionError(
                        "seed %d fails; run it alone with -Dseed=%d%n%s"
                                .formatted(seed, seed, String.join(System.lineSeparator(), story.told)),
                        e);
            }
        }
    }

    /** What happens to one person. */
    private static final class Story {
        private final TwoBridges bridges;
        private final Random random;
        private final String person;
        private final UUID inOne;
        private final UUID inOther;
        private final List<String> told = new ArrayList<>();
        private boolean last = true;
        private Instant chosenAt = Instant.EPOCH;
        private boolean clear = true;
        private boolean lost;

        Story(TwoBridges bridges, long seed) {
            this.bridges = bridges;
            this.random = new Random(seed);
            this.person = "p" + seed;
            this.inOne = bridges.one.systems.contact(person);
            this.inOther = bridges.other.systems.contact(person);
        }

        void run() {
            bridges.loseAll();
            choose();
            bridges.runUntilNothingIsPending();
            advance(Duration.ofMinutes(1));
            for (int steps = 2 + random.nextInt(8); steps > 0; steps--) {
                step();
            }
            long events = bridges.didomi.counters().eventsCreatedFor(person);
            settleEverything();

            assertThat(bridges.didomi.counters().eventsCreatedFor(person) - events)
                    .as("events of the last exchange")
                    .isLessThanOrEqualTo(4);
            boolean inDidomi = bridges.didomi.enabled(person, "newsletter").orElseThrow();
            assertThat(bridges.one.shown(inOne)).as("one environment").containsOnly(inDidomi);
            assertThat(bridges.other.shown(inOther)).as("the other environment").containsOnly(inDidomi);
            if (clear && !lost) {
                assertThat(inDidomi).as("the last choice").isEqualTo(last);
            }
            bridges.one.loop.assertStable(person);
            bridges.other.loop.assertStable(person);
        }

        /** Whatever was lost is found by a read of the person, as a reconciliation does. */
        private void settleEverything() {
            for (int time = 0; time < 3; time++) {
                advance(Duration.ofMinutes(2));
                bridges.runUntilNothingIsPending();
                bridges.one.loop.handle(List.of(bridges.one.loop.observation(person)));
                bridges.other.loop.handle(List.of(bridges.other.loop.observation(person)));
            }
            bridges.runUntilNothingIsPending();
        }

        private void step() {
            switch (random.nextInt(6)) {
                case 0 -> choose();
                case 1, 2 -> decide(bridges.one, inOne);
                case 3, 4 -> decide(bridges.other, inOther);
                default -> deliver();
            }
            advance(PACES.get(random.nextInt(PACES.size())));
        }

        private void choose() {
            boolean granted = random.nextBoolean();
            tell("the person chooses " + granted);
            chosen(granted);
            bridges.choose(person, granted);
        }

        private void decide(Site site, UUID contact) {
            boolean granted = random.nextBoolean();
            if (site.shown(contact).get(0).equals(granted)) {
                return;
            }
            tell((site == bridges.one ? "one" : "other") + " decides " + granted);
            chosen(granted);
            site.decide(contact, granted);
        }

        /** Choices in the same second, or closely after one another, are decided by other rules than time. */
        private void chosen(boolean granted) {
            Instant now = bridges.one.systems.clock.instant();
            clear = Duration.between(chosenAt, now).compareTo(Duration.ofSeconds(2)) > 0;
            chosenAt = now;
            last = granted;
        }

        private void deliver() {
            int dice = random.nextInt(4);
            if (dice == 0) {
                tell("everything is lost");
                // A change and the change back that nobody reported cannot be seen.
                lost = true;
                bridges.loseAll();
            } else {
                Site deaf = dice == 1 ? bridges.one : bridges.other;
                tell(dice < 3 ? "delivered, but not Didomi's to " + (dice == 1 ? "one" : "other") : "delivered");
                int rounds = dice;
                bridges.runUntilNothingIsPending(site -> rounds < 3 && site == deaf);
            }
        }

        private void advance(Duration time) {
            bridges.one.systems.clock.advance(time);
        }

        private void tellEvents() {
            bridges.didomi
                    .events(person)
                    .forEach(event ->
                            told.add("in Didomi: " + event.path("created_at").asText() + " "
                                    + event.at("/consents/purposes/0/enabled") + " "
                                    + event.at("/metadata/environment").asText("the person")));
        }

        private void tell(String what) {
            told.add(bridges.one.systems.clock.instant() + " " + what);
        }
    }
}
