package io.github.consentbridge.mapping.settle;

import static io.github.consentbridge.mapping.settle.Cases.decision;
import static io.github.consentbridge.mapping.settle.Cases.didomi;
import static io.github.consentbridge.mapping.settle.Cases.reported;
import static io.github.consentbridge.mapping.settle.Cases.shows;
import static io.github.consentbridge.mapping.settle.World.COLUMN;
import static io.github.consentbridge.mapping.settle.World.F;
import static io.github.consentbridge.mapping.settle.World.NEWSLETTER;
import static io.github.consentbridge.mapping.settle.World.T;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.ContactState;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.DidomiPath;
import io.github.consentbridge.mapping.document.Regulation;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A worker crashed around its write, so it is unknown whether the row was written: the row has changed since and shows
 * its previous value. Both sides first show a value chosen at second 10; at second 12 the person chose the other one in
 * Didomi.
 */
class SettlerUncertainWriteTest {
    private final Settler settler = new Settler(ContactMapping.of(List.of(World.mapped(COLUMN, false))));

    /** The ledger after the save that precedes the write. */
    private Settlement begun(ConsentValue before) {
        Person known = settler.settle(
                        Person.unknown(World.PERSON),
                        SettleInput.reported(reported(didomi(before, 10)), List.of(), row(before, 10)))
                .person();
        ConsentValue chosen = before.equals(T) ? F : T;
        return settler.settle(known, SettleInput.reported(reported(didomi(chosen, 12)), List.of(), row(before, 10)));
    }

    private static ContactState row(ConsentValue value, int second) {
        return shows(value.equals(T), second);
    }

    private static SettleInput found(ConsentValue value) {
        return SettleInput.reported(List.of(), List.of(), row(value, 20));
    }

    @Test
    void refusalPossiblyAfterOurWriteCounts() {
        Settlement settled = settler.settle(begun(F).person(), found(F));

        assertThat(decision(settled.person()).value()).isEqualTo(F);
        assertThat(decision(settled.person()).decidedAt()).isEqualTo(Cases.at(20));
        assertThat(settled.columnWrites()).isEmpty();
    }

    @Test
    void grantPossiblyAfterOurWriteDoesNotCount() {
        Settlement settled = settler.settle(begun(T).person(), found(T));

        assertThat(decision(settled.person()).value()).isEqualTo(F);
        assertThat(settled.columnWrites())
                .extracting(Settlement.ColumnWrite::value)
                .containsExactly(F);
    }

    @Test
    void auditHistoryIsReadForGrantAndRefusal() {
        Settlement grant = settler.settle(begun(T).person(), found(T));
        Settlement refusal = settler.settle(begun(F).person(), found(F));

        assertThat(grant.undated())
                .extracting(change -> change.inferred().value())
                .containsExactly(T);
        assertThat(refusal.undated())
                .extracting(change -> change.inferred().value())
                .containsExactly(F);
    }

    @Test
    void grantWithADateInAuditHistoryCounts() {
        Choice audited = Choice.inColumn(NEWSLETTER, COLUMN, T, Cases.at(19), Choice.UNKNOWN_VERSION, "audit");

        Settlement settled = settler.settle(begun(T).person(), found(T).withChoices(reported(audited)));

        assertThat(decision(settled.person()).value()).isEqualTo(T);
    }

    @Test
    void refusalMissingFromAuditHistoryDoesNotCount() {
        Settlement begun = begun(F);
        Settlement open = settler.settle(begun.person(), found(F));
        List<Settlement.ColumnWrite> missed = open.undated().stream()
                .flatMap(change -> change.failedWriteIfUnknown().stream())
                .toList();

        Settlement settled = settler.settle(begun.person(), found(F).withFailedWrites(missed));

        assertThat(missed).hasSize(1);
        assertThat(settled.columnWrites())
                .extracting(Settlement.ColumnWrite::value)
                .containsExactly(T);
    }

    @Test
    void workerWhoseWriteFailedDropsTheInferredRefusal() {
        Settlement begun = begun(F);
        Person counted = settler.settle(begun.person(), found(F)).person();
        Person reported = Confirmation.notWritten(counted, begun.columnWrites());

        Settlement settled = settler.settle(reported, found(F));

        assertThat(decision(settled.person()).value()).isEqualTo(T);
        assertThat(settled.columnWrites())
                .extracting(Settlement.ColumnWrite::value)
                .containsExactly(T);
    }

    @Test
    void unchangedRowLeavesNothingUncertain() {
        Settlement settled = settler.settle(begun(F).person(), SettleInput.reported(List.of(), List.of(), row(F, 10)));

        assertThat(settled.unreported()).isEmpty();
        assertThat(settled.columnWrites())
                .extracting(Settlement.ColumnWrite::value)
                .containsExactly(T);
    }

    @Test
    void rowThatShowsOurValueLeavesNothingUncertain() {
        assertThat(settler.settle(begun(F).person(), found(T)).unreported()).isEmpty();
    }

    @Test
    void otherAttemptOnTheSameConditionStaysPending() {
        Settlement first = begun(F);
        Settlement second = settler.settle(first.person(), SettleInput.reported(List.of(), List.of(), row(F, 10)));
        Person missedOnce = Confirmation.notWritten(second.person(), first.columnWrites());
        Person missedTwice = Confirmation.notWritten(missedOnce, second.columnWrites());

        assertThat(settler.settle(missedOnce, found(F)).unreported()).hasSize(1);
        assertThat(settler.settle(missedTwice, found(F)).unreported()).isEmpty();
    }

    /** The refusal was saved as a choice before another worker's write was refused. */
    @Test
    void inferredRefusalIsDroppedOnceTheWriteIsKnownToHaveFailed() {
        Settlement begun = begun(F);
        Person counted = settler.settle(begun.person(), found(F)).person();

        Settlement settled = settler.settle(counted, found(F).withFailedWrites(begun.columnWrites()));

        assertThat(decision(counted).value()).isEqualTo(F);
        assertThat(decision(settled.person()).value()).isEqualTo(T);
        assertThat(settled.columnWrites())
                .extracting(Settlement.ColumnWrite::value)
                .containsExactly(T);
    }

    @Test
    void failureOfAnotherWriteLeavesTheRefusal() {
        Settlement begun = begun(F);
        Settlement.ColumnWrite ours = begun.columnWrites().get(0);
        List<Settlement.ColumnWrite> others = List.of(
                new Settlement.ColumnWrite(NEWSLETTER, COLUMN, T, true, "W/9"),
                new Settlement.ColumnWrite(NEWSLETTER, World.INVERTED, T, false, ours.etag()),
                new Settlement.ColumnWrite(
                        new ConsentRecordId(Regulation.GDPR, new DidomiPath.Purpose("offers")),
                        COLUMN,
                        T,
                        true,
                        ours.etag()));

        Person counted = settler.settle(begun.person(), found(F).withFailedWrites(others))
                .person();
        Person still =
                settler.settle(counted, found(F).withFailedWrites(others)).person();

        assertThat(decision(counted).value()).isEqualTo(F);
        assertThat(decision(still).value()).isEqualTo(F);
    }
}
