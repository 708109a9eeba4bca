package io.github.consentbridge.simulators.deliveries;

/** One call that a simulated system owes to its webhooks. */
public interface NumberedDelivery {
    /** Unique within the simulated system; for the tests' use and not sent. */
    long number();
}
