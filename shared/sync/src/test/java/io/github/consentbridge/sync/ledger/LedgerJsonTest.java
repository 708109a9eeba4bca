package io.github.consentbridge.sync.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.settle.Person;
import io.github.consentbridge.sync.history.HistoryTail;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How Didomi's spelling of an organization user id is kept. */
class LedgerJsonTest {
    private static final OrganizationUserId KEY = new OrganizationUserId("ada");
    private static final Instant AT = Instant.parse("2026-03-01T08:00:00Z");

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
        LedgerEntry tombstone = LedgerEntry.none(KEY).spelled("Ada").erased(AT, HistoryTail.NONE);

        assertThat(tombstone.spelled("Ada").spelling()).isNull();
        assertThat(LedgerJson.write(tombstone)).doesNotContain("Ada");
    }

    @Test
    void timesFromTheFutureSurviveBesideThoseThatCount() {
        Person person = SamplePeople.futureDated(KEY, AT, AT.plus(Duration.ofDays(9000)));
        LedgerEntry entry = LedgerEntry.none(KEY).with(person);

        LedgerEntry read = LedgerJson.read(KEY, LedgerJson.write(entry), LedgerEntry.NEW);

        assertThat(read).isEqualTo(entry);
    }

    @Test
    void possibleTimesAreKeptOnce() {
        LedgerEntry entry = LedgerEntry.none(KEY).with(SamplePeople.futureDated(KEY, AT, AT));

        assertThat(LedgerJson.write(entry)).doesNotContain("row_time").doesNotContain("claimed_at");
    }
}
