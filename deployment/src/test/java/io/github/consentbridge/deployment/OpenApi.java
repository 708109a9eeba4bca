package io.github.consentbridge.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The published description of the HTTP endpoints. */
final class OpenApi {
    private final JsonNode root;
    private final SchemaCheck schemas;

    /** One operation of the description. */
    record Operation(String method, String path, JsonNode described) {
        String id() {
            return described.path("operationId").asText();
        }

        Set<Integer> statuses() {
            Set<Integer> statuses = new TreeSet<>();
            described.path("responses").fieldNames().forEachRemaining(status -> statuses.add(Integer.valueOf(status)));
            return statuses;
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private OpenApi(JsonNode root) {
        this.root = root;
        this.schemas = new SchemaCheck(root);
    }

    static OpenApi read() {
        try (var reader = Files.newBufferedReader(Template.ROOT.resolve("docs/openapi.yaml"))) {
            Object loaded = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
            return new OpenApi(new JsonMapper().valueToTree(loaded));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        root.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> operations.add(new Operation(
                                method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()))));
        return operations;
    }

    Operation operation(String method, String path) {
        return operations().stream()
                .filter(each -> each.method().equals(method) && each.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    Set<String> paths() {
        Set<String> paths = new TreeSet<>();
        root.path("paths").fieldNames().forEachRemaining(paths::add);
        return paths;
    }

    private JsonNode answer(Operation operation, int status) {
        return schemas.resolved(operation.described().path("responses").path(Integer.toString(status)));
    }

    /** The one media type that an answer has. */
    String contentType(Operation operation, int status) {
        return answer(operation, status).path("content").fieldNames().next();
    }

    /** What is wrong with an answer in JSON; empty if it is as described. */
    List<String> problemsOfAnswer(Operation operation, int status, JsonNode body) {
        return schemas.problems(answer(operation, status).at("/content/application~1json/schema"), body);
    }

    /** The headers that an answer must have, with the value of each. */
    JsonNode headersOfAnswer(Operation operation, int status) {
        return answer(operation, status).path("headers");
    }

    /** What is wrong with a request's body; empty if it is as described. */
    List<String> problemsOfRequest(Operation operation, JsonNode body) {
        return schemas.problems(operation.described().at("/requestBody/content/application~1json/schema"), body);
    }

    /** Every text that some member is described to have. */
    Set<String> fixedTexts() {
        Set<String> texts = new TreeSet<>();
        for (JsonNode one : root.findValues("const")) {
            addTexts(one, texts);
        }
        for (JsonNode several : root.findValues("enum")) {
            addTexts(several, texts);
        }
        return texts;
    }

    private static void addTexts(JsonNode value, Set<String> texts) {
        if (value.isTextual()) {
            texts.add(value.textValue());
        }
        value.forEach(each -> addTexts(each, texts));
    }
}
