package io.github.consentbridge.sync.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The requests in {@code events/}. */
final class SampleEvents {
    private static final Path FOLDER = WebhookClient.ROOT.resolve("events");

    private SampleEvents() {}

    /** One side's, in the order in which the demo plays them. */
    static List<String> names(String side) {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(side + "-"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static WebhookRequest read(String name) {
        JsonNode event = event(name);
        JsonNode http = event.at("/requestContext/http");
        Map<String, String> headers = new TreeMap<>();
        event.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().textValue()));
        String body = event.path("body").textValue();
        RequestHead head = new RequestHead(
                http.path("method").textValue(),
                event.path("rawPath").textValue(),
                headers,
                http.path("sourceIp").textValue());
        return new WebhookRequest(
                head, event.path("isBase64Encoded").booleanValue() ? RequestBody.ofBase64(body) : RequestBody.of(body));
    }

    private static JsonNode event(String name) {
        try {
            return new JsonMapper().readTree(FOLDER.resolve(name).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
