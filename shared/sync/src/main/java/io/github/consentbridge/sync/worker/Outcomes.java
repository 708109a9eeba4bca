package io.github.consentbridge.sync.worker;

import io.github.consentbridge.connectors.dataverse.contact.Refusal;
import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.delivery.Reading;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.DidomiPath;
import io.github.consentbridge.mapping.document.IgnoredKeys;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.settle.Decision;
import io.github.consentbridge.mapping.settle.PlannedEvent;
import io.github.consentbridge.mapping.settle.Settlement;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.worker.PersonStage.Planned;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Logs and counts what became of people, without naming them. */
final class Outcomes {
    private final OutcomeLog outcomeLog;
    private final Clock clock;

    Outcomes(OutcomeLog outcomeLog, Clock clock) {
        this.outcomeLog = outcomeLog;
        this.clock = clock;
    }

    /**
     * A delivery that was accepted and turns out to need no work.
     *
     * @param key the ignored key that it has as organization user id; empty if that is not the reason
     */
    DeliveryOutcome ignored(Delivery delivery, Reading.Reason reason, String key) {
        outcomeLog.count(Metric.DELIVERIES_IGNORED, delivery.side().other(), 1);
        LogFields fields = LogFields.of("side", delivery.side().word())
                .and("why", reason.text())
                .and("delivery", delivery.id());
        outcomeLog.log(
                "delivery ignored",
                null,
                reason == Reading.Reason.NAMES_NOBODY
                        ? fields.and("key", key).and("remedy", IgnoredKeys.REMEDY)
                        : fields);
        return new DeliveryOutcome.Done();
    }

    void settled(Planned person) {
        Settlement settlement = person.settlement();
        if (person.contact() == null
                && settlement.columnWrites().isEmpty()
                && person.news().isFromDidomi()) {
            outcomeLog.count(
                    Metric.NO_CONTACT, Side.DYNAMICS, person.news().deliveries().size());
            outcomeLog.log("no contact", person.key(), LogFields.none());
        }
        settlement.superseded().forEach(choice -> superseded(person.key(), choice));
        settlement
                .unreported()
                .forEach(unreported -> outcomeLog.log(
                        "inferred",
                        person.key(),
                        LogFields.of("mapping", unreported.recordId().value().key())
                                .and("side", unreported.side().word())));
        settlement
                .misfits()
                .forEach(misfit -> outcomeLog.log(
                        "misfit",
                        person.key(),
                        LogFields.of("mapping", misfit.mapping().column().logicalName())
                                .and("why", misfit.reason())));
        if (settlement.writesNothing()) {
            outcomeLog.count(Metric.UNCHANGED, person.news().isFromDidomi() ? Side.DYNAMICS : Side.DIDOMI, 1);
        }
    }

    private void superseded(OrganizationUserId key, Choice choice) {
        outcomeLog.count(Metric.SUPERSEDED, choice.column() == null ? Side.DYNAMICS : Side.DIDOMI, 1);
        outcomeLog.log(
                "superseded",
                key,
                LogFields.of("mapping", choice.recordId().value().key())
                        .and("value", kind(choice.recordId().value(), choice.value()))
                        .and("delivery", choice.delivery()));
    }

    /** The history cannot be read, so changes count at the latest time that they can have been made. */
    void noAuditHistory(Settlement.Undated change, String why) {
        outcomeLog.count(Metric.AUDIT_UNAVAILABLE, Side.DYNAMICS, 1);
        outcomeLog.log(
                "no audit history",
                null,
                LogFields.of("mapping", change.column().logicalName())
                        .and("why", why)
                        .and("asked_again_after", "PT1H"));
    }

    /** Dataverse refused columns; their values stay out of the log, and so does its message, which can quote them. */
    void refused(OrganizationUserId key, Refusal refusal) {
        outcomeLog.log(
                "refused",
                key,
                LogFields.of("mappings", refusal.columns())
                        .and("status", refusal.answer().status())
                        .and("code", refusal.answer().code())
                        .and("request_id", refusal.answer().requestId()));
    }

    void conflict(OrganizationUserId key) {
        outcomeLog.count(Metric.CONFLICTS, Side.DYNAMICS, 1);
        outcomeLog.log("conflict", key, LogFields.none());
    }

    /** @param requestId Dataverse's id of the write */
    void contactWritten(Planned person, String requestId) {
        boolean created = person.contact() == null;
        outcomeLog.count(created ? Metric.CONTACTS_CREATED : Metric.CONTACTS_UPDATED, Side.DYNAMICS, 1);
        person.columnChanges()
                .forEach(change -> changed(person.key(), created ? "created" : "updated", change, requestId));
    }

    void eventPosted(Planned person, PlannedEvent event) {
        outcomeLog.count(Metric.EVENTS_POSTED, Side.DIDOMI, 1);
        person.changesBy(event).forEach(change -> changed(person.key(), "posted", change, ""));
    }

    private void changed(OrganizationUserId key, String outcome, Settlement.Change change, String requestId) {
        Decision decision = change.decision();
        DidomiPath path = change.recordId().value();
        String mapping = change.column() == null ? path.key() : change.column().logicalName();
        LogFields fields = LogFields.of("mapping", mapping)
                .and("regulation", change.recordId().regulation().id())
                .and("before", kind(path, change.before()))
                .and("after", kind(path, decision.value()))
                .and("winner", decision.side().word())
                .and("decided_at", decision.decidedAt().toString())
                .and("delivery", decision.delivery());
        outcomeLog.log(outcome, key, requestId.isEmpty() ? fields : fields.and("request_id", requestId));
        double seconds = Duration.between(decision.decidedAt(), clock.instant()).toMillis() / 1000.0;
        outcomeLog.count(
                Metric.PROPAGATION_SECONDS,
                change.column() == null ? Side.DIDOMI : Side.DYNAMICS,
                Math.max(0, seconds));
    }

    void erased(OrganizationUserId key) {
        outcomeLog.log("erased", key, LogFields.none());
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
