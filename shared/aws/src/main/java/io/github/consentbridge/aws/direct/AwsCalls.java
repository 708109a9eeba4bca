package io.github.consentbridge.aws.direct;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.connectors.http.RetryPolicy.Sleeper;
import io.github.consentbridge.mapping.json.JsonTree;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls one AWS service without the SDK, whose start takes longer than that of the rest of a webhook function. Safe for
 * use by several threads.
 *
 * <p>A call without a usable answer is repeated, so it must be safe to repeat.
 */
final class AwsCalls implements AwsService {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration READ = Duration.ofSeconds(5);
    private static final int ATTEMPTS = 3;
    private static final Duration WAIT = Duration.ofMillis(100);

    /**
     * No attempt starts later than this, so that a webhook that needs the secret and then the queue answers within 20
     * seconds.
     */
    private static final Duration LATEST_ATTEMPT = Duration.ofSeconds(2);

    private static final int MAX_BYTES = 1 << 20;

    private final Address service;
    private final RoleKeySource keys;
    private final Clock clock;
    private final Sleeper sleeper;

    /**
     * A service in a region.
     *
     * @param name its name in signatures, for example {@code sqs}
     * @param type the content type of its bodies
     */
    record Address(String name, String region, URI url, String type) {}

    AwsCalls(Address service, RoleKeySource keys, Clock clock, Sleeper sleeper) {
        this.service = service;
        this.keys = keys;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    @Override
    public JsonNode call(String target, JsonNode request) {
        byte[] body = JsonTree.write(request).getBytes(UTF_8);
        Instant latest = clock.instant().plus(LATEST_ATTEMPT);
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(target, body);
            } catch (IOException e) {
                if (attempt == ATTEMPTS || !clock.instant().isBefore(latest)) {
                    // Not as the cause, whose message may quote the answer.
                    throw failure(e);
                }
                sleep(WAIT.multipliedBy(attempt));
            }
        }
    }

    /** @throws IOException if another attempt may succeed */
    private JsonNode attempt(String target, byte[] body) throws IOException {
        HttpURLConnection connection = connection(target, body);
        connection.getOutputStream().write(body);
        int status = connection.getResponseCode();
        if (status == HttpURLConnection.HTTP_OK) {
            return answer(connection.getInputStream());
        }
        String code = code(connection.getErrorStream());
        if (status >= 500 || status == 429 || code.contains("Thrott")) {
            throw new UnavailableException(code.isEmpty() ? "status " + status : code);
        }
        throw new AwsCallException(
                code.isEmpty() ? "status " + status : code, service.name() + " answered " + status + " " + code);
    }

    private HttpURLConnection connection(String target, byte[] body) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) service.url().toURL().openConnection();
        connection.setConnectTimeout(Math.toIntExact(CONNECT.toMillis()));
        connection.setReadTimeout(Math.toIntExact(READ.toMillis()));
        connection.setInstanceFollowRedirects(false);
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(body.length);
        Map<String, String> headers = Map.of("content-type", service.type(), "x-amz-target", target);
        new CallSignature(keys.keys(), service.region(), service.name())
                .sign(service.url(), headers, body, clock.instant())
                .forEach(connection::setRequestProperty);
        return connection;
    }

    private static JsonNode answer(@Nullable InputStream stream) throws IOException {
        if (stream == null) {
            return JsonTree.read("");
        }
        try (stream) {
            return JsonTree.read(new String(stream.readNBytes(MAX_BYTES), UTF_8));
        }
    }

    /** {@code com.amazonaws.sqs#QueueDoesNotExist} without its prefix; empty if the body has no type. */
    private static String code(@Nullable InputStream stream) {
        try {
            String type = answer(stream).path("__type").asText("");
            String code = type.substring(type.indexOf('#') + 1);
            return code.matches("[A-Za-z0-9.]{1,100}") ? code : "";
        } catch (IOException e) {
            // The answer is not from the service; the status is enough.
            return "";
        }
    }

    private AwsCallException failure(IOException last) {
        String code = last instanceof UnavailableException ? String.valueOf(last.getMessage()) : "no answer";
        return new AwsCallException(code, service.name() + " gave no usable answer (" + code + ")");
    }

    private void sleep(Duration time) {
        try {
            sleeper.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AwsCallException("interrupted", service.name() + ": interrupted before another attempt");
        }
    }

    /** The service cannot answer now. */
    private static final class UnavailableException extends IOException {
        private static final long serialVersionUID = 1L;

        private UnavailableException(String code) {
            super(code);
        }
    }
}
