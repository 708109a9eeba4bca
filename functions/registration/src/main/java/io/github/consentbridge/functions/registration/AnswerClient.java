package io.github.consentbridge.functions.registration;

import io.github.consentbridge.connectors.http.RetryPolicy.Sleeper;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * Delivers the answer to CloudFormation, that is, puts it into S3: repeated when that fails, which is harmless. Powertools
 * takes an answer for delivered whatever the status is, and then the stack waits for an hour.
 */
final class AnswerClient implements SdkHttpClient {
    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration READ = Duration.ofSeconds(2);
    private static final List<Duration> WAITS = List.of(Duration.ofMillis(200), Duration.ofMillis(800));

    private final SdkHttpClient http;
    private final Sleeper sleeper;

    AnswerClient(SdkHttpClient http, Sleeper sleeper) {
        this.http = http;
        this.sleeper = sleeper;
    }

    /** One whose calls end before {@link TimedWork#TO_ANSWER} is over. */
    static AnswerClient standard() {
        SdkHttpClient http = UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(READ)
                .build();
        return new AnswerClient(http, time -> Thread.sleep(time.toMillis()));
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new Sending(request);
    }

    @Override
    public void close() {
        http.close();
    }

    private final class Sending implements ExecutableHttpRequest {
        private final HttpExecuteRequest request;

        private Sending(HttpExecuteRequest request) {
            this.request = request;
        }

        @Override
        public HttpExecuteResponse call() throws IOException {
            HttpExecuteRequest repeatable = repeatable();
            for (Duration wait : WAITS) {
                try {
                    return once(repeatable);
                } catch (IOException e) {
                    sleep(wait);
                }
            }
            return once(repeatable);
        }

        /** Powertools gives a stream that can be read once. */
        private HttpExecuteRequest repeatable() throws IOException {
            try (InputStream body =
                    request.contentStreamProvider().orElseThrow().newStream()) {
                return HttpExecuteRequest.builder()
                        .request(request.httpRequest())
                        .contentStreamProvider(ContentStreamProvider.fromByteArray(body.readAllBytes()))
                        .build();
            }
        }

        private HttpExecuteResponse once(HttpExecuteRequest repeatable) throws IOException {
            HttpExecuteResponse response = http.prepareRequest(repeatable).call();
            if (response.responseBody().isPresent()) {
                response.responseBody().get().close();
            }
            if (!response.httpResponse().isSuccessful()) {
                throw new IOException(
                        "the answer was refused with " + response.httpResponse().statusCode());
            }
            return response;
        }

        private void sleep(Duration time) throws IOException {
            try {
                sleeper.sleep(time);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
        }

        @Override
        public void abort() {
            // Nobody does: the calls end by themselves.
        }
    }
}
