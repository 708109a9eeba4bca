package io.github.consentbridge.functions.http;

import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.delivery.Reading;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.logging.OutcomeLog;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells and counts what becomes of one side's requests. Safe for use by several threads. */
public final class RequestLog {
    private final Side from;
    private final Side towards;
    private final OutcomeLog outcomeLog;

    /** @param from whose requests they are */
    public RequestLog(Side from, OutcomeLog outcomeLog) {
        this.from = from;
        this.towards = from.other();
        this.outcomeLog = outcomeLog;
    }

    /** A delivery is stored. */
    public Answer queued(@Nullable OrganizationUserId person, LogFields fields) {
        outcomeLog.count(Metric.DELIVERIES_ACCEPTED, towards, 1);
        outcomeLog.tell("delivery queued", person, fields);
        return Answer.QUEUED;
    }

    /** A delivery changes nothing. */
    public Answer ignored(Reading.Reason reason) {
        outcomeLog.count(Metric.DELIVERIES_IGNORED, towards, 1);
        outcomeLog.tell("delivery ignored", null, side().and("why", reason.text()));
        return Answer.ignored(reason.text());
    }

    /** A delivery is not taken. */
    Answer refused(Answer answer) {
        refused("delivery refused", answer.status(), answer.reason());
        return answer;
    }

    /**
     * A request is not answered as it wished.
     *
     * @param why in words of ours: nothing of the request
     */
    public void refused(String outcome, int status, String why) {
        outcomeLog.count(Metric.DELIVERIES_REFUSED, towards, 1);
        outcomeLog.tell(outcome, null, side().and("status", status).and("why", why));
    }

    /** Something else than a delivery was dealt with. */
    public void done(String outcome) {
        outcomeLog.tell(outcome, null, side());
    }

    /** Something went wrong on our side. */
    Answer failed(String outcome, RuntimeException fault) {
        outcomeLog.fault(outcome, fault, side());
        return Answer.UNAVAILABLE;
    }

    private LogFields side() {
        return LogFields.of("side", from.name().toLowerCase(Locale.ROOT));
    }
}
