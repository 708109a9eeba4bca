package io.github.consentbridge.sync.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.document.Wins;
import io.github.consentbridge.mapping.settle.ConsentRecord;
import io.github.consentbridge.mapping.settle.Decision;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether a person's history alone gives what the ledger knows: the choice that stands, and what each side shows as far as
 * the ledger has seen it. One for each person; it replays only what was appended since it was asked last.
 */
public final class ReplayCheck {
    private HistoryReplay replay = new HistoryReplay(List.of());
    private long sequence;
    private String hash = "";

    /** Fails with the history if it does not. */
    public void check(LedgerEntry entry, List<ChainedEntry> stored) {
        HistoryHead head = entry.history().head();
        if (isAnother(stored)) {
            replay = new HistoryReplay(List.of());
            sequence = 0;
            hash = "";
        }
        for (ChainedEntry added : stored.subList(Math.toIntExact(sequence), stored.size())) {
            HistoryJson.Parsed parsed = HistoryJson.read(added.text());
            assertThat(added.sequence()).isEqualTo(++sequence);
            assertThat(parsed.previous()).isEqualTo(sequence == 1 ? null : hash);
            hash = HistoryJson.hash(added.text());
            replay.add(parsed.entry());
        }
        assertThat(head.sequence()).isEqualTo(sequence);
        assertThat(head.hash()).isEqualTo(hash);
        entry.person().records().forEach((id, record) -> {
            if (id.value().isConsent()) {
                check(id, record, () -> story(stored) + "\nledger " + record);
            }
        });
    }

    /** Whether the history that was replayed was forgotten since. */
    private boolean isAnother(List<ChainedEntry> stored) {
        int last = Math.toIntExact(sequence) - 1;
        return last >= stored.size()
                || (last >= 0 && !HistoryJson.hash(stored.get(last).text()).equals(hash));
    }

    private void check(ConsentRecordId id, ConsentRecord record, Supplier<String> story) {
        assertThat(replay.decision(id, Wins.NEWEST).map(ReplayCheck::facts))
                .as(() -> "what stands of %s, replayed from%n%s".formatted(id.key(), story.get()))
                .isEqualTo(record.decision(Wins.NEWEST).map(ReplayCheck::facts));
        record.columns().forEach((column, replica) -> {
            Optional<HistoryReplay.ShownValue> shown = replay.shown(id, column.logicalName());
            if (replica.observed() != null && shown.isPresent()) {
                assertThat(shown.get().value())
                        .as(() -> "what %s shows, replayed from%n%s".formatted(column.logicalName(), story.get()))
                        .isEqualTo(replica.observed().value());
            }
        });
        assertThat(replay.shown(id, null).map(HistoryReplay.ShownValue::value).orElse(null))
                .as(() -> "what Didomi shows of %s, replayed from%n%s".formatted(id.key(), story.get()))
                .isEqualTo(record.didomiValue());
    }

    /** Which delivery told it may differ: the same choice can be reported by several. */
    private static String facts(Decision decision) {
        return decision.side() + " " + decision.value() + " " + decision.decidedAt();
    }

    private static String story(List<ChainedEntry> stored) {
        return String.join("\n", stored.stream().map(ChainedEntry::text).toList());
    }
}
