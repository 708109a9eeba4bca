package io.github.consentbridge.mapping.settle;

import static io.github.consentbridge.mapping.settle.Cases.at;
import static io.github.consentbridge.mapping.settle.Cases.didomi;
import static io.github.consentbridge.mapping.settle.Cases.dynamics;
import static io.github.consentbridge.mapping.settle.Cases.reported;
import static io.github.consentbridge.mapping.settle.World.COLUMN;
import static io.github.consentbridge.mapping.settle.World.F;
import static io.github.consentbridge.mapping.settle.World.NEWSLETTER;
import static io.github.consentbridge.mapping.settle.World.T;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ClockRule;
import io.github.consentbridge.mapping.consent.ContactState;
import io.github.consentbridge.mapping.consent.DidomiState;
import io.github.consentbridge.mapping.consent.Observation;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.Regulation;
import io.github.consentbridge.mapping.settle.SettleInput.DidomiRead;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A grant that its system dates in the year 2099. Both sides know a grant of second 10. */
class SettlerFutureDatesTest {
    private static final Instant FUTURE = Instant.parse("2099-01-01T00:00:00Z");

    private final Settler settler = new Settler(ContactMapping.of(List.of(World.mapped(COLUMN, false))));
    private final Person known =
            World.granted(World.Merge.BY_DATE, false).ledger().person();

    private static Choice future(ConsentValue value, int toldAt) {
        return Choice.inDidomi(NEWSLETTER, "u1", value, FUTURE, "f" + toldAt).counted(new ClockRule(at(toldAt)));
    }

    private static ContactState row(boolean value, long version, Instant modifiedOn, int readAt) {
        Stamp stamp = new ClockRule(at(readAt)).counted(new Stamp(version, modifiedOn));
        return new ContactState("c0", "W/" + version, stamp, Map.of(COLUMN, value));
    }

    private static DidomiState user(ConsentValue value, Instant updatedAt, int readAt) {
        Stamp stamp = new ClockRule(at(readAt)).counted(new Stamp(Choice.UNKNOWN_VERSION, updatedAt));
        return new DidomiState("u1", Regulation.GDPR, stamp, null, Map.of(NEWSLETTER, Observation.read(value)));
    }

    private Person settled(Person before, Choice... choices) {
        return settler.settle(before, SettleInput.reported(List.of(choices), List.of(), null))
                .person();
    }

    @Test
    void itCountsFromTheMomentItWasTold() {
        Person told = settled(known, future(T, 20));

        assertThat(Cases.decision(settled(told, didomi(F, 19))).value()).isEqualTo(T);
        assertThat(Cases.decision(settled(told, didomi(F, 21))).value()).isEqualTo(F);
        assertThat(Cases.decision(settled(told, dynamics(F, 21))).value()).isEqualTo(F);
    }

    @Test
    void toldAgainLaterItIsNotNewer() {
        Person refused = settled(known, future(T, 20), didomi(F, 30));

        assertThat(Cases.decision(settled(refused, future(T, 40)))).isEqualTo(Cases.decision(refused));
    }

    @Test
    void itDoesNotComeTrueOnItsDay() {
        Choice onItsDay = Choice.inDidomi(NEWSLETTER, "u1", T, FUTURE, "later")
                .counted(new ClockRule(FUTURE.plus(Duration.ofDays(1))));
        Person refused = settled(known, future(T, 20), didomi(F, 30));

        assertThat(onItsDay.isFutureDated()).isFalse();
        assertThat(Cases.decision(settled(refused, onItsDay))).isEqualTo(Cases.decision(refused));
    }

    @Test
    void aDateWithinTheToleranceCountsAsItIs() {
        Instant ahead = at(20).plus(Duration.ofMinutes(10));

        assertThat(new ClockRule(at(20)).counted(ahead)).isEqualTo(ahead);
        assertThat(new ClockRule(at(20)).counted(ahead.plusMillis(1))).isEqualTo(at(20));
    }

    /** Told four times, and each time differently; the others chose in between. */
    @Test
    void orderGroupingAndRepetitionDoNotMatter() {
        List<Choice> choices = List.of(
                future(T, 20),
                future(T, 26),
                future(F, 22),
                future(T, 40),
                didomi(F, 24),
                dynamics(T, 23),
                didomi(T, 12));
        Set<Person> ends = new HashSet<>();
        for (int seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            List<Choice> all = new ArrayList<>(choices);
            all.add(choices.get(random.nextInt(choices.size())));
            Collections.shuffle(all, random);
            Person person = known;
            while (!all.isEmpty()) {
                List<Choice> group = all.subList(0, 1 + random.nextInt(all.size()));
                person = settled(person, group.toArray(Choice[]::new));
                group.clear();
            }
            ends.add(person);
        }

        assertThat(ends).hasSize(1);
        assertThat(Cases.decision(ends.iterator().next()).decidedAt()).isEqualTo(at(24));
    }

    @Test
    void eventThatOverrulesItIsDatedAfterIt() {
        Person told = settler.settle(
                        known,
                        SettleInput.reported(
                                reported(future(T, 20)), List.of(user(T, at(20), 20)), row(true, 2, at(20), 20)))
                .person();

        Settlement refused = settler.settle(
                told,
                new SettleInput(
                                reported(dynamics(F, 30)),
                                List.of(),
                                List.of(user(T, at(20), 30)),
                                row(false, 3, at(30), 30),
                                DidomiRead.USERS)
                        .eventsRead(reported(didomi(T, 10), future(T, 30)), List.of()));

        assertThat(refused.events())
                .singleElement()
                .satisfies(event -> assertThat(event.createdAt()).isEqualTo(FUTURE.plusMillis(1)));
    }

    /** Found by reading, not reported: the user shows it since second 20. */
    @Test
    void eventReadAtLastIsAsOldAsTheStateThatShowsIt() {
        Person found = settler.settle(
                        settled(known, didomi(F, 15)),
                        new SettleInput(
                                List.of(),
                                List.of(),
                                List.of(user(T, at(20), 21)),
                                row(false, 2, at(15), 21),
                                DidomiRead.USERS))
                .person();
        Person refused = settled(found, dynamics(F, 30));

        Settlement read = settler.settle(
                refused,
                new SettleInput(
                                List.of(),
                                List.of(),
                                List.of(user(T, at(35), 40)),
                                row(false, 3, at(30), 40),
                                DidomiRead.USERS)
                        .eventsRead(reported(didomi(T, 10), didomi(F, 15), future(T, 40)), List.of()));

        assertThat(Cases.decision(read.person()).value()).isEqualTo(F);
        assertThat(read.events()).extracting(PlannedEvent::value).containsExactly(F);
    }

    /** The person's own grant of second 10 shows; staff have refused at 20. */
    private Settlement readAfterRefusalByStaff(ConsentValue shown, ConsentValue staff, Choice found) {
        Person before = settled(shown.equals(T) ? known : settled(known, didomi(shown, 15)), dynamics(staff, 20));
        Person seen = settler.settle(
                        before,
                        new SettleInput(List.of(), List.of(), List.of(user(shown, at(15), 16)), null, DidomiRead.USERS))
                .person();
        List<Choice> events = new ArrayList<>(List.of(didomi(T, 10), found));
        if (!shown.equals(T)) {
            events.add(didomi(shown, 15));
        }
        return settler.settle(
                seen,
                new SettleInput(
                                List.of(),
                                List.of(),
                                List.of(user(shown, at(30), 40)),
                                row(staff.equals(T), 3, at(20), 40),
                                DidomiRead.USERS)
                        .eventsRead(events, List.of()));
    }

    @Test
    void sameChoiceMadeAgainCountsFromTheTimeAtWhichDidomiStoredIt() {
        Choice again = future(T, 40).storedAt(at(30)).counted(new ClockRule(at(40)));

        assertThat(Cases.decision(readAfterRefusalByStaff(T, F, again).person()).decidedAt())
                .isEqualTo(at(30));
    }

    /** Stored before staff chose, though the user has changed since. */
    @Test
    void sameChoiceMadeAgainBeforeStaffChoseStaysBefore() {
        Choice again = future(T, 40).storedAt(at(18)).counted(new ClockRule(at(40)));

        assertThat(Cases.decision(readAfterRefusalByStaff(T, F, again).person()).value())
                .isEqualTo(F);
    }

    /** Made at second 15 or later, up to 30: Didomi does not say when it stored it. */
    @Test
    void ofTheSameChoiceMadeAgainAtAnUnknownTimeOnlyARefusalBeatsStaff() {
        assertThat(Cases.decision(readAfterRefusalByStaff(T, F, future(T, 40)).person())
                        .value())
                .isEqualTo(F);
        assertThat(Cases.decision(readAfterRefusalByStaff(F, T, future(F, 40)).person())
                        .value())
                .isEqualTo(F);
    }

    @Test
    void timeOfStorageThatIsInTheFutureItselfDoesNotCount() {
        ClockRule now = new ClockRule(at(40));

        assertThat(future(T, 40).storedAt(FUTURE).counted(now).decidedAt()).isEqualTo(at(40));
        assertThat(future(T, 40).storedAt(at(39)).counted(now).decidedAt()).isEqualTo(at(39));
        assertThat(didomi(T, 10).storedAt(at(9)).counted(now).decidedAt()).isEqualTo(at(10));
    }

    @Test
    void rowKeepsTheMomentAtWhichItWasFirstRead() {
        Person inferred = settler.settle(known, SettleInput.reported(List.of(), List.of(), row(false, 5, FUTURE, 20)))
                .person();

        Person again = settler.settle(inferred, SettleInput.reported(List.of(), List.of(), row(false, 5, FUTURE, 40)))
                .person();

        assertThat(Cases.decision(again).decidedAt()).isEqualTo(at(20));
        assertThat(again).isEqualTo(inferred);
    }

    @Test
    void deliveryOfTheSameRowIsNotLaterThanTheRow() {
        Person inferred = settler.settle(known, SettleInput.reported(List.of(), List.of(), row(false, 5, FUTURE, 20)))
                .person();
        Choice delivered = Choice.inColumn(NEWSLETTER, COLUMN, F, FUTURE, Choice.UNKNOWN_VERSION, "y")
                .counted(new ClockRule(at(25)));

        Person told = settler.settle(
                        inferred, SettleInput.reported(reported(delivered), List.of(), row(false, 5, FUTURE, 26)))
                .person();

        assertThat(Cases.decision(told).decidedAt()).isEqualTo(at(20));
        assertThat(told.record(NEWSLETTER).column(COLUMN).inferred()).isNull();
        assertThat(Cases.decision(settled(told, didomi(T, 23))).value()).isEqualTo(T);
    }

    @Test
    void stateFromTheFutureHidesNoLaterState() {
        Person read = settler.settle(
                        known,
                        new SettleInput(List.of(), List.of(), List.of(user(T, FUTURE, 20)), null, DidomiRead.USERS))
                .person();

        Settlement refused = settler.settle(
                read, new SettleInput(List.of(), List.of(), List.of(user(F, at(30), 31)), null, DidomiRead.USERS));

        assertThat(Cases.decision(refused.person()).value()).isEqualTo(F);
    }

    /** The user shows something else by now: only the inference tells since when the grant is known. */
    @Test
    void eventOfAnInferredChoiceIsNotLaterThanTheInference() {
        SettleInput state = new SettleInput(List.of(), List.of(), List.of(user(T, at(20), 21)), null, DidomiRead.USERS);
        Person inferred = settler.settle(settled(known, didomi(F, 15)), state).person();
        Person cleared = settler.settle(
                        inferred,
                        new SettleInput(List.of(), List.of(), List.of(silent(at(33), 34)), null, DidomiRead.USERS))
                .person();

        Settlement read = settler.settle(
                settled(cleared, dynamics(F, 30)),
                new SettleInput(List.of(), List.of(), List.of(user(T, at(35), 40)), null, DidomiRead.USERS)
                        .eventsRead(reported(didomi(T, 10), didomi(F, 15), future(T, 40)), List.of()));

        assertThat(Cases.decision(read.person()).value()).isEqualTo(F);
    }

    private static DidomiState silent(Instant updatedAt, int readAt) {
        Stamp stamp = new ClockRule(at(readAt)).counted(new Stamp(Choice.UNKNOWN_VERSION, updatedAt));
        return new DidomiState("u1", Regulation.GDPR, stamp, null, Map.of());
    }
}
