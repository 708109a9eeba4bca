package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random histories over both simulated systems, which announce every change, ours included: whatever happened, both sides
 * show the newest choice after one more look at each person, and nothing moves any more. Of every hundred, the second half has
 * audit history.
 *
 * <p>A failure names its seed; {@code -Dseed=N} runs that one alone, {@code -Dhistories=N} more or fewer of them,
 * and {@code -Dlong.histories=true} as many as continuous integration.
 */
@Tag("every-store")
class RandomHistoriesTest {
    private static final int TOGETHER = 50;

    @Test
    void everyHistoryEndsWithTheNewestChoicesOnBothSides() {
        long only = Long.getLong("seed", -1);
        long histories = Long.getLong("histories", Boolean.getBoolean("long.histories") ? 400 : 300);
        long sure = 0;
        for (long first = Math.max(only, 0); first < (only < 0 ? histories : only + 1); first += TOGETHER) {
            try (Loop loop = new Loop(Systems.document(
                    "\"bidirectional\": true,", Systems.NEWS, Systems.NO_NEWS, Systems.OFFERS, Systems.FREQUENCY))) {
                if (first / TOGETHER % 2 == 1) {
                    loop.systems.dataverse.auditing("new_newsletter", "new_nonews", "new_offers", "new_frequency");
                }
                sure += run(loop, first, only < 0 ? Math.min(first + TOGETHER, histories) : only + 1);
            }
        }
        // Else the checks would accept nearly everything.
        assertThat(sure).as("ends that are not open to doubt").isGreaterThan(only < 0 ? 2 * histories : -1);
    }

    private static long run(Loop loop, long first, long end) {
        List<SyncWorker> workers = List.of(loop.systems.worker(), loop.systems.worker());
        long sure = 0;
        for (long seed = first; seed < end; seed++) {
            History history = new History(loop, workers, seed);
            try {
                sure += history.run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "seed %d fails; run it alone with -Dseed=%d%n%s".formatted(seed, seed, history.story()), e);
            }
        }
        return sure;
    }
}
