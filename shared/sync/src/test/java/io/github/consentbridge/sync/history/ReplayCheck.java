package io.github.consentbridge.sync.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.document.Wins;
import io.github.consentbridge.mapping.settle.ConsentRecord;
import io.github.consentbridge.mapping.settle.Decision;
import io.github.consentbridge.mapping.settle.Person;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether a person's history alone gives what the ledger knows: the choice that stands, and what each side shows as far as
 * the ledger has seen it.
 */
public final class ReplayCheck {
    private ReplayCheck() {}

    /** Fails with the history if it does not. */
    public static void check(LedgerEntry entry, List<ChainedEntry> stored) {
        HistoryChain chain = HistoryChain.check(stored, entry.history().head(), Instant.MIN);
        assertThat(chain.brokenAt())
                .as("where the chain of %s is broken", stored)
                .isEmpty();
        HistoryReplay replay = new HistoryReplay(chain.entries());
        Person person = entry.person();
        person.records().forEach((id, record) -> {
            if (id.value().isConsent()) {
                check(id, record, replay, story(stored) + "\nledger " + record);
            }
        });
    }

    private static void check(ConsentRecordId id, ConsentRecord record, HistoryReplay replay, String story) {
        assertThat(replay.decision(id, Wins.NEWEST).map(ReplayCheck::facts))
                .as("what stands of %s, replayed from%n%s", id.key(), story)
                .isEqualTo(record.decision(Wins.NEWEST).map(ReplayCheck::facts));
        record.columns().forEach((column, replica) -> {
            Optional<HistoryReplay.ShownValue> shown = replay.shown(id, column.logicalName());
            if (replica.observed() != null && shown.isPresent()) {
                assertThat(shown.get().value())
                        .as("what %s shows, replayed from%n%s", column.logicalName(), story)
                        .isEqualTo(replica.observed().value());
            }
        });
        assertThat(replay.shown(id, null).map(HistoryReplay.ShownValue::value).orElse(null))
                .as("what Didomi shows of %s, replayed from%n%s", id.key(), story)
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
