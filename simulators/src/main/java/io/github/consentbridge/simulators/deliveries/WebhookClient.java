package io.github.consentbridge.simulators.deliveries;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Calls webhooks over HTTP, each call bounded by the simulated system's patience. Thread-safe. */
public final class WebhookClient {
    /** Stands for a status when no answer came: refused, dropped, too late. */
    public static final int NO_ANSWER = 0;

    private final HttpClient client;
    private final Duration patience;

    /** @param patience how long a call may take */
    public WebhookClient(Duration patience) {
        this.client = HttpClient.newBuilder().connectTimeout(patience).build();
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
     * @throws IOException when none came
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
