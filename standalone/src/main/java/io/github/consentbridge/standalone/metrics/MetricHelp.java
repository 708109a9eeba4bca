package io.github.consentbridge.standalone.metrics;

import io.github.consentbridge.sync.logging.Metric;

/** The sentence beside each metric in a scrape. */
final class MetricHelp {
    private MetricHelp() {}

    static String of(Metric metric) {
        return switch (metric) {
            case DELIVERIES_ACCEPTED -> "Deliveries that were stored and answered with 202.";
            case DELIVERIES_IGNORED -> "Deliveries with nothing to do.";
            case DELIVERIES_REFUSED -> "Requests that were refused, most often for a wrong key or token.";
            case DELIVERIES_NOT_STORED -> "Deliveries that were answered with 503.";
            case CONTACTS_UPDATED -> "Contacts that were updated.";
            case CONTACTS_CREATED -> "Contacts that were created.";
            case EVENTS_POSTED -> "Consent events that were posted to Didomi.";
            case SUPERSEDED -> "Choices that lost to a newer one.";
            case UNCHANGED -> "People whose deliveries led to no write.";
            case NO_CONTACT -> "Deliveries of people without a contact.";
            case CONFLICTS -> "Contact writes that failed because the row had changed meanwhile.";
            case UNREADABLE_VALUES -> "Column values of a type that cannot be read.";
            case AUDIT_UNAVAILABLE -> "Changes that could not be dated because the audit history could not be read.";
            case THROTTLED -> "Answers by which a system asked us to wait.";
            case DEAD_LETTERED -> "Deliveries that became dead letters.";
            case SECRET_UNREADABLE -> "Failed attempts to read the secret again.";
            case DRIFT -> "Differences that a reconciliation found.";
            case RECONCILED -> "Reconciliations that were completed.";
            case RECONCILIATIONS_FAILED -> "Reconciliations that failed or were stopped.";
            case PROPAGATION_SECONDS -> "Seconds from a choice to its write.";
            case WAITING_SECONDS -> "Seconds that a delivery had waited when it could not be applied and was put back.";
        };
    }
}
