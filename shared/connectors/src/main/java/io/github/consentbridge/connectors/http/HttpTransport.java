package io.github.consentbridge.connectors.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
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
    private final HttpClient http;
    private final int maxResponseBytes;
    private final Clock clock;
    private final LongAdder requests = new LongAdder();

    /** Creates a transport; opens no connection yet. */
    public HttpTransport(RemoteSettings settings) {
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .build();
        maxResponseBytes = settings.maxResponseBytes();
        clock = settings.clock();
    }

    /**
     * Sends a request and waits for the last byte of the answer. {@code HttpRequest.timeout} alone covers only the
     * headers, so a stalled body could block the caller forever.
     *
     * @throws IOException on network failures, timeouts and answers that are too large
     */
    public RemoteResponse send(HttpRequest request, Duration timeout) throws IOException, InterruptedException {
        requests.increment();
        CompletableFuture<HttpResponse<byte[]>> exchange =
                http.sendAsync(request, answer -> new BoundedBody(maxResponseBytes));
        try {
            HttpResponse<byte[]> answer = exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new RemoteResponse(answer.statusCode(), answer.headers(), answer.body(), clock.instant());
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no complete answer within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw new IOException("the exchange failed", e.getCause());
        } finally {
            exchange.cancel(true);
        }
    }

    /** The number of requests sent. */
    public long requests() {
        return requests.sum();
    }
}
