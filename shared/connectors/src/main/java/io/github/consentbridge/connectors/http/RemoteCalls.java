package io.github.consentbridge.connectors.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sends the requests of one client with token, limit, pause and retries. All of them must be safe to repeat: reads,
 * conditional writes, and writes that carry their own id.
 */
public final class RemoteCalls {
    private final RemoteSystem system;
    private final Failures failures;
    private final HttpTransport transport;
    private final RemoteSettings settings;
    private final ConcurrencyLimit limit;
    private final Pause pause;

    /** Creates one system's failures without an answer. */
    @FunctionalInterface
    public interface Failures {
        RemoteException from(RemoteFailure failure, String message, @Nullable Throwable cause);
    }

    /** Converts an answer to a result; throws {@link RemoteException} if it is a failure or unreadable. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(RemoteResponse response);
    }

    /** Sends nothing yet. */
    public RemoteCalls(RemoteSystem system, Failures failures, HttpTransport transport, RemoteSettings settings) {
        this.system = requireNonNull(system, "system");
        this.failures = requireNonNull(failures, "failures");
        this.transport = requireNonNull(transport, "transport");
        this.settings = requireNonNull(settings, "settings");
        this.limit = new ConcurrencyLimit(settings.concurrency());
        this.pause = new Pause(settings.clock());
    }

    /** Sends a request with a token and retries it as the policy allows; on 401 once more with another token. */
    public <T> T send(HttpRequest request, TokenSource tokens, Reader<T> reader) {
        Secret refused = null;
        int failed = 0;
        while (true) {
            Secret token = null;
            try {
                awaitPause();
                token = refused == null ? tokens.token() : tokens.tokenInsteadOf(refused);
                boolean repeated = failed > 0;
                return attempt(
                        withToken(request, token), response -> reader.read(repeated ? response.toRepeat() : response));
            } catch (RemoteException failure) {
                if (failure.status() == 401 && token != null && refused == null) {
                    refused = token;
                } else {
                    failed++;
                    prepareForAnother(failure, failed);
                }
            }
        }
    }

    /** Sends a request once, without token, limit or pause: for fetching the token itself. */
    public RemoteResponse sendOnce(HttpRequest request) {
        try {
            return transport.send(request);
        } catch (AnswerTooLargeException e) {
            throw unavailable("too_large", system.label() + " sent no usable answer: " + e.getMessage(), e);
        } catch (IOException e) {
            throw Deadline.ofRequests().isOver()
                    ? unavailable("deadline", system.label() + " did not answer in the time that was left", e)
                    : unavailable(
                            "network", Unreachable.sentence(system.label(), request.uri(), system.setting(), e), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Pauses the client after a throttling answer; other failures are ignored. */
    public void pauseFor(RemoteException failure) {
        if (failure.kind() == RemoteException.Kind.THROTTLED) {
            pauseFor(settings.retry().waitAfter(failure, 1));
        }
    }

    /** Ends the client's pause, because somebody knows that the system answers again. */
    public void endPause() {
        pause.end();
    }

    private <T> T attempt(HttpRequest request, Reader<T> reader) {
        acquire();
        try {
            awaitPause();
            T result = reader.read(sendOnce(request));
            limit.succeeded();
            return result;
        } finally {
            limit.release();
        }
    }

    private void prepareForAnother(RemoteException failure, int failed) {
        boolean throttled = failure.kind() == RemoteException.Kind.THROTTLED;
        if (!throttled && failure.kind() != RemoteException.Kind.UNAVAILABLE) {
            throw failure;
        }
        Duration wait = settings.retry().waitAfter(failure, failed);
        if (throttled && !isOurOwnPause(failure)) {
            pauseFor(wait);
        }
        boolean over = Thread.currentThread().isInterrupted() || wait.compareTo(budget()) >= 0;
        boolean single = !throttled && SingleTry.isOn();
        if (over || single || !settings.retry().allowsAnother(failure, failed)) {
            throw failure.retryAfter().isPresent() ? failure : failure.withRetryAfter(wait);
        }
        if (!throttled) {
            sleep(wait);
        }
    }

    private void awaitPause() {
        Duration left = pause.remaining();
        if (left.isZero()) {
            return;
        }
        if (left.compareTo(budget()) >= 0) {
            RemoteFailure paused = RemoteFailure.withoutAnswer(RemoteException.Kind.THROTTLED, "paused");
            throw failures.from(
                    paused.withRetryAfter(left), system.label() + " asked us to wait; nothing was sent", null);
        }
        sleep(left);
    }

    private static boolean isOurOwnPause(RemoteException failure) {
        return failure.status() == 0 && failure.code().equals("paused");
    }

    private void pauseFor(Duration wait) {
        limit.throttled();
        pause.atLeast(wait);
    }

    private void acquire() {
        try {
            if (!limit.acquire(atMost(settings.requestTimeout().multipliedBy(2)))) {
                throw unavailable("busy", "Too many calls to " + system.label() + " are running", null);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private Duration budget() {
        return atMost(settings.retry().maxWait());
    }

    private static Duration atMost(Duration wait) {
        Duration left = Deadline.ofRequests().remaining();
        return left.compareTo(wait) < 0 ? left : wait;
    }

    private void sleep(Duration time) {
        try {
            settings.retry().sleeper().sleep(time);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private RemoteException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return unavailable("interrupted", "The call to " + system.label() + " was interrupted", cause);
    }

    private RemoteException unavailable(String code, String message, @Nullable Throwable cause) {
        return failures.from(RemoteFailure.withoutAnswer(RemoteException.Kind.UNAVAILABLE, code), message, cause);
    }

    private static HttpRequest withToken(HttpRequest request, Secret token) {
        return HttpRequest.newBuilder(request, (name, value) -> true)
                .header("Authorization", "Bearer " + token.value())
                .build();
    }
}
