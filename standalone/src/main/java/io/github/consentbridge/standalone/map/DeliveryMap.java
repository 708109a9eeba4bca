package io.github.consentbridge.standalone.map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.delivery.MalformedDeliveryException;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.sync.intake.RequestBody;
import java.time.Clock;
import java.time.Instant;

/** Finds the choice that a delivery of either side contains for each mapped column, or why it contains none. */
public final class DeliveryMap {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final DidomiMap didomi;
    private final DynamicsMap dynamics;
    private final Clock clock;

    /** @param clock says when a delivery without a time of its own was received */
    public DeliveryMap(Integration integration, Clock clock) {
        this.didomi = new DidomiMap(integration);
        this.dynamics = new DynamicsMap(integration);
        this.clock = clock;
    }

    /**
     * Reads a delivery.
     *
     * @param text a body, or a request event that contains one
     * @param name names the delivery
     * @return in the form of {@link DeliveryReport}
     * @throws MalformedDeliveryException if it is neither
     * @throws JsonProcessingException if it is not JSON
     */
    public ObjectNode of(String text, String name) throws MalformedDeliveryException, JsonProcessingException {
        Sample sample = sample(withoutMark(text));
        DeliveryReport report = isOfDynamics(sample.body())
                ? dynamics.of(sample.body(), name, sample.receivedAt())
                : didomi.of(sample.body(), name, sample.receivedAt());
        return report.json();
    }

    /** A body and when it was received; a body without a request counts as received now. */
    private record Sample(String body, Instant receivedAt) {}

    private Sample sample(String text) throws MalformedDeliveryException, JsonProcessingException {
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
