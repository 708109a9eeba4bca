package io.github.consentbridge.standalone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.ledger.ConsentLedger;
import io.github.consentbridge.ledger.LedgerEntry;
import io.github.consentbridge.mapping.ConsentValue;
import io.github.consentbridge.mapping.DidomiPath;
import io.github.consentbridge.mapping.OrganizationUserId;
import io.github.consentbridge.mapping.Regulation;
import io.github.consentbridge.queue.DeadLetter;
import io.github.consentbridge.queue.Delivery;
import io.github.consentbridge.remote.RemoteSystem;
import io.github.consentbridge.settle.Choice;
import io.github.consentbridge.settle.ContactMapping;
import io.github.consentbridge.settle.Evidence;
import io.github.consentbridge.settle.Person;
import io.github.consentbridge.settle.RegisterId;
import io.github.consentbridge.settle.Settler;
import io.github.consentbridge.settle.Side;
import io.github.consentbridge.standalone.MovedClock;
import io.github.consentbridge.standalone.store.H2Queue.Message;
import io.github.consentbridge.storage.StorageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the ports promise, and that it is still so in the next process. */
class StoreTest {
    private static final OrganizationUserId ADA = new OrganizationUserId("ada@example.org");
    private static final OrganizationUserId GRACE = new OrganizationUserId("grace@example.org");

    @TempDir
    Path parent;

    private final MovedClock clock = new MovedClock("2026-03-01T08:00:00Z");
    private Store store;

    @BeforeEach
    void open() {
        store = Store.open(parent.resolve("data"), clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void reopen() {
        store.close();
        open();
    }

    @Test
    void folderIsForItsOwnersEyesOnlyAndForOneProcess() throws Exception {
        assertThat(Files.getPosixFilePermissions(parent.resolve("data")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThatThrownBy(() -> Store.open(parent.resolve("with;semicolon"), clock))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("semicolon");
    }

    @Test
    void ledgerSavesOnTheConditionThatNobodyElseHas() {
        ConsentLedger ledger = store.ledger();
        LedgerEntry loaded = ledger.load(List.of(ADA)).get(ADA);

        assertThat(ledger.save(List.of(loaded.with(chosen(ADA))))).isEmpty();
        assertThat(ledger.save(List.of(loaded.with(chosen(ADA))))).containsExactly(ADA);
        assertThat(ledger.save(List.of(loaded.with(chosen(ADA)).saved(), LedgerEntry.none(GRACE))))
                .isEmpty();

        reopen();
        assertThat(store.ledger().load(List.of(ADA)).get(ADA)).isEqualTo(new LedgerEntry(chosen(ADA), 2, null));
    }

    @Test
    void ledgerKnowsWhoseContactItWas() {
        Person onContact = new Person(ADA, "6f0c", chosen(ADA).registers());
        store.ledger().save(List.of(LedgerEntry.none(ADA).with(onContact)));

        assertThat(store.ledger().personOf("6f0c")).contains(ADA);
        assertThat(store.ledger().personOf("none")).isEmpty();
    }

    @Test
    void erasedPersonLeavesNoIdBehindAndIsForgottenAfterAMonth() throws Exception {
        store.ledger().save(List.of(LedgerEntry.none(ADA).with(chosen(ADA))));
        LedgerEntry entry = store.ledger().load(List.of(ADA)).get(ADA);
        store.ledger().save(List.of(entry.erased(clock.instant())));

        assertThat(store.ledger().load(List.of(ADA)).get(ADA).erasedAt()).isEqualTo(clock.instant());
        assertThat(storedIds()).containsOnlyNulls();

        clock.advance(ConsentLedger.TOMBSTONE_AGE.plusSeconds(1));
        assertThat(store.ledger().load(List.of(ADA)).get(ADA).erasedAt()).isNull();
        store.ledger().forgetExpiredTombstones();
        assertThat(store.ledger().load(List.of(ADA)).get(ADA)).isEqualTo(LedgerEntry.none(ADA));
    }

    @Test
    void queueHandsOutOnceAndKeepsWhatIsNotFinished() {
        store.queue().send(List.of(delivery("a"), delivery("b"), delivery("c")), Duration.ZERO);

        List<Message> batch = store.queue().take(2);
        assertThat(batch).extracting(message -> message.delivery().person()).containsExactly("a", "b");
        assertThat(store.queue().take(10))
                .extracting(message -> message.delivery().person())
                .containsExactly("c");
        store.queue().finish(batch, batch.subList(0, 1), Duration.ofSeconds(30));

        assertThat(store.queue().take(10)).isEmpty();
        clock.advance(Duration.ofSeconds(30));
        List<Message> again = store.queue().take(10);
        assertThat(again).extracting(message -> message.delivery().person()).containsExactly("b");
        assertThat(again).extracting(Message::receives).containsExactly(2);
    }

    @Test
    void queueForgetsWhoHadWhatInHandWhenTheProcessEnds() {
        store.queue().send(List.of(delivery("a")), Duration.ZERO);
        store.queue().take(1);

        reopen();

        assertThat(store.queue().take(1)).hasSize(1);
        assertThat(store.queue().depth().inHand()).isEqualTo(1);
        assertThat(store.queue().depth().depth()).isZero();
        assertThat(store.queue().depth().oldest()).contains(clock.instant());
    }

    @Test
    void postponedDeliveriesStayHiddenThatLong() {
        store.queue().send(List.of(delivery("a")), Duration.ZERO);
        List<Message> batch = store.queue().take(1);
        store.queue().postpone(List.of(batch.get(0).receipt()), Duration.ofMinutes(10));
        store.queue().finish(batch, List.of(), Duration.ofSeconds(30));

        clock.advance(Duration.ofMinutes(9));
        assertThat(store.queue().available(1)).isZero();
        assertThat(store.queue().nextVisible()).contains(clock.instant().plusSeconds(60));
        clock.advance(Duration.ofMinutes(1));
        assertThat(store.queue().available(1)).isEqualTo(1);
    }

    @Test
    void deliveriesOfAPersonWaitForTheWorkerWhoHasThePerson() {
        store.queue().send(List.of(delivery("a"), delivery("a"), delivery("b")), Duration.ZERO);

        List<Message> batch = store.queue().take(1);

        assertThat(store.queue().take(10))
                .extracting(message -> message.delivery().person())
                .containsExactly("b");
        store.queue().finish(batch, batch, Duration.ZERO);
        assertThat(store.queue().take(10))
                .extracting(message -> message.delivery().person())
                .containsExactly("a");
    }

    @Test
    void largeDeliveriesAreTakenFewAtATime() {
        String large = "x".repeat(1 << 20);
        for (int index = 0; index < 10; index++) {
            store.queue()
                    .send(List.of(Delivery.received(Side.DIDOMI, "p" + index, clock.instant(), large)), Duration.ZERO);
        }

        assertThat(store.queue().take(10)).hasSize(2);
    }

    @Test
    void deadLettersAreListedOldestFirstAndReplayedAfresh() {
        Delivery first = delivery("a").failedAgain();
        store.deadLetters().add(List.of(new DeadLetter(first, "old reason", clock.instant())));
        clock.advance(Duration.ofSeconds(1));
        for (int index = 0; index < 50; index++) {
            store.deadLetters().add(List.of(new DeadLetter(delivery("p" + index), "reason", clock.instant())));
        }
        store.deadLetters().add(List.of(new DeadLetter(first, "new reason", clock.instant())));
        reopen();

        assertThat(store.deadLetters().list(letter -> true, 100)).hasSize(51);
        assertThat(store.deadLetters().list(letter -> letter.reason().equals("old reason"), 100))
                .isEmpty();
        assertThat(store.deadLetters().replay(letter -> letter.reason().equals("new reason"), store.queue()))
                .isEqualTo(1);
        assertThat(store.deadLetters().count()).isEqualTo(50);
        assertThat(store.queue().take(10)).extracting(Message::delivery).containsExactly(first.afresh());
    }

    @Test
    void pausesOutliveTheProcessAndAreNeverShortened() {
        Instant until = clock.instant().plusSeconds(60);
        store.pauses().pause(RemoteSystem.DATAVERSE, until);
        store.pauses().pause(RemoteSystem.DATAVERSE, until.minusSeconds(30));

        reopen();

        assertThat(store.pauses().pausedUntil()).isEqualTo(Map.of(RemoteSystem.DATAVERSE, until));
    }

    private List<String> storedIds() throws SQLException {
        List<String> ids = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:h2:" + parent.resolve("data/bridge"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT person FROM person")) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return ids;
    }

    private Delivery delivery(String person) {
        return Delivery.received(Side.DIDOMI, person, clock.instant(), "{\"of\":\"" + person + "\"}");
    }

    private Person chosen(OrganizationUserId person) {
        RegisterId register = new RegisterId(Regulation.GDPR, new DidomiPath.Purpose("newsletter"));
        Choice choice = Choice.inDidomi(register, "u-1", ConsentValue.of(true), clock.instant(), "d-1");
        return new Settler(ContactMapping.of(List.of()))
                .settle(Person.unknown(person), Evidence.told(List.of(choice), List.of(), null))
                .person();
    }
}
