package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the history says of any moment of a random story matches the simulated systems' own record.
 *
 * <p>Which choice stood: at every moment, because every choice of these stories is heard of sooner or later, in whatever
 * order. It is the newest made by then, on either side and with its time. One exception is open to doubt for the bridge
 * too: after a crash or a lost answer, a refusal that a column showed may count as made after our own write.
 *
 * <p>What a side showed: the history contains only what was seen or written, and when. So it must match at moments at
 * which nothing was unseen: the bridge had heard of everything, had nothing left to do, and no choice made by then reached
 * its own system only later, as one from a device that was offline does.
 *
 * <p>A failure names its seed; {@code -Dseed=N} runs that one alone, {@code -Dhistories=N} more or fewer of them.
 */
@Tag("every-store")
class SyncWorkerPastTest {
    private static final int MOMENTS = 100;
    private static final int TOGETHER = 25;

    @Test
    void historyNamesTheChoiceThatStoodAndWhatBothSidesShowedAtAnyMoment() {
        long only = Long.getLong("seed", -1);
        long stories = only < 0 ? Math.min(Long.getLong("histories", 100), 100) : only + 1;
        PastCheck.Counts counts = new PastCheck.Counts();
        for (long first = Math.max(only, 0); first < stories; first += TOGETHER) {
            try (Loop loop = new Loop(Systems.document(
                    "\"bidirectional\": true,", Systems.NEWS, Systems.NO_NEWS, Systems.OFFERS, Systems.FREQUENCY))) {
                if (first / TOGETHER % 2 == 1) {
                    loop.systems.dataverse.auditing("new_newsletter", "new_nonews", "new_offers", "new_frequency");
                }
                List<SyncWorker> workers = List.of(loop.systems.worker(), loop.systems.worker());
                for (long seed = first; seed < Math.min(first + TOGETHER, stories); seed++) {
                    run(loop, workers, seed, counts);
                }
            }
        }
        // Else the checks would accept nearly everything.
        assertThat(counts.choices).as("of %s", counts).isGreaterThan(100 * counts.inferred);
        assertThat(counts.shown).as("of %s", counts).isGreaterThan(only < 0 ? 50 * (int) stories : -1);
    }

    private static void run(Loop loop, List<SyncWorker> workers, long seed, PastCheck.Counts counts) {
        Random random = new Random(seed);
        PastStory story = new PastStory(loop, workers, random, seed);
        try {
            story.run();
            loop.systems.ledger.betweenSteps = () -> {};
            new PastCheck(loop.systems, random, counts).check(story, MOMENTS);
            story.leave();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "seed %d fails; run it alone with -Dseed=%d%n%s%n%s"
                            .formatted(seed, seed, story.told(), story.recorded()),
                    e);
        }
    }
}
