package io.github.consentbridge.standalone.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.standalone.server.BridgeServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One thing that happens in the demo. */
record DemoStep(String name, Act act) {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long LOOK_EVERY_MILLISECONDS = 20;

    /** Does it, and says what the bridge answered. */
    @FunctionalInterface
    interface Act {
        String run() throws IOException, InterruptedException;
    }

    /** The sample deliveries of {@code events/}, then a person's own choice. */
    static List<DemoStep> all(DemoSystems systems, BridgeServer bridge) throws IOException {
        List<DemoStep> steps = new ArrayList<>();
        for (Map.Entry<String, byte[]> sample : SampleEvents.all().entrySet()) {
            JsonNode event = MAPPER.readTree(sample.getValue());
            steps.add(new DemoStep(sample.getKey(), () -> post(event, bridge)));
        }
        steps.add(new DemoStep("Ada refuses the newsletter in Didomi", () -> refuse(systems, "ada@example.org")));
        return steps;
    }

    private static String post(JsonNode event, BridgeServer bridge) throws IOException, InterruptedException {
        byte[] body = event.path("isBase64Encoded").booleanValue()
                ? Base64.getDecoder().decode(event.path("body").asText())
                : event.path("body").asText().getBytes(UTF_8);
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        bridge.url(event.path("rawPath").asText()))
                .method(event.at("/requestContext/http/method").asText(), BodyPublishers.ofByteArray(body));
        event.path("headers").properties().stream()
                .filter(header -> header.getKey().startsWith("x-consent")
                        || header.getKey().equals("content-type"))
                .forEach(header ->
                        request.header(header.getKey(), header.getValue().asText()));
        var response = HTTP.send(request.build(), BodyHandlers.ofString());
        JsonNode answer = MAPPER.readTree(response.body());
        String reason = answer.path("reason").asText();
        return response.statusCode() + " " + answer.path("status").asText() + (reason.isEmpty() ? "" : ": " + reason);
    }

    private static String refuse(DemoSystems systems, String person) {
        systems.simulators().didomi().choose(SimulatedChoice.by(person).purpose("newsletter", false));
        return systems.simulators().didomi().deliverAll().stream()
                .map(Object::toString)
                .collect(Collectors.joining(", "));
    }

    DemoOutcome run(DemoSystems systems, BridgeServer bridge) throws IOException, InterruptedException {
        Map<String, String> before = systems.columns();
        String answer = act.run();
        while (!bridge.isIdle()) {
            Thread.sleep(LOOK_EVERY_MILLISECONDS);
        }
        List<String> changes = new ArrayList<>();
        systems.columns().forEach((column, value) -> {
            if (!value.equals(before.get(column))) {
                changes.add(column + ": " + before.get(column) + " -> " + value);
            }
        });
        return new DemoOutcome(name, answer, changes);
    }
}
