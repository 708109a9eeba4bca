package io.github.consentbridge.mapping.settle;

import static io.github.consentbridge.mapping.settle.Cases.at;
import static io.github.consentbridge.mapping.settle.World.COLUMN;
import static io.github.consentbridge.mapping.settle.World.F;
import static io.github.consentbridge.mapping.settle.World.T;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.document.ConsentValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a consent record knows of the value in Didomi. Numbers are seconds. */
class ConsentRecordTest {
    private static ReportedChoice choice(ConsentValue value, int second) {
        return new ReportedChoice(value, at(second), Choice.UNKNOWN_VERSION, "d-" + second);
    }

    private static ObservedValue shown(@Nullable ConsentValue value, int since, int read) {
        return new ObservedValue(value, new Stamp(Choice.UNKNOWN_VERSION, at(read)), at(since));
    }

    private static Replica user(@Nullable ReportedChoice reported, @Nullable ObservedValue observed) {
        return new Replica(reported, List.of(), false, null, observed, List.of());
    }

    private static PendingEvent event(ConsentValue value, int second, boolean confirmed) {
        return new PendingEvent(value, at(second), at(second), confirmed);
    }

    private static ConsentRecord record(Map<String, Replica> users, PendingEvent... pending) {
        return new ConsentRecord(new TreeMap<>(users), new TreeMap<>(), List.of(pending), null);
    }

    private static ConsentRecord one(Replica user, PendingEvent... pending) {
        return record(Map.of("u1", user), pending);
    }

    @Test
    void didomiShowsTheValueOfTheUserThatChangedLast() {
        ConsentRecord record = record(Map.of("u1", user(null, shown(T, 10, 90)), "u2", user(null, shown(F, 20, 30))));

        assertThat(record.didomiValue()).isEqualTo(F);
        assertThat(record.didomiSince()).isEqualTo(at(20));
        assertThat(record.didomiValueRead()).isEqualTo(F);
    }

    @Test
    void ofTwoUsersThatChangedAtOnceTheRefusalCounts() {
        ConsentRecord grantLast =
                record(Map.of("u1", user(null, shown(F, 10, 10)), "u2", user(null, shown(T, 10, 10))));
        ConsentRecord refusalLast =
                record(Map.of("u1", user(null, shown(T, 10, 10)), "u2", user(null, shown(F, 10, 10))));

        assertThat(grantLast.didomiValue()).isEqualTo(F);
        assertThat(refusalLast.didomiValue()).isEqualTo(F);
    }

    @Test
    void userWithoutAValueShowsNothing() {
        ConsentRecord record =
                record(Map.of("u1", user(null, shown(T, 10, 10)), "u2", user(null, shown(null, 20, 20))));

        assertThat(record.didomiValue()).isEqualTo(T);
        assertThat(one(user(null, shown(null, 20, 20))).didomiValue()).isNull();
        assertThat(one(user(null, shown(null, 20, 20))).didomiSince()).isNull();
    }

    @Test
    void choiceReportedAfterTheObservationIsShownUntilTheUsersAreRead() {
        ConsentRecord record = one(user(choice(F, 20), shown(T, 10, 15)));

        assertThat(record.didomiValue()).isEqualTo(F);
        assertThat(record.didomiSince()).isEqualTo(at(20));
        assertThat(record.didomiValueRead()).isEqualTo(T);
    }

    @Test
    void choiceThatTheObservationContainsIsNotShownOnItsOwn() {
        assertThat(one(user(choice(F, 15), shown(T, 10, 15))).didomiValue()).isEqualTo(T);
        assertThat(one(user(choice(F, 15), null)).didomiValue()).isEqualTo(F);
    }

    @Test
    void onlyAConfirmedEventOfOursIsShown() {
        Replica granted = user(null, shown(T, 10, 10));

        assertThat(one(granted, event(F, 20, true)).didomiValue()).isEqualTo(F);
        assertThat(one(granted, event(F, 20, true)).didomiValueRead()).isEqualTo(T);
        assertThat(one(granted, event(F, 20, false)).didomiValue()).isEqualTo(T);
        assertThat(one(granted, event(F, 5, true)).didomiValue()).isEqualTo(T);
    }

    @Test
    void didomiIsUncertainWhereConfirmedEventsDiffer() {
        Replica user = user(null, shown(F, 5, 5));

        assertThat(one(user, event(T, 10, true), event(F, 20, true)).isDidomiUncertain())
                .isTrue();
        assertThat(one(user, event(F, 10, true), event(F, 20, true)).isDidomiUncertain())
                .isFalse();
        assertThat(one(user, event(T, 10, false), event(F, 20, true)).isDidomiUncertain())
                .isFalse();
        assertThat(one(user, event(T, 10, false)).isDidomiUncertain()).isFalse();
    }

    @Test
    void didomiIsUncertainWhereAUserMayHaveChangedAfterTheEvent() {
        PendingEvent refused = event(F, 20, true);

        assertThat(one(user(null, shown(T, 10, 20)), refused).isDidomiUncertain())
                .isTrue();
        assertThat(one(user(null, shown(T, 10, 19)), refused).isDidomiUncertain())
                .isFalse();
        assertThat(one(user(null, shown(F, 10, 20)), refused).isDidomiUncertain())
                .isFalse();
        assertThat(one(user(null, shown(null, 10, 20)), refused).isDidomiUncertain())
                .isFalse();
        assertThat(one(user(choice(T, 30), null), refused).isDidomiUncertain()).isFalse();
    }

    @Test
    void eventIsPendingUntilAUserIsReadAfterIt() {
        Replica before = user(null, shown(T, 10, 19));
        Replica after = user(null, shown(T, 10, 20));

        assertThat(one(before, event(F, 20, true)).isEventPending(F)).isTrue();
        assertThat(one(after, event(F, 20, true)).isEventPending(F)).isFalse();
        assertThat(one(after, event(F, 20, false)).isEventPending(F)).isTrue();
        assertThat(one(before, event(F, 20, true)).isEventPending(T)).isFalse();
        assertThat(one(user(choice(T, 30), null), event(F, 20, true)).isEventPending(F))
                .isTrue();
    }

    @Test
    void confirmedEventIsMarkedAndDatesTheRecord() {
        PendingEvent early = event(T, 10, false);
        PendingEvent late = event(F, 20, false);

        ConsentRecord lateFirst =
                one(Replica.UNKNOWN, early, late).withConfirmed(late).withConfirmed(early);
        ConsentRecord earlyOnly = one(Replica.UNKNOWN, early, late).withConfirmed(early);

        assertThat(lateFirst.pending()).containsExactly(event(T, 10, true), event(F, 20, true));
        assertThat(lateFirst.posted()).isEqualTo(at(20));
        assertThat(earlyOnly.pending()).containsExactly(event(T, 10, true), late);
        assertThat(earlyOnly.posted()).isEqualTo(at(10));
        assertThat(earlyOnly.withConfirmed(late).posted()).isEqualTo(at(20));
    }

    @Test
    void readDropsConfirmedEventsOnly() {
        ConsentRecord record = one(Replica.UNKNOWN, event(T, 10, true), event(F, 20, false));
        ConsentRecord unconfirmed = one(Replica.UNKNOWN, event(F, 20, false));

        assertThat(record.withoutConfirmed().pending()).containsExactly(event(F, 20, false));
        assertThat(unconfirmed.withoutConfirmed()).isSameAs(unconfirmed);
    }

    @Test
    void userThatIsGoneKeepsItsChoiceAndShowsNothing() {
        Replica user = user(choice(T, 10), shown(T, 10, 10));
        ConsentRecord record = record(Map.of("u1", user, "u2", user));

        ConsentRecord left = record.withRemainingUsers(Set.of("u2"));

        assertThat(left.users()).containsEntry("u1", user(choice(T, 10), null)).containsEntry("u2", user);
        assertThat(record.withRemainingUsers(Set.of("u1", "u2"))).isSameAs(record);
    }

    @Test
    void otherContactKeepsChoicesAndLosesObservations() {
        Replica column = new Replica(
                choice(T, 10), List.of(), true, null, shown(T, 10, 10), List.of(new PendingWrite(F, "W/\"1\"", 1)));
        ConsentRecord record =
                new ConsentRecord(new TreeMap<>(), new TreeMap<>(Map.of(COLUMN, column)), List.of(), null);

        Replica left = record.withoutColumnObservations().column(COLUMN);

        assertThat(left).isEqualTo(new Replica(choice(T, 10), List.of(), true, null, null, List.of()));
        ConsentRecord without = record.withoutColumnObservations();
        assertThat(without.withoutColumnObservations()).isSameAs(without);
    }

    @Test
    void confirmedEventReplacesWhatAUserWasExpectedToShowUnlessItChoseLater() {
        PendingEvent refused = event(F, 20, true);

        assertThat(one(Replica.UNKNOWN, refused).eventReplacingExpectation(Replica.UNKNOWN))
                .isEqualTo(refused);
        assertThat(one(Replica.UNKNOWN, refused).eventReplacingExpectation(user(choice(T, 20), null)))
                .isEqualTo(refused);
        assertThat(one(Replica.UNKNOWN, refused).eventReplacingExpectation(user(choice(T, 21), null)))
                .isNull();
        assertThat(one(Replica.UNKNOWN, event(F, 20, false)).eventReplacingExpectation(Replica.UNKNOWN))
                .isNull();
    }
}
