package io.github.consentbridge.sync.logging;

/** What is counted, by the names under which dashboards and alarms know it. */
public enum Metric {
    DELIVERIES_ACCEPTED("DeliveriesAccepted"),
    DELIVERIES_IGNORED("DeliveriesIgnored"),
    DELIVERIES_REFUSED("DeliveriesRefused"),
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
    RECONCILED("Reconciled"),
    PROPAGATION_SECONDS("PropagationSeconds");

    private final String published;

    Metric(String published) {
        this.published = published;
    }

    /** The name in CloudWatch. */
    public String published() {
        return published;
    }
}
