package io.github.consentbridge.mapping.settle;

import static io.github.consentbridge.mapping.settle.Cases.at;
import static io.github.consentbridge.mapping.settle.Cases.decision;
import static io.github.consentbridge.mapping.settle.Cases.didomi;
import static io.github.consentbridge.mapping.settle.World.COLUMN;
import static io.github.consentbridge.mapping.settle.World.F;
import static io.github.consentbridge.mapping.settle.World.NEWSLETTER;
import static io.github.consentbridge.mapping.settle.World.T;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ClockRule;
import io.github.consentbridge.mapping.document.ConsentValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How choices that their system dated in the future are kept. Both sides know a grant of second 10. */
class FutureDatedChoiceTest {
    private static final Instant FUTURE = Instant.parse("2099-01-01T00:00:00Z");

    private final Settler settler = new Settler(ContactMapping.of(List.of(World.mapped(COLUMN, false))));
    private final Person known =
            World.granted(World.Merge.BY_DATE, false).ledger().person();

    private static Choice future(ConsentValue value, Instant claimed, Instant toldAt) {
        return Choice.inDidomi(NEWSLETTER, "u1", value, claimed, "f" + toldAt).counted(new ClockRule(toldAt));
    }

    private Person told(Person before, Choice... choices) {
        Person person = before;
        for (Choice choice : choices) {
            person = settler.settle(person, SettleInput.reported(List.of(choice), List.of(), null))
                    .person();
        }
        return person;
    }

    private static List<Instant> claims(Person person) {
        return person.record(NEWSLETTER).user("u1").futureDated().stream()
                .map(FutureDatedChoice::claimedAt)
                .toList();
    }

    private static Choice numbered(int number) {
        return future(T, FUTURE.plusSeconds(number), at(20 + number));
    }

    private static Choice[] numbered(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(FutureDatedChoiceTest::numbered)
                .toArray(Choice[]::new);
    }

    private static Instant[] claimed(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(FUTURE::plusSeconds).toArray(Instant[]::new);
    }

    @Test
    void sixteenAreKept() {
        assertThat(claims(told(known, numbered(1, 16)))).containsExactly(claimed(1, 16));
    }

    @Test
    void oldestIsForgottenBeyondThat() {
        assertThat(claims(told(known, numbered(1, 17)))).containsExactly(claimed(2, 17));
        assertThat(claims(told(told(known, numbered(2, 17)), numbered(1)))).containsExactly(claimed(2, 17));
    }

    @Test
    void choiceThatIsToldAgainIsNotOneMore() {
        assertThat(claims(told(told(known, numbered(1, 16)), numbered(1, 16)))).containsExactly(claimed(1, 16));
    }

    /** Its date has passed, and a later choice has a possible date. */
    @Test
    void overtakenChoiceIsForgottenInEitherOrder() {
        Instant claimed = at(10).plus(Duration.ofHours(1));
        Choice future = future(T, claimed, at(20));
        Choice later = Choice.inDidomi(NEWSLETTER, "u1", F, claimed.plusSeconds(1), "d");
        Choice sameMoment = Choice.inDidomi(NEWSLETTER, "u1", F, claimed, "d");

        assertThat(claims(told(known, future, later))).isEmpty();
        assertThat(told(known, later, future)).isEqualTo(told(known, future, later));
        assertThat(claims(told(known, future, sameMoment))).containsExactly(claimed);
        assertThat(told(known, sameMoment, future)).isEqualTo(told(known, future, sameMoment));
    }

    /** The report of its day came first. The same choice had been told at second 20: it does not beat the refusal of 30. */
    @Test
    void reportOnItsDayIsTheSameChoice() {
        Choice onItsDay = Choice.inDidomi(NEWSLETTER, "u1", T, FUTURE, "later");

        Person told = told(known, onItsDay, future(T, FUTURE, at(20)), didomi(F, 30));

        assertThat(decision(told).decidedAt()).isEqualTo(at(30));
    }

    @Test
    void otherValueOfTheSameDateIsAnotherChoice() {
        Choice onItsDay = Choice.inDidomi(NEWSLETTER, "u1", F, FUTURE, "later");

        Person told = told(known, onItsDay, future(T, FUTURE, at(20)));

        assertThat(decision(told))
                .extracting(Decision::value, Decision::decidedAt)
                .containsExactly(F, FUTURE);
    }
}
