package io.github.consentbridge.sync.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gap or an edit shows, wherever it is; what was purged in time does not. */
class HistoryChainTest {
    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    /** Five entries, one a day. */
    private static HistoryTail fiveDays() {
        HistoryTail tail = HistoryTail.NONE;
        for (int day = 0; day < 5; day++) {
            tail = SampleHistory.appended(tail, START.plus(DAY.multipliedBy(day)), 1, true);
        }
        return tail;
    }

    private static HistoryChain check(List<ChainedEntry> stored, Instant purgedBefore) {
        return HistoryChain.check(stored, fiveDays().head(), purgedBefore);
    }

    @Test
    void untouchedChainIsUnbroken() {
        assertThat(check(fiveDays().unsaved(), START).isUnbroken()).isTrue();
        assertThat(check(fiveDays().unsaved(), START).entries()).hasSize(5);
        assertThat(HistoryChain.check(List.of(), HistoryHead.NONE, START).isUnbroken())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void missingEntryIsFound(int missing) {
        List<ChainedEntry> stored = new ArrayList<>(fiveDays().unsaved());
        stored.remove(missing);

        assertThat(check(stored, START).isUnbroken()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void editedEntryIsFound(int edited) {
        List<ChainedEntry> stored = new ArrayList<>(fiveDays().unsaved());
        stored.replaceAll(entry -> entry.sequence() == edited + 1
                ? ChainedEntry.stored(entry.sequence(), entry.text().replace("true", "false"))
                : entry);

        assertThat(check(stored, START).isUnbroken()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void garbageIsFound(int edited) {
        List<ChainedEntry> stored = new ArrayList<>(fiveDays().unsaved());
        stored.replaceAll(
                entry -> entry.sequence() == edited + 1 ? ChainedEntry.stored(entry.sequence(), "{}") : entry);

        assertThat(check(stored, START).isUnbroken()).isFalse();
        assertThat(check(stored, START).entries()).hasSize(4);
    }

    @Test
    void entriesThatWereDueToBePurgedMayBeMissing() {
        List<ChainedEntry> all = fiveDays().unsaved();
        Instant third = START.plus(DAY.multipliedBy(2));

        assertThat(check(all.subList(2, 5), third).isUnbroken()).isTrue();
        assertThat(check(List.of(all.get(0), all.get(2), all.get(3), all.get(4)), third)
                        .isUnbroken())
                .as("the first is kept because it explains what stands")
                .isTrue();
        assertThat(check(all.subList(3, 5), third).isUnbroken())
                .as("the third was not due")
                .isFalse();
    }

    @Test
    void historyOfSomeoneElseIsFound() {
        HistoryTail other = SampleHistory.appended(HistoryTail.NONE, START, 5, true);

        assertThat(check(other.unsaved(), START).isUnbroken()).isFalse();
    }
}
