package io.github.consentbridge.sync.worker;

import static java.util.Objects.requireNonNull;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.DidomiPath;
import io.github.consentbridge.mapping.settle.Decision;
import io.github.consentbridge.mapping.settle.PlannedEvent;
import io.github.consentbridge.mapping.settle.Settlement;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.logging.OutcomeLog;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells and counts what became of people, without saying who they are. */
final class Outcomes {
    private final OutcomeLog outcomeLog;
    private final Clock clock;

    Outcomes(OutcomeLog outcomeLog, Clock clock) {
        this.outcomeLog = outcomeLog;
        this.clock = clock;
    }

    void settled(PersonTask task) {
        Settlement settlement = requireNonNull(task.settlement);
        if (task.contact == null && settlement.columnWrites().isEmpty() && task.isFromDidomi()) {
            noContact(task);
        }
        settlement.superseded().forEach(choice -> superseded(task, choice));
        settlement
                .unreported()
                .forEach(unreported -> outcomeLog.tell(
                        "inferred",
                        task.key,
                        LogFields.of("mapping", unreported.recordId().value().key())
                                .and("side", unreported.side().name().toLowerCase(Locale.ROOT))));
        settlement
                .misfits()
                .forEach(misfit -> outcomeLog.tell(
                        "misfit",
                        task.key,
                        LogFields.of("mapping", misfit.mapping().column().logicalName())
                                .and("why", misfit.reason())));
        if (settlement.writesNothing()) {
            outcomeLog.count(Metric.UNCHANGED, task.isFromDidomi() ? Side.DYNAMICS : Side.DIDOMI, 1);
        }
    }

    private void superseded(PersonTask task, Choice choice) {
        outcomeLog.count(Metric.SUPERSEDED, choice.column() == null ? Side.DYNAMICS : Side.DIDOMI, 1);
        outcomeLog.tell(
                "superseded",
                task.key,
                LogFields.of("mapping", choice.recordId().value().key())
                        .and("value", kind(choice.recordId().value(), choice.value()))
                        .and("delivery", choice.delivery()));
    }

    private void noContact(PersonTask task) {
        outcomeLog.count(Metric.NO_CONTACT, Side.DYNAMICS, task.deliveries().size());
        outcomeLog.tell("no contact", task.key, LogFields.none());
    }

    /** The history of a column may not be read, so the change counts at the latest time that it can have been made. */
    void withheld(PersonTask task, Settlement.Undated change, String why) {
        outcomeLog.tell(
                "no audit history",
                task.key,
                LogFields.of("mapping", change.column().logicalName()).and("why", why));
    }

    void conflict(PersonTask task) {
        outcomeLog.count(Metric.CONFLICTS, Side.DYNAMICS, 1);
        outcomeLog.tell("conflict", task.key, LogFields.none());
    }

    void contactWritten(PersonTask task) {
        boolean created = task.contact == null;
        outcomeLog.count(created ? Metric.CONTACTS_CREATED : Metric.CONTACTS_UPDATED, Side.DYNAMICS, 1);
        requireNonNull(task.settlement).changes().stream()
                .filter(change -> change.column() != null)
                .forEach(change -> changed(task, created ? "created" : "updated", change));
    }

    void eventPosted(PersonTask task, PlannedEvent event) {
        outcomeLog.count(Metric.EVENTS_POSTED, Side.DIDOMI, 1);
        requireNonNull(task.settlement).changes().stream()
                .filter(change -> change.column() == null && change.recordId().equals(event.recordId()))
                .forEach(change -> changed(task, "posted", change));
    }

    private void changed(PersonTask task, String outcome, Settlement.Change change) {
        task.applied(change);
        Decision decision = change.decision();
        DidomiPath path = change.recordId().value();
        String mapping = change.column() == null ? path.key() : change.column().logicalName();
        LogFields fields = LogFields.of("mapping", mapping)
                .and("regulation", change.recordId().regulation().id())
                .and("before", kind(path, change.before()))
                .and("after", kind(path, decision.value()))
                .and("winner", decision.side().name().toLowerCase(Locale.ROOT))
                .and("decided_at", decision.decidedAt().toString())
                .and("delivery", decision.delivery());
        outcomeLog.tell(outcome, task.key, fields);
        double seconds = Duration.between(decision.decidedAt(), clock.instant()).toMillis() / 1000.0;
        outcomeLog.count(
                Metric.PROPAGATION_SECONDS,
                change.column() == null ? Side.DIDOMI : Side.DYNAMICS,
                Math.max(0, seconds));
    }

    void erased(PersonTask task) {
        outcomeLog.tell("erased", task.key, LogFields.none());
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
