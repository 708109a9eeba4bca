package io.github.consentbridge.sync.ledger;

import static io.github.consentbridge.sync.ledger.SamplePeople.chosen;
import static io.github.consentbridge.sync.ledger.SamplePeople.onContact;
import static io.github.consentbridge.sync.ledger.SamplePeople.tooLarge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.settle.Person;
import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.sync.history.ChainedEntry;
import io.github.consentbridge.sync.history.HistoryChain;
import io.github.consentbridge.sync.history.HistoryTail;
import io.github.consentbridge.sync.history.SampleHistory;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every consent ledger promises. */
public abstract class ConsentLedgerContract {
    private static final OrganizationUserId ADA = new OrganizationUserId("ada@example.org");
    private static final OrganizationUserId GRACE = new OrganizationUserId("grace@example.org");

    protected final ManualClock clock = new ManualClock("2026-03-01T08:00:00Z");

    /** The same store each time, empty at the start of a test, opened anew where a host can: as another process would. */
    protected abstract ConsentLedger ledger();

    /** Every organization user id that the store holds in the open, null for an entry that has none. */
    protected abstract Collection<String> storedIds();

    private LedgerEntry stored(OrganizationUserId key) {
        return ledger().load(List.of(key)).get(key);
    }

    private void saved(LedgerEntry entry) {
        assertThat(ledger().save(List.of(entry))).isEmpty();
    }

    @Test
    void nobodyIsKnownAtFirst() {
        assertThat(ledger().load(List.of(ADA, GRACE)))
                .isEqualTo(Map.of(ADA, LedgerEntry.none(ADA), GRACE, LedgerEntry.none(GRACE)));
        assertThat(ledger().load(List.of())).isEmpty();
        assertThat(ledger().save(List.of())).isEmpty();
    }

    @Test
    void savesOnTheConditionThatNobodyElseHas() {
        LedgerEntry first = LedgerEntry.none(ADA).with(chosen(ADA, clock.instant()));

        saved(first);
        assertThat(ledger().save(List.of(first))).containsExactly(ADA);
        assertThat(ledger().save(List.of(first.saved(), LedgerEntry.none(GRACE))))
                .isEmpty();
        assertThat(ledger().save(List.of(first.saved()))).containsExactly(ADA);

        assertThat(stored(ADA)).isEqualTo(first.saved().saved());
    }

    @Test
    void entryOfNothingStoredIsNotSavedUnderARevision() {
        LedgerEntry lost =
                LedgerEntry.none(ADA).with(chosen(ADA, clock.instant())).saved();

        assertThat(ledger().save(List.of(lost))).containsExactly(ADA);

        assertThat(stored(ADA)).isEqualTo(LedgerEntry.none(ADA));
    }

    @Test
    void manyAreLoadedAndSavedAtOnceAndKeysMayRepeat() {
        List<OrganizationUserId> people = IntStream.range(0, 250)
                .mapToObj(number -> new OrganizationUserId("p" + number))
                .toList();
        saved(LedgerEntry.none(people.get(7)));
        List<LedgerEntry> entries = people.stream()
                .map(key -> LedgerEntry.none(key).with(chosen(key, clock.instant())))
                .toList();

        assertThat(ledger().save(entries)).containsExactly(people.get(7));

        List<OrganizationUserId> twice =
                Stream.concat(people.stream(), people.stream()).toList();
        assertThat(ledger().load(twice).values())
                .hasSize(250)
                .allSatisfy(entry -> assertThat(entry.revision()).isEqualTo(1));
    }

    @Test
    void ofWorkersWhoSaveTheSamePersonAtOnceOneWins() throws Exception {
        int workers = 8;
        LedgerEntry entry = LedgerEntry.none(ADA).with(chosen(ADA, clock.instant()));
        ConsentLedger ledger = ledger();
        Callable<Set<OrganizationUserId>> save = () -> ledger.save(List.of(entry));
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        try {
            int conflicts = 0;
            for (Future<Set<OrganizationUserId>> result : threads.invokeAll(Collections.nCopies(workers, save))) {
                conflicts += result.get().size();
            }

            assertThat(conflicts).isEqualTo(workers - 1);
            assertThat(stored(ADA)).isEqualTo(entry.saved());
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void entryOfThePersonWithTheMostUsersFits() {
        LedgerEntry busiest = LedgerEntry.none(ADA).with(SamplePeople.busiest(ADA, clock.instant(), 20));

        saved(busiest);

        assertThat(stored(ADA)).isEqualTo(busiest.saved());
    }

    @Test
    void knowsWhoseContactItWas() {
        saved(LedgerEntry.none(GRACE).with(onContact(chosen(GRACE, clock.instant()), "71ab")));
        saved(LedgerEntry.none(ADA).with(onContact(chosen(ADA, clock.instant()), "6f0c")));

        assertThat(ledger().personOf("6f0c")).contains(ADA);
        assertThat(ledger().personOf("none")).isEmpty();
    }

    @Test
    void keepsHowDidomiSpellsTheIdUntilThePersonIsErased() {
        saved(LedgerEntry.none(ADA).with(chosen(ADA, clock.instant())).spelled("Ada@Example.org"));
        LedgerEntry loaded = stored(ADA);
        saved(loaded.erased(clock.instant(), HistoryTail.NONE));

        assertThat(loaded.didomiId()).isEqualTo("Ada@Example.org");
        assertThat(stored(ADA).spelling()).isNull();
    }

    @Test
    void erasedPersonLeavesNoIdBehind() {
        saved(LedgerEntry.none(ADA).with(onContact(chosen(ADA, clock.instant()), "6f0c")));
        saved(stored(ADA).erased(clock.instant(), HistoryTail.NONE));

        assertThat(stored(ADA).erasedAt()).isEqualTo(clock.instant());
        assertThat(storedIds()).hasSize(1).containsOnlyNulls();
        assertThat(ledger().personOf("6f0c")).isEmpty();
    }

    @Test
    void expiredTombstoneReadsAsGoneAndThePersonCanBeSaved() {
        saved(LedgerEntry.none(ADA).with(chosen(ADA, clock.instant())));
        saved(stored(ADA).erased(clock.instant(), HistoryTail.NONE));

        clock.advance(ConsentLedger.TOMBSTONE_AGE);
        assertThat(stored(ADA).erasedAt()).isNotNull();
        clock.advance(ConsentLedger.TOMBSTONE_AGE.dividedBy(30));

        assertThat(stored(ADA).erasedAt()).isNull();
        assertThat(stored(ADA).person()).isEqualTo(Person.unknown(ADA));
        saved(stored(ADA).with(chosen(ADA, clock.instant())));
        assertThat(stored(ADA).person()).isEqualTo(chosen(ADA, clock.instant()));
        assertThat(storedIds()).containsExactly(ADA.value());
    }

    @Test
    void personWhoCameBackAfterAnErasureIsKept() {
        LedgerEntry back = LedgerEntry.none(ADA).erased(clock.instant(), HistoryTail.NONE);
        saved(back);
        clock.advance(ConsentLedger.TOMBSTONE_AGE.dividedBy(2));
        saved(back.saved().with(chosen(ADA, clock.instant())));

        clock.advance(ConsentLedger.TOMBSTONE_AGE);

        assertThat(stored(ADA).person().records()).isNotEmpty();
        assertThat(storedIds()).containsExactly(ADA.value());
    }

    /** 5,000 choices are more than a megabyte of text. */
    @ParameterizedTest
    @ValueSource(ints = {1, 300, 5000})
    void entriesOfAnySizeComeBackAsTheyWere(int users) {
        LedgerEntry entry = LedgerEntry.none(ADA).with(chosen(ADA, clock.instant(), users));
        saved(entry);

        assertThat(stored(ADA)).isEqualTo(entry.saved());
    }

    @Test
    void entryThatDoesNotFitFailsAloneAndTheOthersAreSaved() {
        OrganizationUserId ida = new OrganizationUserId("ida");
        saved(LedgerEntry.none(ida).with(chosen(ida, clock.instant())));
        LedgerEntry tooLarge = LedgerEntry.none(ADA).with(tooLarge(ADA, clock.instant()));
        LedgerEntry fitting = LedgerEntry.none(GRACE).with(chosen(GRACE, clock.instant()));

        assertThatThrownBy(() -> ledger().save(List.of(tooLarge, fitting, LedgerEntry.none(ida))))
                .isInstanceOfSatisfying(LedgerEntryTooLargeException.class, failure -> {
                    assertThat(failure.tooLarge()).containsExactly(ADA);
                    assertThat(failure.conflicts()).containsExactly(ida);
                    assertThat(failure).hasMessageContaining("does not fit into the ledger");
                });

        assertThat(stored(ADA)).isEqualTo(LedgerEntry.none(ADA));
        assertThat(stored(GRACE)).isEqualTo(fitting.saved());
    }

    @ParameterizedTest
    @ValueSource(strings = {"O'Brien", "50%off&x=1#y", "météo 🌦", "line\nbreak", "a\\\"b", "\u0001", "\ufffe"})
    void idsMayHoldAnything(String id) {
        OrganizationUserId key = new OrganizationUserId(id);
        LedgerEntry entry = LedgerEntry.none(key).with(onContact(chosen(key, clock.instant()), "6f0c"));
        saved(entry);

        assertThat(stored(key)).isEqualTo(entry.saved());
        assertThat(ledger().personOf("6f0c")).contains(key);
    }

    private LedgerEntry recorded(LedgerEntry entry, int entries, boolean standing) {
        return entry.recorded(SampleHistory.appended(entry.history(), clock.instant(), entries, standing));
    }

    @Test
    void historyIsSavedWithTheEntry() {
        LedgerEntry first = recorded(LedgerEntry.none(ADA).with(chosen(ADA, clock.instant())), 2, true);
        saved(first);
        LedgerEntry second = recorded(stored(ADA), 1, true);
        saved(second);

        LedgerEntry loaded = stored(ADA);
        assertThat(loaded.history()).isEqualTo(second.history().saved());
        assertThat(ledger().history(ADA)).extracting(ChainedEntry::sequence).containsExactly(1L, 2L, 3L);
        assertThat(HistoryChain.check(ledger().history(ADA), loaded.history().head(), Instant.MIN)
                        .isUnbroken())
                .isTrue();
        assertThat(ledger().history(GRACE)).isEmpty();
    }

    @Test
    void historyOfASaveInConflictIsNotSaved() {
        LedgerEntry first = LedgerEntry.none(ADA).with(chosen(ADA, clock.instant()));
        saved(first);

        assertThat(ledger().save(List.of(recorded(first, 1, false)))).containsExactly(ADA);

        assertThat(ledger().history(ADA)).isEmpty();
    }

    @Test
    void manyHistoryEntriesAreSavedAtOnce() {
        saved(recorded(LedgerEntry.none(ADA).with(chosen(ADA, clock.instant())), 700, true));

        assertThat(ledger().history(ADA))
                .hasSize(700)
                .extracting(ChainedEntry::sequence)
                .isSorted();
        assertThat(HistoryChain.check(
                                ledger().history(ADA), stored(ADA).history().head(), Instant.MIN)
                        .isUnbroken())
                .isTrue();
    }

    @Test
    void veryManyChoicesStandAndAreReplacedAtOnce() {
        LedgerEntry first = LedgerEntry.none(ADA)
                .with(chosen(ADA, clock.instant()))
                .recorded(SampleHistory.standing(HistoryTail.NONE, clock.instant(), 150));
        saved(first);
        LedgerEntry loaded = stored(ADA);
        saved(loaded.recorded(SampleHistory.standing(loaded.history(), clock.instant(), 150)));

        assertThat(HistoryChain.check(
                                ledger().history(ADA), stored(ADA).history().head(), Instant.MIN)
                        .isUnbroken())
                .isTrue();
        assertThat(ledger().history(ADA)).hasSize(300);
    }

    @Test
    void forgottenHistoryIsGoneAndANewOneBeginsAtOne() {
        saved(recorded(LedgerEntry.none(ADA).with(chosen(ADA, clock.instant())), 3, true));
        saved(recorded(LedgerEntry.none(GRACE).with(chosen(GRACE, clock.instant())), 1, true));
        LedgerEntry loaded = stored(ADA);

        saved(loaded.erased(clock.instant(), loaded.history().forget()));

        assertThat(ledger().history(ADA)).isEmpty();
        assertThat(ledger().history(GRACE)).hasSize(1);
        saved(recorded(stored(ADA).with(chosen(ADA, clock.instant())), 1, true));
        assertThat(ledger().history(ADA)).extracting(ChainedEntry::sequence).containsExactly(1L);
    }
}
