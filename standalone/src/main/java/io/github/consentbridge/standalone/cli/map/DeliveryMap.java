package io.github.consentbridge.standalone.cli.map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.delivery.MalformedDeliveryException;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.standalone.cli.UsageException;
import io.github.consentbridge.sync.intake.RequestBody;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;

/** Finds the choice that a delivery of either side contains for each mapped column, or why it contains none. */
final class DeliveryMap {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int MAX_BYTES = 1 << 21;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final DidomiMap didomi;
    private final DynamicsMap dynamics;
    private final Clock clock;

    DeliveryMap(Integration integration, Clock clock) {
        this.didomi = new DidomiMap(integration);
        this.dynamics = new DynamicsMap(integration);
        this.clock = clock;
    }

    /**
     * Reads a delivery.
     *
     * @param file a body, or a request event that contains one
     * @return in the form of {@link DeliveryReport}
     * @throws UsageException if it is neither
     */
    ObjectNode of(Path file) {
        String name = file.getFileName().toString();
        try {
            Sample sample = sample(file);
            DeliveryReport report = isOfDynamics(sample.body())
                    ? dynamics.of(sample.body(), name, sample.receivedAt())
                    : didomi.of(sample.body(), name, sample.receivedAt());
            return report.json();
        } catch (NoSuchFileException e) {
            throw new UsageException("there is no file " + file, e);
        } catch (MalformedDeliveryException e) {
            throw new UsageException(file + " is not a delivery: " + e.getMessage(), e);
        } catch (JsonProcessingException | CharacterCodingException e) {
            throw new UsageException(file + " is not a delivery: it is not JSON in UTF-8", e);
        } catch (IOException e) {
            throw new UsageException(file + " cannot be read: check its owner and mode", e);
        }
    }

    /** A body and when it was received; a body without a request counts as received now. */
    private record Sample(String body, Instant receivedAt) {}

    private Sample sample(Path file) throws IOException, MalformedDeliveryException {
        if (Files.size(file) > MAX_BYTES) {
            throw new UsageException(file + " is larger than any delivery: name the right file");
        }
        String text = withoutMark(Files.readString(file));
        JsonNode json = MAPPER.readTree(text);
        return json.path("requestContext").isObject() ? requested(json) : new Sample(text, clock.instant());
    }

    private Sample requested(JsonNode request) throws MalformedDeliveryException {
        JsonNode time = request.path("requestContext").path("timeEpoch");
        Instant receivedAt = time.canConvertToLong() ? Instant.ofEpochMilli(time.longValue()) : clock.instant();
        String body = request.path("body").asText();
        boolean isBase64Encoded = request.path("isBase64Encoded").booleanValue();
        try {
            RequestBody decoded = isBase64Encoded ? RequestBody.ofBase64(body) : RequestBody.of(body);
            return new Sample(withoutMark(decoded.text()), receivedAt);
        } catch (RequestBody.RefusedException e) {
            throw new MalformedDeliveryException(e.answer().reason());
        }
    }

    private static String withoutMark(String text) {
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
    }

    /** Only Dynamics names a message. Both readers refuse a body that is not JSON. */
    private static boolean isOfDynamics(String body) {
        try {
            JsonNode json = MAPPER.readTree(body);
            return json.has("MessageName") || json.has("PrimaryEntityName");
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
