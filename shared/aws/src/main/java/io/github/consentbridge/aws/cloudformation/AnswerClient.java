package io.github.consentbridge.aws.cloudformation;

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
 * The HTTP client with which Powertools answers CloudFormation by writing an object to S3. It repeats a failed request,
 * which is harmless, and turns an error status into an exception: Powertools ignores the status, and the stack would
 * wait for an hour.
 */
public final class AnswerClient implements SdkHttpClient {
    /** The maximum duration of one answer, repeats included. */
    public static final Duration MAX_DURATION = Duration.ofSeconds(12);

    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration READ = Duration.ofSeconds(2);
    private static final List<Duration> WAITS = List.of(Duration.ofMillis(200), Duration.ofMillis(800));

    private final SdkHttpClient http;
    private final Sleeper sleeper;

    /** A client that waits in real time between its attempts. */
    public AnswerClient() {
        this(time -> Thread.sleep(time.toMillis()));
    }

    public AnswerClient(Sleeper sleeper) {
        this.http = UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(READ)
                .build();
        this.sleeper = sleeper;
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

        /** Powertools passes a stream that can be read only once. */
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
                throw new IOException("the answer was refused with status "
                        + response.httpResponse().statusCode());
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
            // Never called: every request has timeouts.
        }
    }
}
