package io.github.consentbridge.sync.intake;

import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.delivery.Reading;
import io.github.consentbridge.mapping.document.IgnoredKeys;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.logging.OutcomeLog;
import org.jspecify.annotations.Nullable;

/** Logs and counts what becomes of one side's requests. Safe for use by several threads. */
final class RequestLog {
    private final Side from;
    private final OutcomeLog outcomeLog;

    /** @param from the side that sends the requests */
    RequestLog(Side from, OutcomeLog outcomeLog) {
        this.from = from;
        this.outcomeLog = outcomeLog;
    }

    Answer queued(@Nullable OrganizationUserId person, LogFields fields) {
        outcomeLog.count(Metric.DELIVERIES_ACCEPTED, from.other(), 1);
        outcomeLog.log("delivery queued", person, fields);
        return Answer.QUEUED;
    }

    Answer ignored(Reading.Reason reason) {
        return ignored(reason, side().and("why", reason.text()));
    }

    /** @param key the ignored key that the delivery has as organization user id; empty if that is not the reason */
    Answer ignored(Reading.Reason reason, String key) {
        return reason == Reading.Reason.NAMES_NOBODY
                ? ignored(
                        reason, side().and("why", reason.text()).and("key", key).and("remedy", IgnoredKeys.REMEDY))
                : ignored(reason);
    }

    private Answer ignored(Reading.Reason reason, LogFields fields) {
        outcomeLog.count(Metric.DELIVERIES_IGNORED, from.other(), 1);
        outcomeLog.log("delivery ignored", null, fields);
        return Answer.ignored(reason.text());
    }

    /** A delivery is not taken. */
    Answer refused(Answer answer) {
        refused("delivery refused", answer.status(), answer.reason());
        return answer;
    }

    /**
     * A request does not get what it asks for.
     *
     * @param why a fixed text: nothing of the request
     */
    void refused(String outcome, int status, String why) {
        outcomeLog.count(Metric.DELIVERIES_REFUSED, from.other(), 1);
        outcomeLog.log(outcome, null, side().and("status", status).and("why", why));
    }

    /** A request that is not a delivery succeeded. */
    void done(String outcome) {
        outcomeLog.log(outcome, null, side());
    }

    Answer failed(String outcome, RuntimeException fault) {
        outcomeLog.count(Metric.DELIVERIES_NOT_STORED, from.other(), 1);
        outcomeLog.fault(outcome, fault, side());
        return Answer.UNAVAILABLE;
    }

    void flush() {
        outcomeLog.flush();
    }

    private LogFields side() {
        return LogFields.of("side", from.word());
    }
}
