package io.github.consentbridge.standalone.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.history.ChainedEntry;
import io.github.consentbridge.sync.history.HistoryTail;
import io.github.consentbridge.sync.history.SampleHistory;
import io.github.consentbridge.sync.ledger.ConsentLedger;
import io.github.consentbridge.sync.ledger.ConsentLedgerContract;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import io.github.consentbridge.sync.storage.StorageException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SqliteLedgerTest extends ConsentLedgerContract {
    private static final OrganizationUserId ADA = new OrganizationUserId("ada@example.org");

    @RegisterExtension
    final DataFolder data = new DataFolder();

    @TempDir
    Path parent;

    @Override
    protected ConsentLedger ledger() {
        return data.open(parent, clock).ledger();
    }

    @Override
    protected Collection<String> storedIds() {
        data.opened(parent, clock);
        List<String> ids = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + parent.resolve("data/bridge.db"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT person FROM person")) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new StorageException("the file cannot be read", e);
        }
        return ids;
    }

    @Test
    void expiredTombstonesAreRemovedWhenTheStoreIsOpened() {
        ledger().save(List.of(LedgerEntry.none(ADA).erased(clock.instant(), HistoryTail.NONE)));
        assertThat(storedIds()).hasSize(1);

        clock.advance(ConsentLedger.TOMBSTONE_AGE.plusSeconds(1));
        data.open(parent, clock);

        assertThat(storedIds()).isEmpty();
    }

    @Test
    void oldHistoryIsPurgedExceptWhatExplainsAStandingChoice() {
        LedgerEntry first =
                LedgerEntry.none(ADA).recorded(SampleHistory.appended(HistoryTail.NONE, clock.instant(), 3, true));
        ledger().save(List.of(first));
        clock.advance(Duration.ofDays(10));

        assertThat(ledger().purgeHistory(clock.instant())).isEqualTo(2);
        assertThat(ledger().history(ADA)).extracting(ChainedEntry::sequence).containsExactly(3L);

        ledger().save(List.of(
                first.saved().recorded(SampleHistory.appended(first.saved().history(), clock.instant(), 1, true))));
        assertThat(ledger().purgeHistory(clock.instant())).isEqualTo(1);
        assertThat(ledger().history(ADA)).extracting(ChainedEntry::sequence).containsExactly(4L);
        assertThat(ledger().purgeHistory(clock.instant())).isZero();
    }

    @Test
    void tombstoneThatEndsAHistoryStaysAsLongAsIt() {
        ledger().save(List.of(LedgerEntry.none(ADA)
                .erased(clock.instant(), SampleHistory.appended(HistoryTail.NONE, clock.instant(), 1, false))));
        clock.advance(ConsentLedger.TOMBSTONE_AGE.plusSeconds(1));

        data.open(parent, clock);
        assertThat(storedIds()).hasSize(1);
        ledger().purgeHistory(clock.instant());
        data.open(parent, clock);
        assertThat(storedIds()).isEmpty();
    }
}
