package io.github.consentbridge.webhook;

import io.github.consentbridge.delivery.Reading;
import io.github.consentbridge.mapping.OrganizationUserId;
import io.github.consentbridge.settle.Side;
import io.github.consentbridge.sync.Facts;
import io.github.consentbridge.sync.Journal;
import io.github.consentbridge.sync.Metric;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells and counts what becomes of one side's requests. Safe for use by several threads. */
public final class RequestLog {
    private final Side from;
    private final Side towards;
    private final Journal journal;

    /** @param from whose requests they are */
    public RequestLog(Side from, Journal journal) {
        this.from = from;
        this.towards = from.other();
        this.journal = journal;
    }

    /** A delivery is stored. */
    public Answer queued(@Nullable OrganizationUserId person, Facts facts) {
        journal.count(Metric.DELIVERIES_ACCEPTED, towards, 1);
        journal.tell("delivery queued", person, facts);
        return Answer.QUEUED;
    }

    /** A delivery changes nothing. */
    public Answer ignored(Reading.Reason reason) {
        journal.count(Metric.DELIVERIES_IGNORED, towards, 1);
        journal.tell("delivery ignored", null, side().and("why", reason.text()));
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
        journal.count(Metric.DELIVERIES_REFUSED, towards, 1);
        journal.tell(outcome, null, side().and("status", status).and("why", why));
    }

    /** Something else than a delivery was dealt with. */
    public void done(String outcome) {
        journal.tell(outcome, null, side());
    }

    /** Something went wrong on our side. */
    Answer failed(String outcome, RuntimeException fault) {
        journal.fault(outcome, fault, side());
        return Answer.UNAVAILABLE;
    }

    private Facts side() {
        return Facts.of("side", from.name().toLowerCase(Locale.ROOT));
    }
}
