package io.github.consentbridge.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.CloudFormationCustomResourceEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.DeliveryJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The sample inputs below {@code events/} are valid inputs of the functions. The webhook functions' own tests check
 * theirs.
 */
class SampleInputsTest {
    private static final Path EVENTS = Template.ROOT.resolve("events");
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Template template = Template.read();

    private static <T> T read(String name, Class<T> type) throws IOException {
        try (InputStream file = Files.newInputStream(EVENTS.resolve(name))) {
            return LambdaEventSerializers.serializerFor(type, type.getClassLoader())
                    .fromJson(file);
        }
    }

    @Test
    void queueMessageIsADelivery() throws IOException {
        SQSEvent event = read("queue/didomi-delivery.json", SQSEvent.class);

        Delivery delivery = DeliveryJson.read(event.getRecords().get(0).getBody());

        assertThat(delivery)
                .isEqualTo(
                        Delivery.received(delivery.side(), "ada@example.org", delivery.receivedAt(), delivery.body()));
    }

    /** For {@code curl}, which knows no API Gateway events. */
    @Test
    void everyWebhookEventHasItsBodyBesideIt() throws IOException {
        Map<String, String> bodies = new TreeMap<>();
        Map<String, String> expected = new TreeMap<>();
        for (String side : List.of("didomi", "dynamics")) {
            try (DirectoryStream<Path> events = Files.newDirectoryStream(EVENTS, side + "-*.json")) {
                for (Path event : events) {
                    expected.put(event.getFileName().toString(), body(MAPPER.readTree(event.toFile())));
                }
            }
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(EVENTS.resolve("bodies"))) {
            for (Path file : files) {
                bodies.put(file.getFileName().toString(), Files.readString(file));
            }
        }

        assertThat(bodies).isNotEmpty().isEqualTo(expected);
    }

    private static String body(JsonNode event) {
        String body = event.path("body").textValue();
        return event.path("isBase64Encoded").booleanValue()
                ? new String(Base64.getDecoder().decode(body), UTF_8)
                : body;
    }

    @Test
    void scheduleInputsHaveSamples() throws IOException {
        List<JsonNode> configured = new ArrayList<>();
        for (JsonNode event : template.functions().get("ReconciliationFunction").path("Events")) {
            if (event.path("Type").asText().equals("ScheduleV2")) {
                configured.add(MAPPER.readTree(event.at("/Properties/Input").asText()));
            }
        }

        assertThat(configured)
                .containsExactlyInAnyOrder(
                        MAPPER.readTree(EVENTS.resolve("schedule/full.json").toFile()),
                        MAPPER.readTree(EVENTS.resolve("schedule/dynamics.json").toFile()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "update", "delete"})
    void stackEventsHaveThePropertiesOfTheResource(String request) throws IOException {
        CloudFormationCustomResourceEvent event =
                read("stack/" + request + ".json", CloudFormationCustomResourceEvent.class);
        JsonNode properties = template.resource("Registration").path("Properties");

        assertThat(event.getRequestType()).isEqualToIgnoringCase(request);
        assertThat(event.getResourceProperties().keySet())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(properties.has(name)).as(name).isTrue());
    }
}
