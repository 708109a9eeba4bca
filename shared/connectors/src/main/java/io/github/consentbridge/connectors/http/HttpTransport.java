package io.github.consentbridge.connectors.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

/**
 * Sends HTTP/1.1 requests without redirects (they would send the token elsewhere) and cookies (Dataverse's would pin us
 * to one server). Every exchange is bounded in time and size. Makes one attempt.
 */
public final class HttpTransport {
    private static final long LOOK_AGAIN_MILLIS = 200;

    private final HttpClient http;
    private final RemoteSettings settings;
    private final LongAdder requests = new LongAdder();

    /** Creates a transport; opens no connection yet. */
    public HttpTransport(RemoteSettings settings) {
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .build();
        this.settings = settings;
    }

    /**
     * Sends a request and waits for the last byte of the answer, for as long as the settings and the caller's {@link
     * Deadline} allow. {@code HttpRequest.timeout} alone would end with the answer's headers, so a body that stalls
     * could hold the caller for ever.
     *
     * @throws IOException on network failures, timeouts and answers that are too large; nothing is sent if no time is
     *     left
     */
    public RemoteResponse send(HttpRequest request) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Deadline timeout = () -> settings.requestTimeout().minusNanos(System.nanoTime() - start);
        Deadline end = Deadline.earlier(timeout, Deadline.ofRequests());
        if (end.isOver()) {
            throw new HttpTimeoutException("no time is left for another request");
        }
        requests.increment();
        CompletableFuture<HttpResponse<byte[]>> exchange =
                http.sendAsync(request, answer -> new BoundedBody(settings.maxResponseBytes()));
        try {
            HttpResponse<byte[]> answer = await(exchange, end);
            return new RemoteResponse(
                    answer.statusCode(),
                    answer.headers(),
                    answer.body(),
                    settings.clock().instant());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AnswerTooLargeException tooLarge) {
                throw tooLarge;
            }
            if (e.getCause() instanceof Error error) {
                // An Error on a thread of the client is one of this thread: it ends the process.
                throw error;
            }
            throw new IOException("the exchange failed", e.getCause());
        } finally {
            exchange.cancel(true);
        }
    }

    private static <T> T await(CompletableFuture<T> exchange, Deadline end)
            throws IOException, InterruptedException, ExecutionException {
        while (!end.isOver()) {
            try {
                return exchange.get(Math.min(end.remaining().toMillis(), LOOK_AGAIN_MILLIS), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // Asked again: the end may have come closer meanwhile.
            }
        }
        throw new HttpTimeoutException("no complete answer in time");
    }

    public long requests() {
        return requests.sum();
    }
}
