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
import java.util.Locale;
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
                        Facts.of("mapping", unseen.register().value().key())
                                .and("side", unseen.side().name().toLowerCase(Locale.ROOT))));
        settlement
                .misfits()
                .forEach(misfit -> journal.tell(
                        "misfit",
                        task.key,
                        Facts.of("mapping", misfit.mapping().column().logicalName())
                                .and("why", misfit.reason())));
        if (settlement.writesNothing()) {
            journal.count(Metric.UNCHANGED, task.isFromDidomi() ? Side.DYNAMICS : Side.DIDOMI, 1);
        }
    }

    private void superseded(PersonTask task, Choice choice) {
        journal.count(Metric.SUPERSEDED, choice.column() == null ? Side.DYNAMICS : Side.DIDOMI, 1);
        journal.tell(
                "superseded",
                task.key,
                Facts.of("mapping", choice.register().value().key())
                        .and("value", kind(choice.register().value(), choice.value()))
                        .and("delivery", choice.delivery()));
    }

    private void noContact(PersonTask task) {
        journal.count(Metric.NO_CONTACT, Side.DYNAMICS, task.deliveries().size());
        journal.tell("no contact", task.key, Facts.none());
    }

    /** The history of a column may not be read, so the change counts at the latest time that it can have been made. */
    void withheld(PersonTask task, Settlement.Undated change, String why) {
        journal.tell(
                "no audit history",
                task.key,
                Facts.of("mapping", change.column().logicalName()).and("why", why));
    }

    void conflict(PersonTask task) {
        journal.count(Metric.CONFLICTS, Side.DYNAMICS, 1);
        journal.tell("conflict", task.key, Facts.none());
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
        task.applied(change);
        Decision decision = change.decision();
        DidomiPath path = change.register().value();
        String mapping = change.column() == null ? path.key() : change.column().logicalName();
        Facts facts = Facts.of("mapping", mapping)
                .and("regulation", change.register().regulation().id())
                .and("before", kind(path, change.before()))
                .and("after", kind(path, decision.value()))
                .and("winner", decision.side().name().toLowerCase(Locale.ROOT))
                .and("decided_at", decision.decidedAt().toString())
                .and("delivery", decision.delivery());
        journal.tell(outcome, task.key, facts);
        double seconds = Duration.between(decision.decidedAt(), clock.instant()).toMillis() / 1000.0;
        journal.count(
                Metric.PROPAGATION_SECONDS,
                change.column() == null ? Side.DIDOMI : Side.DYNAMICS,
                Math.max(0, seconds));
    }

    void erased(PersonTask task) {
        journal.tell("erased", task.key, Facts.none());
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
