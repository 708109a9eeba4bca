package io.github.consentbridge.sync.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.document.OrganizationUserId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How Didomi's spelling of an organization user id is kept. */
class LedgerJsonTest {
    private static final OrganizationUserId KEY = new OrganizationUserId("ada");

    @Test
    void entryWithoutSpellingIsReadableAndSpelledAsItsKey() {
        LedgerEntry entry = LedgerJson.read(KEY, "{\"records\":{}}", 7);

        assertThat(entry.didomiId()).isEqualTo("ada");
        assertThat(LedgerJson.write(entry)).isEqualTo("{\"records\":{}}");
    }

    @Test
    void spellingSurvives() {
        LedgerEntry entry = LedgerEntry.none(KEY).spelled("Ada");

        LedgerEntry read = LedgerJson.read(KEY, LedgerJson.write(entry), LedgerEntry.NEW);

        assertThat(read).isEqualTo(entry);
        assertThat(read.didomiId()).isEqualTo("Ada");
    }

    @Test
    void tombstoneTakesNoSpelling() {
        LedgerEntry tombstone = LedgerEntry.none(KEY).spelled("Ada").erased(Instant.parse("2026-03-01T08:00:00Z"));

        assertThat(tombstone.spelled("Ada").spelling()).isNull();
        assertThat(LedgerJson.write(tombstone)).doesNotContain("Ada");
    }
}
