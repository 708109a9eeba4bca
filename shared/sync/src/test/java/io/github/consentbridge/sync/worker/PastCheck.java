package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.settle.Decision;
import io.github.consentbridge.sync.history.HistoryChain;
import io.github.consentbridge.sync.operations.Explanation;
import io.github.consentbridge.sync.operations.Explanation.Column;
import io.github.consentbridge.sync.operations.Operations;
import io.github.consentbridge.sync.operations.PastExplainer;
import io.github.consentbridge.sync.operations.PersonHistory;
import io.github.consentbridge.sync.operations.StoreOperations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks the history for random moments of a story, and compares with what was really chosen, and with what both systems
 * really showed.
 */
final class PastCheck {
    private static final Map<String, String> TOPIC_OF = Map.of(
            "new_newsletter", "newsletter",
            "new_nonews", "newsletter",
            "new_offers", "offers",
            "new_frequency", "frequency");

    private final Systems systems;
    private final Operations operations;
    private final Random random;

    private final Counts counts;

    /** Answers that were compared, by kind. */
    static final class Counts {
        /** One choice, and it was really the newest. */
        int choices;

        /** The history has a refusal that a crash or a lost answer made it infer. */
        int inferred;

        /** What a side showed. */
        int shown;

        @Override
        public String toString() {
            return "choices %d, inferred %d, shown %d".formatted(choices, inferred, shown);
        }
    }

    PastCheck(Systems systems, Random random, Counts counts) {
        this.systems = systems;
        this.random = random;
        this.counts = counts;
        this.operations = new StoreOperations(
                new LedgerHost(systems.integration, systems.ledger, systems.clock), time -> {}, Deadline.none());
    }

    /** Fails at the first moment of which the history says something else. */
    void check(PastStory story, int moments) {
        for (RandomPerson person : story.people) {
            Optional<PersonHistory> history = operations.history(person.key);
            List<Instant> times = times(person);
            HistoryChain chain = history.map(
                            known -> known.chain(systems.clock.instant(), systems.integration.historyDays()))
                    .orElseGet(() -> new HistoryChain(List.of(), OptionalLong.empty()));
            assertThat(chain.isUnbroken()).isTrue();
            for (int moment = 0; moment < moments; moment++) {
                Instant time = moment(story, times);
                Map<String, Column> then = new HashMap<>();
                history.map(known -> new PastExplainer(systems.integration).explain(known, chain.entries(), time))
                        .map(Explanation::columns)
                        .orElse(List.of())
                        .forEach(column -> then.put(column.name().logicalName(), column));
                for (String column : TOPIC_OF.keySet()) {
                    choice(person, column, time, then.get(column));
                    story.quiet
                            .at(person.key, time)
                            .ifPresent(quiet -> shown(person, column, time, then.get(column), quiet));
                }
            }
        }
    }

    private static List<Instant> times(RandomPerson person) {
        List<Instant> times = new ArrayList<>();
        ShownTopics.TOPICS.forEach(topic -> times.addAll(person.made(topic).times()));
        return times;
    }

    /** Half of them lie closely around a choice. */
    private Instant moment(PastStory story, List<Instant> times) {
        if (!times.isEmpty() && random.nextBoolean()) {
            return times.get(random.nextInt(times.size())).plusMillis(random.nextInt(5) - 2);
        }
        long whole = Duration.between(story.begun, systems.clock.instant()).toMillis();
        return story.begun.plusMillis((long) (random.nextDouble() * whole));
    }

    private void choice(RandomPerson person, String column, Instant time, @Nullable Column answer) {
        ChoicesMade made = person.made(TOPIC_OF.get(column));
        List<ChoicesMade.Made> newest = made.newestAt(time);
        @Nullable Decision decision = answer == null ? null : answer.decision();
        boolean right = decision == null
                ? newest.isEmpty()
                : newest.stream()
                        .anyMatch(
                                choice -> choice.isSame(decision.side(), text(decision.value()), decision.decidedAt()));
        if (!right && person.isInDoubt() && isInferredRefusal(decision)) {
            counts.inferred++;
            return;
        }
        assertThat(right)
                .as(() -> "the choice that stood for %s of %s at %s: history %s, really %s of %s"
                        .formatted(column, person.key, time, decision, newest, made))
                .isTrue();
        counts.choices += newest.size() == 1 ? 1 : 0;
    }

    private static boolean isInferredRefusal(@Nullable Decision decision) {
        return decision != null
                && decision.delivery().equals(Decision.UNREPORTED)
                && text(decision.value()).equals("false");
    }

    private void shown(
            RandomPerson person, String column, Instant time, @Nullable Column answer, QuietTimes.Quiet quiet) {
        String topic = TOPIC_OF.get(column);
        if (person.made(topic).isBackdated(quiet.known().get(topic), time)) {
            return;
        }
        if (answer == null) {
            assertThat(person.made(topic).newestAt(systems.clock.instant()))
                    .as("the history has no choice of %s of %s", topic, person.key)
                    .isEmpty();
            return;
        }
        assertThat(text(answer.inDynamics()))
                .as("%s of %s at %s, as %s", column, person.key, time, quiet)
                .isEqualTo(inColumn(column, quiet.row()));
        Set<String> inDidomi = quiet.inDidomi().get(topic);
        assertThat(text(answer.inDidomi()))
                .as("%s of %s in Didomi at %s, as %s", topic, person.key, time, quiet)
                .isIn(inDidomi.isEmpty() ? Set.of("") : inDidomi);
        counts.shown++;
    }

    private static String inColumn(String column, Map<String, Object> row) {
        @Nullable Object held = row.get(column);
        if (held == null) {
            return "";
        }
        return switch (column) {
            case "new_nonews" -> held.equals(true) ? "false" : "true";
            case "new_frequency" -> held.equals(1) ? "weekly" : "monthly";
            default -> held.toString();
        };
    }

    private static String text(@Nullable ConsentValue value) {
        if (value instanceof ConsentValue.Flag flag) {
            return Boolean.toString(flag.granted());
        }
        return value instanceof ConsentValue.Text text ? text.text() : "";
    }
}
