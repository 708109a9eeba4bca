package io.github.consentbridge.sync.history;

import static io.github.consentbridge.sync.history.SampleHistory.NEWSLETTER;
import static io.github.consentbridge.sync.history.SampleHistory.choice;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.Wins;
import io.github.consentbridge.mapping.settle.Decision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What stood in the past is judged by when choices were made, whatever the order in which they became known. */
class HistoryReplayTest {
    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

    private record Made(boolean granted, Instant at) {}

    /** Every story is told in a random order; a hundred random moments of each are asked for. */
    @Test
    void newestChoiceMadeByThenStoodWhateverTheOrderOfDeliveries() {
        for (long seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            List<Made> story = new ArrayList<>();
            for (int number = 1 + random.nextInt(8); number > 0; number--) {
                story.add(new Made(random.nextBoolean(), START.plusMillis(random.nextInt(1_000_000))));
            }
            HistoryReplay replay = new HistoryReplay(told(story, random));
            for (int moment = 0; moment < 100; moment++) {
                Instant time = START.plusMillis(random.nextInt(1_100_000) - 50_000);
                assertThat(replay.decisionAt(NEWSLETTER, Wins.NEWEST, time).map(Decision::value))
                        .as("seed %d at %s of %s", seed, time, story)
                        .isEqualTo(newest(story, time));
            }
        }
    }

    private static List<HistoryEntry> told(List<Made> story, Random random) {
        List<Made> order = new ArrayList<>(story);
        Collections.shuffle(order, random);
        List<HistoryEntry> entries = new ArrayList<>();
        Instant newest = Instant.MIN;
        Instant now = START.plusSeconds(10_000);
        for (Made made : order) {
            now = now.plusSeconds(60);
            boolean late = made.at().isBefore(newest);
            entries.add(choice(late ? HistoryKind.SUPERSEDED : HistoryKind.CHOICE, now, made.granted(), made.at()));
            newest = late ? newest : made.at();
        }
        return entries;
    }

    private static Optional<ConsentValue> newest(List<Made> story, Instant time) {
        return story.stream()
                .filter(made -> !made.at().isAfter(time))
                .max(Comparator.comparing(Made::at).thenComparing(made -> !made.granted()))
                .map(made -> ConsentValue.of(made.granted()));
    }

    @Test
    void choiceWhoseEventIsDeletedCountsUntilThen() {
        HistoryEntry grant = choice(HistoryKind.CHOICE, START, true, START);
        HistoryEntry refusal = choice(HistoryKind.CHOICE, START.plusSeconds(10), false, START.plusSeconds(10));
        HistoryEntry gone = choice(HistoryKind.REVOKED, START.plusSeconds(20), false, START.plusSeconds(10));
        HistoryReplay replay = new HistoryReplay(
                List.of(grant, refusal, gone, choice(HistoryKind.CHOICE, START.plusSeconds(20), true, START)));

        assertThat(at(replay, 15)).contains(ConsentValue.of(false));
        assertThat(at(replay, 20)).contains(ConsentValue.of(true));
        assertThat(replay.decision(NEWSLETTER, Wins.NEWEST).map(Decision::value))
                .contains(ConsentValue.of(true));
    }

    private static Optional<ConsentValue> at(HistoryReplay replay, int second) {
        return replay.decisionAt(NEWSLETTER, Wins.NEWEST, START.plusSeconds(second))
                .map(Decision::value);
    }
}
