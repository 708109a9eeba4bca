package io.github.consentbridge.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.standalone.host.BridgeServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** One step of the demo. */
record DemoStep(String name, Act act) {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long LOOK_EVERY_MILLISECONDS = 20;

    /** Two are enough; if the loop protection breaks, the demo ends and shows a large number. */
    private static final int MAX_ROUNDS = 20;

    /** Acts and returns the bridge's answer; empty if nothing was sent to it. */
    @FunctionalInterface
    interface Act {
        String run() throws IOException, InterruptedException;
    }

    /** The sample deliveries of {@code events/}, then changes on both sides. */
    static List<DemoStep> all(DemoSystems systems, BridgeServer bridge) throws IOException {
        List<DemoStep> steps = new ArrayList<>();
        for (Map.Entry<String, byte[]> sample : SampleEvents.all().entrySet()) {
            JsonNode event = MAPPER.readTree(sample.getValue());
            steps.add(new DemoStep(sample.getKey(), () -> post(event, bridge)));
        }
        steps.add(new DemoStep("Ada refuses the newsletter in Didomi", () -> {
            systems.choose("ada@example.org", "newsletter", false);
            return "";
        }));
        steps.add(new DemoStep("staff grant Blaise the newsletter in Dynamics", () -> {
            systems.edit("blaise@example.org", "new_newsletter", true);
            return "";
        }));
        steps.add(new DemoStep("staff tick that O'Brien takes bulk e-mail", () -> {
            systems.edit("o'brien@example.org", "donotbulkemail", false);
            return "";
        }));
        steps.add(new DemoStep("Renée grants, staff refuse in the same second", () -> {
            systems.choose("renée@example.org", "newsletter", true);
            systems.edit("renée@example.org", "new_newsletter", false);
            return "";
        }));
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

    /** Acts, then delivers the notifications of both systems until none is left. */
    DemoOutcome run(DemoSystems systems, BridgeServer bridge) throws IOException, InterruptedException {
        Map<String, String> before = systems.shown();
        String answer = act.run();
        awaitIdle(bridge);
        List<Integer> delivered = settle(systems, bridge);
        List<String> changes = new ArrayList<>();
        systems.shown().forEach((place, value) -> {
            if (!value.equals(before.get(place))) {
                changes.add(place + ": " + before.get(place) + " -> " + value);
            }
        });
        return new DemoOutcome(name, answer.isEmpty() ? delivered.size() + " notifications" : answer, changes);
    }

    /** Delivers what both systems notify until nothing is left; the bridge's answers. */
    static List<Integer> settle(DemoSystems systems, BridgeServer bridge) throws InterruptedException {
        List<Integer> delivered = new ArrayList<>();
        List<Integer> answers = systems.deliver();
        for (int round = 0; round < MAX_ROUNDS && !answers.isEmpty(); round++) {
            delivered.addAll(answers);
            awaitIdle(bridge);
            answers = systems.deliver();
        }
        return delivered;
    }

    private static void awaitIdle(BridgeServer bridge) throws InterruptedException {
        while (!bridge.isIdle()) {
            Thread.sleep(LOOK_EVERY_MILLISECONDS);
        }
    }
}
