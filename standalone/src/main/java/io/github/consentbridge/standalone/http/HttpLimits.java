package io.github.consentbridge.standalone.http;

import java.time.Duration;

/**
 * What a server grants to those who connect. Nobody occupies a thread by being slow, so these bound memory and sockets.
 *
 * @param connections how many are open at once; one more closes the one that has been idle longest
 * @param firstHead for the head of a connection's first request, from the moment it is opened
 * @param keepAlive for the head of each later one, from the answer before; longer than proxies keep idle connections,
 *     so that none sends a request on a connection that is being closed
 * @param bodyIdle between two parts of a body
 * @param body for all of a body
 * @param room how long a large body waits for its share of the memory
 * @param linger how long the rest of a refused body is read and discarded: if it stays unread, a sender that is still
 *     sending does not get the answer
 * @param stop for the requests in progress when the server is closed
 */
public record HttpLimits(
        int connections,
        Duration firstHead,
        Duration keepAlive,
        Duration bodyIdle,
        Duration body,
        Duration room,
        Duration linger,
        Duration stop) {
    /** A request's head, in bytes; a larger one is answered 431. */
    static final int MAX_HEAD_BYTES = 1 << 14;

    /** A request's headers; more are answered 431. */
    static final int MAX_HEADERS = 100;

    /** Those of a bridge. */
    public static HttpLimits standard() {
        return new HttpLimits(
                512,
                Duration.ofSeconds(20),
                Duration.ofSeconds(75),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10));
    }
}
