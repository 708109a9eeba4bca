package io.github.consentbridge.sync.logging;

import io.github.consentbridge.mapping.consent.Side;

/** What is counted, by the names under which dashboards and alarms know it. */
public enum Metric {
    DELIVERIES_ACCEPTED("DeliveriesAccepted"),
    DELIVERIES_IGNORED("DeliveriesIgnored"),
    DELIVERIES_REFUSED("DeliveriesRefused"),
    /** Answered with 503: the delivery could not be stored, or the bridge has no valid secret or document. */
    DELIVERIES_NOT_STORED("DeliveriesNotStored"),
    CONTACTS_UPDATED("ContactsUpdated"),
    CONTACTS_CREATED("ContactsCreated"),
    EVENTS_POSTED("EventsPosted"),
    SUPERSEDED("Superseded"),
    UNCHANGED("Unchanged"),
    NO_CONTACT("NoContact"),
    CONFLICTS("Conflicts"),
    UNREADABLE_VALUES("UnreadableValues"),
    AUDIT_UNAVAILABLE("AuditUnavailable"),
    THROTTLED("Throttled"),
    DEAD_LETTERED("DeadLettered"),
    /** The secret could not be read again; counted in the direction of Dynamics, although it concerns both. */
    SECRET_UNREADABLE("SecretUnreadable"),
    DRIFT("Drift"),
    /** Runs that came to their end; told apart by scan. */
    RECONCILED("Reconciled"),
    /** Runs that failed or were stopped; told apart by scan. */
    RECONCILIATIONS_FAILED("ReconciliationsFailed"),
    /** From the choice to its write. */
    PROPAGATION_SECONDS("PropagationSeconds", true),
    /** How long a delivery that could not be applied, and is tried again later, has waited since it was received. */
    WAITING_SECONDS("WaitingSeconds", true);

    private final String published;
    private final boolean duration;

    Metric(String published) {
        this(published, false);
    }

    Metric(String published, boolean duration) {
        this.published = published;
        this.duration = duration;
    }

    /** Whether each amount is a time in seconds, of which a maximum or a percentile is wanted; otherwise amounts are added. */
    public boolean isDuration() {
        return duration;
    }

    /** Whether it is counted for each scan of the reconciliation, not for each direction. */
    public boolean isOfScan() {
        return this == RECONCILED || this == RECONCILIATIONS_FAILED;
    }

    /** The name in CloudWatch; {@code docs/metrics.md} says how Prometheus's is made of it. */
    public String published() {
        return published;
    }

    /** The value of the dimension {@code direction}: {@code to_dynamics} or {@code to_didomi}. */
    public static String direction(Side towards) {
        return "to_" + towards.word();
    }
}
