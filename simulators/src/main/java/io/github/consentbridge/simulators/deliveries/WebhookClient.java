package io.github.consentbridge.simulators.deliveries;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Calls webhooks over HTTP, each call with the simulated system's timeout. Thread-safe. */
public final class WebhookClient {
    /** The status of a call without an answer: refused, dropped or timed out. */
    public static final int NO_ANSWER = 0;

    private final HttpClient client;
    private final Duration patience;

    /** @param patience the timeout of a call */
    public WebhookClient(Duration patience) {
        // By default the client offers an upgrade to HTTP/2, which neither system does.
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience)
                .build();
        this.patience = patience;
    }

    /** The status of the answer, or {@link #NO_ANSWER}. */
    public int status(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(patience).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return NO_ANSWER;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return NO_ANSWER;
        }
    }

    /**
     * The answer with its body.
     *
     * @throws IOException if there is none
     */
    public HttpResponse<String> answer(HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.timeout(patience).build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for an answer", e);
        }
    }
}
