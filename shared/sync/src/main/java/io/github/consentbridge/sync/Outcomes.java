package io.github.consentbridge.sync;

import static java.util.Objects.requireNonNull;

import io.github.consentbridge.mapping.ConsentValue;
import io.github.consentbridge.mapping.DidomiPath;
import io.github.consentbridge.settle.Choice;
import io.github.consentbridge.settle.Decision;
import io.github.consentbridge.settle.DidomiEvent;
import io.github.consentbridge.settle.Settlement;
import io.github.consentbridge.settle.Side;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells and counts what became of people, without saying who they are. */
final class Outcomes {
    private final Journal journal;
    private final Clock clock;

    Outcomes(Journal journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
    }

    void settled(PersonTask task) {
        Settlement settlement = requireNonNull(task.settlement);
        if (task.contact == null && settlement.columnWrites().isEmpty() && task.isFromDidomi()) {
            noContact(task);
        }
        settlement.superseded().forEach(choice -> superseded(task, choice));
        settlement
                .unseen()
                .forEach(unseen -> journal.tell(
                        "noticed",
                        task.key,
                        Map.of(
                                "mapping", unseen.register().value().key(),
                                "side", unseen.side().name().toLowerCase(Locale.ROOT))));
        settlement
                .misfits()
                .forEach(misfit -> journal.tell(
                        "misfit",
                        task.key,
                        Map.of("mapping", misfit.mapping().column().logicalName(), "why", misfit.reason())));
        if (settlement.writesNothing()) {
            journal.count(Metric.UNCHANGED, task.isFromDidomi() ? Side.DYNAMICS : Side.DIDOMI, 1);
        }
    }

    private void superseded(PersonTask task, Choice choice) {
        journal.count(Metric.SUPERSEDED, choice.column() == null ? Side.DYNAMICS : Side.DIDOMI, 1);
        journal.tell(
                "superseded",
                task.key,
                Map.of(
                        "mapping", choice.register().value().key(),
                        "value", kind(choice.register().value(), choice.value()),
                        "delivery", choice.delivery()));
    }

    private void noContact(PersonTask task) {
        journal.count(Metric.NO_CONTACT, Side.DYNAMICS, task.deliveries().size());
        journal.tell("no contact", task.key, Map.of());
    }

    void conflict(PersonTask task) {
        journal.count(Metric.CONFLICTS, Side.DYNAMICS, 1);
        journal.tell("conflict", task.key, Map.of());
    }

    void contactWritten(PersonTask task) {
        boolean created = task.contact == null;
        journal.count(created ? Metric.CONTACTS_CREATED : Metric.CONTACTS_UPDATED, Side.DYNAMICS, 1);
        requireNonNull(task.settlement).changes().stream()
                .filter(change -> change.column() != null)
                .forEach(change -> changed(task, created ? "created" : "updated", change));
    }

    void eventPosted(PersonTask task, DidomiEvent event) {
        journal.count(Metric.EVENTS_POSTED, Side.DIDOMI, 1);
        requireNonNull(task.settlement).changes().stream()
                .filter(change -> change.column() == null && change.register().equals(event.register()))
                .forEach(change -> changed(task, "posted", change));
    }

    private void changed(PersonTask task, String outcome, Settlement.Change change) {
        Decision decision = change.decision();
        Map<String, Object> facts = new LinkedHashMap<>();
        DidomiPath path = change.register().value();
        facts.put(
                "mapping",
                change.column() == null ? path.key() : change.column().logicalName());
        facts.put("regulation", change.register().regulation().id());
        facts.put("before", kind(path, change.before()));
        facts.put("after", kind(path, decision.value()));
        facts.put("winner", decision.side().name().toLowerCase(Locale.ROOT));
        facts.put("decided_at", decision.decidedAt().toString());
        facts.put("delivery", decision.delivery());
        journal.tell(outcome, task.key, facts);
        double seconds = Duration.between(decision.decidedAt(), clock.instant()).toMillis() / 1000.0;
        journal.count(
                Metric.PROPAGATION_SECONDS,
                change.column() == null ? Side.DIDOMI : Side.DYNAMICS,
                Math.max(0, seconds));
    }

    void erased(PersonTask task) {
        journal.tell("erased", task.key, Map.of());
    }

    /** What kind of value it is; a property's own text may be personal. */
    private static String kind(DidomiPath path, @Nullable ConsentValue value) {
        if (value == null) {
            return "none";
        }
        if (value instanceof ConsentValue.Flag flag) {
            return flag.granted() ? "granted" : "refused";
        }
        if (value instanceof ConsentValue.Text text && path.isConsent()) {
            return text.text();
        }
        return value instanceof ConsentValue.Text ? "text" : "unmapped";
    }
}
