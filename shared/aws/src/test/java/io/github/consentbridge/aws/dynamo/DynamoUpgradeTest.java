package io.github.consentbridge.aws.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.aws.Emulators;
import io.github.consentbridge.aws.QueueMessage;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.sync.ledger.ConsentLedger;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import io.github.consentbridge.sync.ledger.ReleasedContents;
import io.github.consentbridge.sync.queue.DeliveryJson;
import io.github.consentbridge.sync.queue.DiscardedDelivery;
import io.github.consentbridge.sync.rights.AccessLog;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table and the queued messages of every release since 0.1.0 are read. */
class DynamoUpgradeTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final ManualClock clock =
            new ManualClock(ReleasedContents.AT.plusSeconds(300).toString());
    private final String name = Emulators.newTable();
    private final DynamoTable table = Emulators.table(name);
    private final String histories = Emulators.newHistoryTable();

    @ParameterizedTest
    @ValueSource(strings = {"0.1.0"})
    void tableOfAReleaseIsRead(String release) throws Exception {
        for (JsonNode item : stored(release).required("items")) {
            Emulators.dynamo().putItem(put -> put.tableName(name).item(ItemJson.read(item)));
        }
        for (JsonNode item : stored(release).required("histories")) {
            Emulators.dynamo().putItem(put -> put.tableName(histories).item(ItemJson.read(item)));
        }

        List<LedgerEntry> entries = ReleasedContents.entries();
        List<OrganizationUserId> people =
                entries.stream().map(entry -> entry.person().key()).toList();
        ConsentLedger ledger = new DynamoLedger(table, Emulators.history(histories), clock);
        assertThat(ledger.load(people).values())
                .containsExactlyInAnyOrderElementsOf(
                        entries.stream().map(LedgerEntry::saved).toList());
        assertThat(ledger.history(ReleasedContents.ADA))
                .isEqualTo(ReleasedContents.history().unsaved());
        assertThat(ledger.personOf(ReleasedContents.CONTACT)).contains(ReleasedContents.ADA);
        assertThat(new DynamoPauses(table, clock).pausedUntil())
                .containsOnly(entry(ReleasedContents.PAUSED, ReleasedContents.PAUSED_UNTIL));
        assertThat(new DynamoRunStore(table).load(ReleasedContents.RUN_NAME)).contains(ReleasedContents.RUN_TEXT);
        assertThat(new DynamoDiscards(table)
                        .of(ReleasedContents.givenUp().delivery().id()))
                .extracting(DiscardedDelivery::decision)
                .containsExactly(ReleasedContents.decision());
        // Of releases after 0.1.0.
        assertThat(accessLog().newest(9)).isSubsetOf(ReleasedContents.access());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1.0"})
    void messageOfAReleaseIsRead(String release) throws Exception {
        String message = stored(release).required("message").textValue();

        assertThat(DeliveryJson.read(message)).isEqualTo(ReleasedContents.waiting());
    }

    private AccessLog accessLog() {
        return table.accessLog(histories, () -> Duration.ofDays(365), clock);
    }

    private static JsonNode stored(String release) throws Exception {
        try (InputStream stored = DynamoUpgradeTest.class.getResourceAsStream("releases/" + release + ".json")) {
            return JSON.readTree(stored);
        }
    }

    /** Writes the items of this release, for the next one: docs/releasing.md. */
    @Test
    @EnabledIfSystemProperty(named = "write.release", matches = ".+")
    void writesTheItemsOfThisRelease() throws Exception {
        new DynamoLedger(table, Emulators.history(histories), clock).save(ReleasedContents.entries());
        new DynamoPauses(table, clock).pause(ReleasedContents.PAUSED, ReleasedContents.PAUSED_UNTIL);
        new DynamoRunStore(table).save(ReleasedContents.RUN_NAME, ReleasedContents.RUN_TEXT);
        new DynamoDiscards(table)
                .add(DiscardedDelivery.of(ReleasedContents.givenUp(), "", ReleasedContents.decision()));
        accessLog().add(ReleasedContents.access());

        var release = JSON.createObjectNode();
        Emulators.items(name).forEach(item -> release.withArray("items").add(ItemJson.write(item)));
        Emulators.items(histories)
                .forEach(item -> release.withArray("histories").add(ItemJson.write(item)));
        release.put("message", QueueMessage.of(ReleasedContents.waiting()));
        Path kept = Path.of(
                "src/test/resources/io/github/consentbridge/aws/dynamo/releases",
                System.getProperty("write.release") + ".json");
        Files.createDirectories(kept.getParent());
        Files.writeString(kept, release.toPrettyString() + "\n");
    }
}
