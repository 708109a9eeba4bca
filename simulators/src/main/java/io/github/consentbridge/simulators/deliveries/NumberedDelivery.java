package io.github.consentbridge.simulators.deliveries;

/** One delivery of a simulated system to its webhooks. */
public interface NumberedDelivery {
    /** Unique within the simulated system; for tests and not sent. */
    long number();
}
