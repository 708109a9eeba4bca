package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.sync.reconciliation.MemoryRunStore;
import io.github.consentbridge.sync.reconciliation.ReconciliationListener;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import io.github.consentbridge.sync.reconciliation.Scan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Random stories without any fault but lost notifications: six choices on both sides, each a real change ten seconds after
 * the one before; two in five are never told of; then one full reconciliation. Whatever can be known stands on both sides.
 *
 * <p>A failure names its seed; {@code -Dseed=N} runs that one alone, {@code -Dstories=N} more or fewer of them.
 */
class LostStoriesTest {
    private static final int CHOICES = 6;

    /** A scan reads all people of a loop. */
    private static final int TOGETHER = 20;

    @Test
    void newestChoiceStandsAfterOneReconciliation() {
        long only = Long.getLong("seed", -1);
        long stories = Long.getLong("stories", Boolean.getBoolean("long.histories") ? 200 : 60);
        long end = only < 0 ? stories : only + 1;
        long sure = 0;
        for (long first = Math.max(only, 0); first < end; first += TOGETHER) {
            try (Loop loop = new Loop(Systems.document("\"bidirectional\": true,", Systems.NEWS))) {
                for (long seed = first; seed < Math.min(end, first + TOGETHER); seed++) {
                    sure += new Story(loop, seed).run() ? 1 : 0;
                }
            }
        }
        // Else the check would accept nearly everything.
        assertThat(sure).as("stories with one right end").isGreaterThan(only < 0 ? stories / 2 : -1);
    }

    /** A choice; {@code hidden} where its side had changed there and back since anybody can have looked. */
    private record Made(Side side, boolean granted, boolean lost, boolean hidden) {
        Made hide() {
            return new Made(side, granted, lost, true);
        }
    }

    private static final class Story {
        private final Loop loop;
        private final Systems systems;
        private final long seed;
        private final Random random;
        private final String person;
        private final UUID contact;
        private final boolean hearsEchoes;
        private final List<Made> made = new ArrayList<>();
        private final List<String> reported = new ArrayList<>();

        Story(Loop loop, long seed) {
            this.loop = loop;
            this.systems = loop.systems;
            this.seed = seed;
            this.random = new Random(seed);
            this.person = "l" + seed;
            this.contact = systems.contact(person);
            this.hearsEchoes = random.nextBoolean();
        }

        /** Says whether there is one right end. */
        boolean run() {
            // Both sides know of each other before anything is lost.
            choose(Side.DIDOMI, random.nextBoolean(), false);
            for (int number = 0; number < CHOICES; number++) {
                Side side = random.nextBoolean() ? Side.DIDOMI : Side.DYNAMICS;
                choose(side, !shows(side), random.nextInt(5) < 2);
            }
            reconcile();
            return check();
        }

        private boolean shows(Side side) {
            if (side == Side.DYNAMICS) {
                return Boolean.TRUE.equals(systems.newsletter(contact));
            }
            return systems.didomi.users(person).stream()
                    .anyMatch(user -> user.at("/consents/purposes/0/enabled").asBoolean());
        }

        private void choose(Side side, boolean granted, boolean lost) {
            systems.clock.advance(Duration.ofSeconds(10));
            Instant at = systems.clock.instant();
            if (side == Side.DIDOMI) {
                systems.didomi.choose(SimulatedChoice.by(person)
                        .didomiUser(person + "-u")
                        .at(at)
                        .purpose("newsletter", granted));
            } else {
                systems.dataverse.editContact(contact, Map.of("new_newsletter", granted));
            }
            reported.add("%s %s%s".formatted(side, granted, lost ? " lost" : ""));
            boolean back = !made.isEmpty() && lost && isBack(side);
            if (back) {
                made.replaceAll(choice -> choice.side() == side && choice.lost() ? choice.hide() : choice);
            }
            made.add(new Made(side, granted, lost, back));
            if (lost) {
                loop.loseAll();
            } else {
                deliver();
            }
        }

        /** Whether the choice before it was lost on the same side: then the side may show again what was known. */
        private boolean isBack(Side side) {
            return made.stream()
                    .filter(choice -> choice.side() == side)
                    .reduce((first, second) -> second)
                    .filter(Made::lost)
                    .isPresent();
        }

        private void deliver() {
            loop.handle(loop.arriving());
            if (hearsEchoes) {
                loop.runUntilNothingIsPending();
            }
            loop.loseAll();
        }

        private void reconcile() {
            systems.clock.advance(Duration.ofSeconds(10));
            ReconciliationRequest request = new ReconciliationRequest(Scan.FULL, false, false, true);
            try {
                systems.reconciliation(new MemoryRunStore())
                        .run("run", request, Deadline.none(), ReconciliationListener.NONE);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            loop.loseAll();
        }

        private boolean check() {
            Made newest = made.get(made.size() - 1);
            boolean sure = !newest.hidden();
            String story =
                    "seed %d, run it alone with -Dseed=%d: %s, echoes %s".formatted(seed, seed, reported, hearsEchoes);
            assertThat(shows(Side.DIDOMI)).as("Didomi as Dynamics, " + story).isEqualTo(shows(Side.DYNAMICS));
            if (sure) {
                assertThat(shows(Side.DYNAMICS)).as(story).isEqualTo(newest.granted());
            }
            systems.dataverse.deleteContact(contact);
            loop.loseAll();
            return sure;
        }
    }
}
