package io.github.consentbridge.standalone.http;

/** What a server serves. Safe for use by several threads. */
@FunctionalInterface
public interface Site extends AutoCloseable {
    /**
     * Sees that a request is answered. Its body has not been read, and may never come. Must not block: what may, runs on a
     * {@link WorkerPool}.
     */
    void handle(Exchange exchange);

    /** Lets the threads go, when no request is left. */
    @Override
    default void close() {}
}
