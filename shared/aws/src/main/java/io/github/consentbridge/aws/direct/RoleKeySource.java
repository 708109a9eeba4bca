package io.github.consentbridge.aws.direct;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.connectors.http.ServiceUrl;
import io.github.consentbridge.mapping.json.JsonTree;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Provides the keys of a function's role: from the environment or, if the function was started from a snapshot, from an
 * address on the same machine. Those are requested again shortly before they expire. Safe for use by several threads.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html">Container
 *     credentials</a>
 */
final class RoleKeySource {
    private static final String ADDRESS = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
    private static final String AUTHORIZATION = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
    private static final Duration MAX_WAIT = Duration.ofSeconds(2);
    private static final Duration BEFORE_EXPIRY = Duration.ofMinutes(5);
    private static final int MAX_BYTES = 1 << 16;

    private final Map<String, String> environment;
    private final Clock clock;
    private @Nullable RoleKeys known;

    RoleKeySource(Map<String, String> environment, Clock clock) {
        this.environment = environment;
        this.clock = clock;
    }

    /** @throws AwsCallException if there are no keys */
    synchronized RoleKeys keys() {
        @Nullable RoleKeys keys = known;
        if (keys == null || !clock.instant().isBefore(keys.expiry())) {
            keys = environment.containsKey("AWS_ACCESS_KEY_ID") ? fromEnvironment() : fromAddress();
            known = keys;
        }
        return keys;
    }

    private RoleKeys fromEnvironment() {
        return new RoleKeys(
                environment.getOrDefault("AWS_ACCESS_KEY_ID", ""),
                Secret.of(environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "")),
                Optional.ofNullable(environment.get("AWS_SESSION_TOKEN")).map(Secret::of),
                Instant.MAX);
    }

    private RoleKeys fromAddress() {
        @Nullable String address = environment.get(ADDRESS);
        if (address == null) {
            throw new AwsCallException("NoCredentials", "the function has no credentials: give it a role");
        }
        try {
            return read(ServiceUrl.parse(ADDRESS, address).uri().toURL());
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            // Not as the cause, whose message may quote the answer.
            throw new AwsCallException("NoCredentials", "the role's credentials are not available");
        }
    }

    private RoleKeys read(URL address) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.openConnection();
        connection.setConnectTimeout(Math.toIntExact(MAX_WAIT.toMillis()));
        connection.setReadTimeout(Math.toIntExact(MAX_WAIT.toMillis()));
        connection.setInstanceFollowRedirects(false);
        @Nullable String authorization = environment.get(AUTHORIZATION);
        if (authorization != null) {
            connection.setRequestProperty("Authorization", authorization);
        }
        try (InputStream answer = connection.getInputStream()) {
            return keys(JsonTree.read(new String(answer.readNBytes(MAX_BYTES), UTF_8)));
        }
    }

    private static RoleKeys keys(JsonNode answer) {
        return new RoleKeys(
                answer.required("AccessKeyId").asText(),
                Secret.of(answer.required("SecretAccessKey").asText()),
                Optional.of(Secret.of(answer.required("Token").asText())),
                Instant.parse(answer.required("Expiration").asText()).minus(BEFORE_EXPIRY));
    }
}
