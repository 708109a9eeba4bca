package io.github.consentbridge.sync.reconciliation;

import io.github.consentbridge.sync.connections.Connections;

/** How many requests were sent since this was made. */
final class RequestCount {
    private final Connections connections;
    private final long didomiBefore;
    private final long dataverseBefore;

    RequestCount(Connections connections) {
        this.connections = connections;
        this.didomiBefore = connections.requestsToDidomi();
        this.dataverseBefore = connections.requestsToDataverse();
    }

    long toDidomi() {
        return connections.requestsToDidomi() - didomiBefore;
    }

    long toDataverse() {
        return connections.requestsToDataverse() - dataverseBefore;
    }
}
