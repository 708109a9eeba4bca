package io.github.consentbridge.sync.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.storage.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every dead-letter queue promises. */
public abstract class DeadLettersContract {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    private final SentAgain queue = new SentAgain();

    /** The same dead letters each time, none at the start of a test. */
    protected abstract DeadLetters letters();

    /** Keeps what is replayed, unless it is told to fail. */
    private static final class SentAgain implements DeliveryQueue {
        private final List<Delivery> sent = new ArrayList<>();
        private boolean broken;

        @Override
        public void send(List<Delivery> deliveries, Duration delay) {
            if (broken) {
                throw new StorageException("broken");
            }
            sent.addAll(deliveries);
        }
    }

    private static DeadLetter letter(String person, String reason, int diedAfter) {
        Delivery delivery = Delivery.received(Side.DIDOMI, person, NOW, "{\"of\":\"" + person + "\"}");
        return new DeadLetter(
                delivery.failedAgain(NOW, "the other side answered 500"), reason, NOW.plusSeconds(diedAfter));
    }

    private List<DeadLetter> all() {
        return letters().list(letter -> true, 1000);
    }

    @Test
    void noneAreListedAndReplayedWhereThereAreNone() {
        assertThat(all()).isEmpty();
        assertThat(letters().replay(letter -> true, queue)).isZero();
    }

    @Test
    void areListedOldestFirstAndStayThere() {
        List<DeadLetter> added = IntStream.range(0, 45)
                .mapToObj(number -> letter("p" + number, "reason", 1000 - number))
                .toList();
        letters().add(added);
        List<DeadLetter> oldestFirst = new ArrayList<>(added);
        Collections.reverse(oldestFirst);

        assertThat(all()).isEqualTo(oldestFirst);
        assertThat(letters().list(letter -> true, 3)).isEqualTo(oldestFirst.subList(0, 3));
        assertThat(letters().list(letter -> letter.delivery().person().equals("p7"), 3))
                .containsExactly(added.get(7));
    }

    @Test
    void deathOfTheSameDeliveryReplacesTheOneBefore() {
        letters().add(List.of(letter("ada", "old reason", 0), letter("grace", "reason", 1)));
        letters().add(List.of(letter("ada", "new reason", 2)));

        assertThat(all()).extracting(DeadLetter::reason).containsExactly("reason", "new reason");
        assertThat(letters().list(letter -> letter.reason().equals("old reason"), 9))
                .isEmpty();
        assertThat(letters().replay(letter -> letter.reason().equals("old reason"), queue))
                .isZero();
    }

    @Test
    void thoseThatMatchAreReplayedAfreshAndRemoved() {
        letters()
                .add(IntStream.range(0, 30)
                        .mapToObj(number -> letter("p" + number, number % 2 == 0 ? "even" : "odd", number))
                        .toList());
        letters().add(List.of(letter("p0", "even", 40)));

        int replayed = letters().replay(letter -> letter.reason().equals("even"), queue);

        assertThat(replayed).isEqualTo(15);
        assertThat(queue.sent)
                .hasSize(15)
                .contains(letter("p0", "even", 40).replayed())
                .allSatisfy(delivery -> assertThat(delivery.attempts()).isZero());
        assertThat(all())
                .hasSize(15)
                .allSatisfy(letter -> assertThat(letter.reason()).isEqualTo("odd"));
    }

    @Test
    void attemptsSurviveReplays() {
        letters().add(List.of(letter("ada", "first reason", 0)));
        letters().replay(letter -> true, queue);
        Delivery again =
                queue.sent.get(0).failedAgain(NOW.plusSeconds(60), "500").failedAgain(NOW.plusSeconds(70), "500");
        letters().add(List.of(new DeadLetter(again, "second reason", NOW.plusSeconds(70))));

        assertThat(all()).singleElement().satisfies(letter -> {
            assertThat(letter.delivery().attempts()).isEqualTo(2);
            assertThat(letter.delivery().allAttempts()).isEqualTo(3);
            assertThat(letter.delivery().earlier()).isEqualTo(new Delivery.Earlier(1, 1, NOW, "first reason"));
        });
        letters().replay(letter -> true, queue);
        assertThat(queue.sent.get(1).earlier())
                .isEqualTo(new Delivery.Earlier(3, 2, NOW.plusSeconds(70), "second reason"));
    }

    private static final DiscardedDelivery.Decision DECISION =
            new DiscardedDelivery.Decision("operator", NOW.plusSeconds(90), "asked by the customer");

    @Test
    void whatIsGivenUpIsGoneAndStaysOnRecordWithoutThePerson() {
        DeadLetter ada = letter("Ada@Example.org", "reason", 0);
        letters().add(List.of(ada, letter("grace", "reason", 1)));

        DiscardedDelivery discarded = letters()
                .discard(ada.delivery().id(), DECISION, key -> new OrganizationUserId(key.toLowerCase(Locale.ROOT)))
                .orElseThrow();

        assertThat(all()).extracting(letter -> letter.delivery().person()).containsExactly("grace");
        assertThat(letters().discarded(ada.delivery().id())).containsExactly(discarded);
        assertThat(discarded.decision()).isEqualTo(DECISION);
        assertThat(discarded.attempts()).isEqualTo(1);
        assertThat(discarded.failure()).isEqualTo("reason");
        assertThat(discarded.person()).matches("[0-9a-f]{32}");
        assertThat(discarded.json().toString().toLowerCase(Locale.ROOT)).doesNotContain("ada@example.org");
    }

    @Test
    void nothingIsGivenUpTwice() {
        String id = letter("ada", "reason", 0).delivery().id();

        assertThat(letters().discard(id, DECISION, OrganizationUserId::new)).isEmpty();
        assertThat(letters().discarded(id)).isEmpty();

        letters().add(List.of(letter("ada", "reason", 0)));
        assertThat(letters().discard(id, DECISION, OrganizationUserId::new)).isPresent();
        assertThat(letters().discard(id, DECISION, OrganizationUserId::new)).isEmpty();
    }

    @Test
    void onePersonsLettersAreErasedWithoutRecord() {
        DeadLetter ada = letter("ada", "reason", 0);
        DeadLetter replayed = new DeadLetter(
                Delivery.received(Side.DYNAMICS, "ADA", NOW, "{}").afresh(NOW, "failed"), "reason", NOW.plusSeconds(2));
        letters().add(List.of(ada, letter("grace", "reason", 1), letter("", "names nobody", 3), replayed));

        int erased = letters().erase("ada"::equalsIgnoreCase);

        assertThat(erased).isEqualTo(2);
        assertThat(all()).extracting(letter -> letter.delivery().person()).containsExactly("grace", "");
        assertThat(letters().discarded(ada.delivery().id())).isEmpty();
        assertThat(letters().erase("ada"::equalsIgnoreCase)).isZero();
    }

    @Test
    void everyDecisionAboutADeliveryStaysOnRecord() {
        String id = letter("ada", "reason", 0).delivery().id();
        for (String reason : List.of("first", "second")) {
            letters().add(List.of(letter("ada", reason, 0)));
            letters().discard(id, DECISION, OrganizationUserId::new);
        }

        assertThat(letters().discarded(id))
                .extracting(DiscardedDelivery::failure)
                .containsExactly("first", "second");
    }

    @Test
    void noneAreLostWhenTheQueueFails() {
        letters().add(List.of(letter("ada", "reason", 0), letter("grace", "reason", 1)));
        queue.broken = true;

        assertThatThrownBy(() -> letters().replay(letter -> true, queue)).isInstanceOf(StorageException.class);

        assertThat(all()).hasSize(2);
    }

    @Test
    void lettersMayHoldAnything() {
        Delivery large = Delivery.received(Side.DYNAMICS, "é\u0001\uffff", NOW, "{\"🌦\":\"\uffff\"}".repeat(50_000));
        DeadLetter letter = new DeadLetter(large, "contact has no organization user id – “why”", NOW);
        letters().add(List.of(letter));

        assertThat(all()).containsExactly(letter);
    }
}
