package io.github.consentbridge.aws.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.aws.Emulators;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.history.HistoryTail;
import io.github.consentbridge.sync.history.SampleHistory;
import io.github.consentbridge.sync.ledger.ConsentLedger;
import io.github.consentbridge.sync.ledger.ConsentLedgerContract;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoLedgerTest extends ConsentLedgerContract {
    private static final OrganizationUserId ADA = new OrganizationUserId("ada@example.org");

    private final String table = Emulators.newTable();
    private final String histories = Emulators.newHistoryTable();

    @Override
    protected ConsentLedger ledger() {
        return new DynamoLedger(Emulators.table(table), Emulators.history(histories), clock);
    }

    private List<Map<String, AttributeValue>> people() {
        return Emulators.items(table).stream()
                .filter(item -> item.get("id").s().startsWith("person:"))
                .toList();
    }

    @Override
    protected Collection<String> storedIds() {
        List<@Nullable String> ids = new ArrayList<>();
        people().forEach(item ->
                ids.add(item.containsKey("person") ? item.get("person").s() : null));
        return ids;
    }

    @Test
    void itemIdIsAHashSharedByAllUsersOfTheTable() {
        ledger().save(List.of(LedgerEntry.none(ADA)));

        assertThat(people())
                .hasSize(1)
                .allSatisfy(item -> assertThat(item.get("id").s()).matches("person:[0-9a-f]{32}"));
        assertThat(ledger().load(List.of(ADA)).get(ADA))
                .isEqualTo(LedgerEntry.none(ADA).saved());
    }

    @Test
    void tombstoneContainsNoPersonalDataAndExpires() {
        ledger().save(List.of(LedgerEntry.none(ADA).erased(clock.instant(), HistoryTail.NONE)));

        Instant expiry = clock.instant().plus(ConsentLedger.TOMBSTONE_AGE);
        assertThat(people()).hasSize(1).allSatisfy(item -> {
            assertThat(item).containsOnlyKeys("id", "revision", "writer", "text", "expires_at");
            assertThat(item.get("expires_at").n()).isEqualTo(Long.toString(expiry.getEpochSecond() + 1));
            assertThat(item.toString()).doesNotContain("ada@");
        });
    }

    @Test
    void entryOfAKnownPersonNeverExpires() {
        ledger().save(List.of(LedgerEntry.none(ADA)));

        assertThat(people()).hasSize(1).allSatisfy(item -> assertThat(item).doesNotContainKey("expires_at"));
    }

    @Test
    void historyExpiresExceptWhatExplainsAStandingChoice() {
        LedgerEntry first =
                LedgerEntry.none(ADA).recorded(SampleHistory.appended(HistoryTail.NONE, clock.instant(), 2, true));
        ledger().save(List.of(first));
        String expiry =
                Long.toString(clock.instant().plus(Emulators.HISTORY_KEPT).getEpochSecond() + 1);

        assertThat(item(1).get("expires_at").n()).isEqualTo(expiry);
        assertThat(item(2)).doesNotContainKey("expires_at");

        clock.advance(Duration.ofDays(10));
        ledger().save(List.of(
                first.saved().recorded(SampleHistory.appended(first.saved().history(), clock.instant(), 1, true))));

        assertThat(item(2).get("expires_at").n()).isEqualTo(expiry);
        assertThat(item(3)).doesNotContainKey("expires_at");
    }

    private Map<String, AttributeValue> item(long sequence) {
        return Emulators.items(histories).stream()
                .filter(item -> item.get("n").n().equals(Long.toString(sequence)))
                .findFirst()
                .orElseThrow();
    }
}
