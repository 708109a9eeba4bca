package io.github.consentbridge.simulators.deliveries;

/** A webhook, as far as one kind of delivery is concerned. */
public interface Receiver<D> {
    /** What tells it from the others that get the same delivery. */
    String id();

    /** The status that answered the call, or {@link WebhookClient#NO_ANSWER}. */
    int post(D delivery);
}
