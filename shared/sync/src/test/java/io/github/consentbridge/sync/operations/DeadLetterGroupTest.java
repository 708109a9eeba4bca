package io.github.consentbridge.sync.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.sync.queue.DeadLetter;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadLetterGroupTest {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final String ONE = "4c0d7b52-16a3-4d8e-9f25-0b6e8a917c31";
    private static final String OTHER = "d91f2a60-7be4-4c13-8a5d-3e7f60c2b948";

    private static DeadLetter letter(String person, String reason) {
        return new DeadLetter(Delivery.received(Side.DIDOMI, person, NOW, "{}"), reason, NOW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Dataverse answered 403 0x80040220 (request %1$s): lacks a privilege|Dataverse answered 403 0x80040220 (request %2$s): lacks a privilege",
                "Dataverse answered 500 (request 7f3c.11)|Dataverse answered 500 (request 90aa.2)",
                "Dataverse answered 500; 10 attempts within 2 h 3 min|Dataverse answered 500; 13 attempts within 14 min",
                "ambiguous: contacts %1$s, %2$s: merge them|ambiguous: contacts %2$s, %1$s, %1$s: merge them",
                "received 12 times, without being finished|received 101 times, without being finished"
            })
    void reasonsThatDifferOnlyInARequestAContactOrACountAreOne(String one, String other) {
        List<DeadLetterSummary> letters = List.of(
                DeadLetterSummary.of(letter("ada", one.formatted(ONE, OTHER))),
                DeadLetterSummary.of(letter("grace", other.formatted(ONE, OTHER))));

        assertThat(DeadLetterGroup.of(letters))
                .singleElement()
                .satisfies(group -> assertThat(group.letters()).isEqualTo(letters));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Dataverse answered 500|Dataverse answered 503",
                "new_newsletter: 12 is no option|new_newsletter: 13 is no option",
                "the request holds no key|the request holds no name"
            })
    void reasonsThatDifferInWhatIsWrongAreTwo(String one, String other) {
        assertThat(DeadLetterGroup.of(List.of(
                        DeadLetterSummary.of(letter("ada", one)), DeadLetterSummary.of(letter("grace", other)))))
                .hasSize(2);
    }

    @Test
    void largestGroupComesFirst() {
        List<DeadLetterSummary> letters = List.of(
                DeadLetterSummary.of(letter("ada", "rare")),
                DeadLetterSummary.of(letter("grace", "usual")),
                DeadLetterSummary.of(letter("mary", "usual")));

        assertThat(DeadLetterGroup.of(letters))
                .extracting(DeadLetterGroup::reason)
                .containsExactly("usual", "rare");
    }

    /** So that a whole group can be replayed. */
    @Test
    void filterTakesTheReasonOfAGroup() {
        DeadLetter letter = letter("ada", "Dataverse answered 500 (request " + ONE + ")");
        String shown =
                DeadLetterGroup.of(List.of(DeadLetterSummary.of(letter))).get(0).reason();

        DeadLetterFilter filter =
                new DeadLetterFilter(Optional.empty(), Optional.empty(), Optional.of(shown), Optional.empty());

        assertThat(shown).isEqualTo("Dataverse answered 500 (request …)");
        assertThat(filter.test(letter)).isTrue();
        assertThat(filter.test(letter("ada", "Dataverse answered 503 (request " + ONE + ")")))
                .isFalse();
    }
}
