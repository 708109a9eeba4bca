package io.github.consentbridge.simulators.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** A scripted fault of one request. A part of a Dataverse batch can have its own. */
@FunctionalInterface
public interface Fault {
    /**
     * Returns the answer, or throws to send none.
     *
     * @param proceed executes the request without the fault
     * @param error creates an answer with a status in the system's error format
     */
    Reply apply(Supplier<Reply> proceed, IntFunction<Reply> error) throws InterruptedException;

    /** No fault, for the requests before the one that fails. */
    static Fault none() {
        return (proceed, error) -> proceed.get();
    }

    /** This status with the system's error body; the request is not executed. */
    static Fault status(int status) {
        return (proceed, error) -> error.apply(status);
    }

    /** This status with this body; the request is not executed. */
    static Fault status(int status, String contentType, String body) {
        return (proceed, error) -> Reply.text(status, contentType, body);
    }

    /** 500 with this code in Dataverse's error format, as one contact gets it from a broken plug-in; not executed. */
    static Fault serverError(String code) {
        return status(500, "application/json; odata.metadata=minimal", """
                {"error": {"code": "%s", "message": "An unexpected error occurred."}}""".formatted(code));
    }

    /** This fault in a share of the requests, the same ones for the same seed and order; the others are executed. */
    static Fault sometimes(Fault fault, double share, long seed) {
        Random random = new Random(seed);
        return (proceed, error) -> {
            boolean hit;
            synchronized (random) {
                hit = random.nextDouble() < share;
            }
            return hit ? fault.apply(proceed, error) : proceed.get();
        };
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

    /** 429 without {@code Retry-After}. */
    static Fault throttledWithoutHint() {
        return status(429);
    }

    /** Waits in real time, then executes the request. */
    static Fault slow(Duration wait) {
        return (proceed, error) -> {
            Thread.sleep(wait.toMillis());
            return proceed.get();
        };
    }

    /** Waits for the latch, then executes the request. */
    static Fault heldBy(CountDownLatch latch) {
        return (proceed, error) -> {
            latch.await();
            return proceed.get();
        };
    }

    /** Never answers and does not execute the request. The connection stays open until the simulator closes. */
    static Fault hang() {
        return heldBy(new CountDownLatch(1));
    }

    /** Closes the connection without an answer; the request is not executed. */
    static Fault dropBeforeCommit() {
        return (proceed, error) -> {
            throw new ConnectionDropped();
        };
    }

    /** Executes the request, then closes the connection without an answer. */
    static Fault dropAfterCommit() {
        return (proceed, error) -> {
            Reply lost = proceed.get();
            throw new ConnectionDropped(lost.status());
        };
    }

    /** Runs an action first, for example an edit of the row between our read and our write. */
    static Fault after(Runnable act) {
        return (proceed, error) -> {
            act.run();
            return proceed.get();
        };
    }

    /** 200 with an HTML page, as from a proxy; the request is not executed. */
    static Fault garbage() {
        return status(200, "text/html", "<html><body>Please wait while we check your browser</body></html>");
    }

    /** Executes the request, then empties this array in the answer's body; the links to other pages are kept. */
    static Fault emptied(String array) {
        return (proceed, error) -> proceed.get().edited(body -> body.putArray(array));
    }

    /**
     * From its second use on, repeats the first value of this string in an answer's body, such as a link or a cursor. An
     * answer without one before that stays as it is.
     */
    static Fault repeated(String text) {
        AtomicReference<JsonNode> first = new AtomicReference<>();
        return (proceed, error) -> proceed.get().edited(body -> {
            if (first.get() != null) {
                body.set(text, first.get());
            } else if (body.has(text)) {
                first.set(body.get(text));
            }
        });
    }

    /** Executes the request, then sends half of the body and closes the connection. */
    static Fault truncated() {
        return (proceed, error) -> proceed.get().cutShort();
    }
}
