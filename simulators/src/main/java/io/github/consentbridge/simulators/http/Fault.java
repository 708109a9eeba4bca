package io.github.consentbridge.simulators.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Something that goes wrong with one request. A part of a Dataverse batch can have its own. */
@FunctionalInterface
public interface Fault {
    /**
     * Makes the answer, or none by throwing.
     *
     * @param proceed does what the system would have done without the fault
     * @param error makes an answer with a status in the system's own error shape
     */
    Reply apply(Supplier<Reply> proceed, IntFunction<Reply> error) throws InterruptedException;

    /** No fault: for the requests that come before the one that is to fail. */
    static Fault none() {
        return (proceed, error) -> proceed.get();
    }

    /** This status with the system's own error body; nothing is done. */
    static Fault status(int status) {
        return (proceed, error) -> error.apply(status);
    }

    /** This status with this body; nothing is done. */
    static Fault status(int status, String contentType, String body) {
        return (proceed, error) -> Reply.text(status, contentType, body);
    }

    /** 429 with {@code Retry-After} in whole seconds. */
    static Fault throttled(Duration retryAfter) {
        return (proceed, error) -> error.apply(429).with("Retry-After", Long.toString(retryAfter.toSeconds()));
    }

    /** 429 with {@code Retry-After} as an HTTP date. */
    static Fault throttledUntil(Instant time) {
        // Not RFC_1123_DATE_TIME: it writes a day below 10 with one digit, which HTTP does not allow.
        String date = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
                .format(time.atZone(ZoneOffset.UTC));
        return (proceed, error) -> error.apply(429).with("Retry-After", date);
    }

    /** 429 that does not say for how long. */
    static Fault throttledWithoutHint() {
        return status(429);
    }

    /** Waits in real time, then carries on. */
    static Fault slow(Duration wait) {
        return (proceed, error) -> {
            Thread.sleep(wait.toMillis());
            return proceed.get();
        };
    }

    /** Waits for the latch, then carries on. */
    static Fault heldBy(CountDownLatch latch) {
        return (proceed, error) -> {
            latch.await();
            return proceed.get();
        };
    }

    /** Never answers; nothing is done. The connection stays open until the simulator closes. */
    static Fault hang() {
        return heldBy(new CountDownLatch(1));
    }

    /** Closes the connection without an answer; nothing is done. */
    static Fault dropBeforeCommit() {
        return (proceed, error) -> {
            throw new ConnectionDropped();
        };
    }

    /** Does what was asked, then closes the connection without an answer. */
    static Fault dropAfterCommit() {
        return (proceed, error) -> {
            Reply lost = proceed.get();
            throw new ConnectionDropped(lost.status());
        };
    }

    /** Runs the act first, for instance somebody's edit of the row between our read and our write. */
    static Fault after(Runnable act) {
        return (proceed, error) -> {
            act.run();
            return proceed.get();
        };
    }

    /** 200 with a page of HTML, as from a proxy; nothing is done. */
    static Fault garbage() {
        return status(200, "text/html", "<html><body>Please wait while we check your browser</body></html>");
    }

    /** Does what was asked, then empties this array of the answer's body; the links to other pages stay. */
    static Fault emptied(String array) {
        return (proceed, error) -> proceed.get().edited(body -> body.putArray(array));
    }

    /** From its second use on, this text of the answer's body, such as a link or a cursor, is what it was at the first. */
    static Fault repeated(String text) {
        AtomicReference<JsonNode> first = new AtomicReference<>();
        return (proceed, error) -> proceed.get().edited(body -> {
            if (!first.compareAndSet(null, body.path(text))) {
                body.set(text, first.get());
            }
        });
    }

    /** Does what was asked, then sends half of the body and closes the connection. */
    static Fault truncated() {
        return (proceed, error) -> proceed.get().cutShort();
    }
}
