package io.github.consentbridge.simulators.deliveries;

/** A webhook, as far as one kind of delivery is concerned. */
public interface Receiver<D> {
    /** Distinguishes it from other receivers of the same delivery. */
    String id();

    /** Calls the webhook; returns the status, or {@link WebhookClient#NO_ANSWER}. */
    int post(D delivery);
}
