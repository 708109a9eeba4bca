package io.github.consentbridge.mapping.settle;

import static io.github.consentbridge.mapping.settle.Cases.at;
import static io.github.consentbridge.mapping.settle.World.F;
import static io.github.consentbridge.mapping.settle.World.T;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.document.ConsentValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is known of one place, and what explains that it shows a value. Numbers are seconds. */
class ReplicaTest {
    private static ReportedChoice reported(ConsentValue value, int second) {
        return new ReportedChoice(value, at(second), Choice.UNKNOWN_VERSION, "d-" + second);
    }

    private static ObservedValue shown(ConsentValue value, int since, int read) {
        return new ObservedValue(value, new Stamp(Choice.UNKNOWN_VERSION, at(read)), at(since));
    }

    private static Replica replica(@Nullable ReportedChoice reported, @Nullable ObservedValue observed) {
        return new Replica(reported, List.of(), false, null, observed, List.of());
    }

    private static InferredChoice inferred(ConsentValue value, int after, int latest) {
        return InferredChoice.unreported(value, at(after), new Stamp(Choice.UNKNOWN_VERSION, at(latest)));
    }

    private static Choice chosen(ConsentValue value, int second) {
        return Choice.inDidomi(World.NEWSLETTER, World.USER, value, at(second), "d-" + second);
    }

    private static Choice chosenByNewUser(ConsentValue value, int second) {
        return Choice.atTheLatest(World.NEWSLETTER, World.USER, value, at(second), "d-" + second);
    }

    @Test
    void inferredChoiceGivesWayToItsOwnDelivery() {
        Replica replica = replica(null, null).withInferred(inferred(F, 10, 20));

        assertThat(replica.withChoice(chosen(F, 15)).inferred()).isNull();
        assertThat(replica.withChoice(chosen(F, 21)).inferred()).isNull();
        assertThat(replica.withChoice(chosen(F, 9)).inferred()).isEqualTo(inferred(F, 10, 20));
        assertThat(replica.withChoice(chosen(T, 15)).inferred()).isEqualTo(inferred(F, 10, 20));
    }

    /** It was known when the change was inferred: a repeat of the delivery explains nothing. */
    @Test
    void repeatedDeliveryChangesNothing() {
        Replica replica = replica(reported(F, 15), null).withInferred(inferred(F, 10, 20));

        assertThat(replica.withChoice(chosen(F, 15))).isSameAs(replica);
    }

    @Test
    void olderChoiceChangesNothing() {
        Replica replica = replica(reported(F, 15), null);

        assertThat(replica.withChoice(chosen(T, 14))).isSameAs(replica);
    }

    @Test
    void newerChoiceIsNotYetInTheRow() {
        Replica included = new Replica(reported(F, 15), List.of(), true, null, null, List.of());

        assertThat(included.withChoice(chosen(T, 16)).reportedIncluded()).isFalse();
    }

    @Test
    void choiceOfANewUserIsKeptUnlessItIsKnown() {
        Replica unknown = replica(null, null);

        assertThat(unknown.withChoice(chosenByNewUser(T, 20)).inferred())
                .isNotNull()
                .extracting(InferredChoice::value, InferredChoice::after, InferredChoice::at)
                .containsExactly(T, Instant.EPOCH, at(20));
        assertThat(replica(reported(T, 12), null)
                        .withChoice(chosenByNewUser(T, 20))
                        .inferred())
                .isNull();
        assertThat(replica(reported(F, 21), null)
                        .withChoice(chosenByNewUser(T, 20))
                        .inferred())
                .isNull();
        assertThat(replica(reported(F, 20), null)
                        .withChoice(chosenByNewUser(T, 20))
                        .inferred())
                .isNotNull();
        Replica later = unknown.withInferred(inferred(F, 5, 30));
        assertThat(later.withChoice(chosenByNewUser(T, 20))).isSameAs(later);
    }

    @Test
    void choiceOfANewUserThatWasSearchedForIsNotSearchedForAgain() {
        Replica searched = replica(null, null)
                .withInferred(InferredChoice.of(chosenByNewUser(T, 20)).afterSearch());

        assertThat(searched.withChoice(chosenByNewUser(T, 20))).isSameAs(searched);
    }

    @Test
    void placeThatIsGoneLosesItsWritesToo() {
        Replica written = replica(reported(T, 10), null).withAttempt(new PendingWrite(F, "W/\"1\"", 1));

        assertThat(written.withoutObservation()).isEqualTo(replica(reported(T, 10), null));
    }

    /** The write was conditional, so the row had that time when it was made. */
    @Test
    void confirmedWriteIsObservedAtTheTimeOfTheRowBeforeIt() {
        Settlement.ColumnWrite write = new Settlement.ColumnWrite(World.NEWSLETTER, World.COLUMN, F, false, "W/\"1\"");
        Replica column = replica(null, shown(T, 10, 15)).withAttempt(write.pending());
        Person before = Person.unknown(World.PERSON)
                .with(Map.of(World.NEWSLETTER, ConsentRecord.EMPTY.withColumn(World.COLUMN, column)));

        Replica after = Confirmation.written(before, List.of(write))
                .record(World.NEWSLETTER)
                .column(World.COLUMN);

        assertThat(after).isEqualTo(replica(null, shown(F, 15, 15)));
    }

    @Test
    void valueIsShownSinceItsChangeOrTheChoiceThatAffirmedIt() {
        assertThat(replica(null, shown(T, 10, 30)).shownSince()).isEqualTo(at(10));
        assertThat(replica(reported(T, 20), shown(T, 10, 30)).shownSince()).isEqualTo(at(20));
        assertThat(replica(reported(T, 30), shown(T, 10, 30)).shownSince()).isEqualTo(at(30));
        assertThat(replica(reported(F, 20), shown(T, 10, 30)).shownSince()).isEqualTo(at(10));
        assertThat(replica(reported(T, 5), shown(T, 10, 30)).shownSince()).isEqualTo(at(10));
        assertThat(replica(reported(T, 31), shown(T, 10, 30)).shownSince()).isEqualTo(at(10));
    }

    @Test
    void choiceIsNewUntilARowIncludesIt() {
        assertThat(replica(reported(T, 20), null).isNewlyReported(T)).isTrue();
        assertThat(replica(reported(T, 20), null).isNewlyReported(F)).isFalse();
        assertThat(replica(reported(T, 20), shown(F, 10, 20)).isNewlyReported(T))
                .isTrue();
        assertThat(replica(reported(T, 20), shown(F, 10, 21)).isNewlyReported(T))
                .isFalse();
        assertThat(new Replica(reported(T, 20), List.of(), true, null, null, List.of()).isNewlyReported(T))
                .isFalse();
        assertThat(replica(null, shown(T, 10, 10)).isNewlyReported(T)).isFalse();
    }

    /** Of a choice in the second of the last observation, either may have come first. */
    @Test
    void expectedIsTheLastChoiceElseWhatWasObserved() {
        assertThat(replica(reported(T, 20), shown(F, 10, 15)).expectedAt(at(30)))
                .containsExactly(T);
        assertThat(replica(reported(T, 20), shown(F, 10, 15)).expectedAt(at(19)))
                .containsExactly(F);
        assertThat(replica(reported(T, 15), shown(F, 10, 15)).expectedAt(at(30)))
                .containsExactly(T, F);
        assertThat(replica(reported(T, 14), shown(F, 10, 15)).expectedAt(at(30)))
                .containsExactly(F);
        assertThat(replica(null, null).expectedAt(at(30))).isEmpty();
    }

    @Test
    void unreportedChangeCameAfterTheLastChoiceOrObservation() {
        assertThat(replica(reported(T, 20), shown(F, 10, 15)).unreportedAfter(at(30)))
                .isEqualTo(at(20));
        assertThat(replica(reported(T, 20), shown(F, 10, 15)).unreportedAfter(at(19)))
                .isEqualTo(at(15));
        assertThat(replica(reported(T, 14), shown(F, 10, 15)).unreportedAfter(at(30)))
                .isEqualTo(at(15));
        assertThat(replica(null, null).unreportedAfter(at(30))).isEqualTo(Instant.EPOCH);
    }

    @Test
    void onlyThisWriteIsPending() {
        PendingWrite write = new PendingWrite(T, "W/\"1\"", 1);
        Replica replica = replica(null, null).withAttempt(write);

        assertThat(replica.isPending(write)).isTrue();
        assertThat(replica.isPending(new PendingWrite(T, "W/\"2\"", 1))).isFalse();
        assertThat(replica.isPending(new PendingWrite(F, "W/\"1\"", 1))).isFalse();
        assertThat(replica(null, null).isPending(write)).isFalse();
    }

    @Test
    void inferredChoiceDependsOnThisWriteOnly() {
        PendingWrite write = new PendingWrite(T, "W/\"1\"", 1);
        InferredChoice uncertain = inferred(F, 10, 20).dependingOn(write);

        assertThat(uncertain.dependsOn(write)).isTrue();
        assertThat(uncertain.dependsOn(new PendingWrite(T, "W/\"2\"", 1))).isFalse();
        assertThat(inferred(F, 10, 20).dependsOn(write)).isFalse();
    }

    @Test
    void onlyAChoiceThatADeliveryContainedHasOne() {
        assertThat(inferred(F, 10, 20).hasDelivery()).isFalse();
        assertThat(InferredChoice.of(chosenByNewUser(T, 20)).hasDelivery()).isTrue();
    }

    @Test
    void choiceIsTheSameWhoeverDeliversItButNotInAnotherRowVersion() {
        assertThat(reported(T, 20).isSameChoice(chosen(T, 20))).isTrue();
        assertThat(new ReportedChoice(T, at(20), Choice.UNKNOWN_VERSION, "another").isSameChoice(chosen(T, 20)))
                .isTrue();
        assertThat(reported(F, 20).isSameChoice(chosen(T, 20))).isFalse();
        assertThat(reported(T, 21).isSameChoice(chosen(T, 20))).isFalse();
        assertThat(new ReportedChoice(T, at(20), 7, "d-20").isSameChoice(chosen(T, 20)))
                .isFalse();
    }
}
