package io.github.consentbridge.simulators.http;

/** Ends a request at any point by closing its connection. */
final class ConnectionDropped extends RuntimeException {
    ConnectionDropped() {
        super("connection dropped by a scripted fault");
    }

    ConnectionDropped(int lostStatus) {
        super("connection dropped by a scripted fault instead of an answer " + lostStatus);
    }
}
