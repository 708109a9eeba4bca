package io.github.consentbridge.standalone.operator;

import io.github.consentbridge.sync.operations.Operations;

/**
 * Stores that are open.
 *
 * @param owned whether this process keeps others from opening them until they are closed
 * @param end frees them
 */
public record OpenStores(Operations operations, boolean owned, Runnable end) implements AutoCloseable {
    @Override
    public void close() {
        end.run();
    }
}
