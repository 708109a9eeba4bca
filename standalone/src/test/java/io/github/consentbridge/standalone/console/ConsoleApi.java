package io.github.consentbridge.standalone.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code docs/console-api.yaml}. */
final class ConsoleApi {
    static final JsonNode DESCRIBED = read();

    private ConsoleApi() {}

    private static JsonNode read() {
        try (Reader reader = Files.newBufferedReader(Path.of("../docs/console-api.yaml"))) {
            Object loaded = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
            return new JsonMapper().valueToTree(loaded);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code GET /api/session}, and so on. */
    static Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        DESCRIBED
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                    if (!method.equals("parameters")) {
                        operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                    }
                }));
        return operations;
    }

    /** Fails if an answer is not as it is described: its status, and the members of its body. */
    static void check(String method, String path, int status, JsonNode body) {
        JsonNode operation = operation(method, path);
        if (operation.isMissingNode()) {
            return;
        }
        JsonNode answer = operation.path("responses").path(Integer.toString(status));
        String name = method + " " + path + " " + status;
        if (answer.has("$ref")) {
            answer = DESCRIBED.at(answer.path("$ref").asText().substring(1));
        }
        if (answer.isMissingNode()) {
            throw new AssertionError("not described: " + name);
        }
        JsonNode schema = answer.at("/content/application~1json/schema");
        if (schema.has("$ref")) {
            schema = DESCRIBED.at(schema.path("$ref").asText().substring(1));
        }
        members(name, schema, body);
    }

    private static void members(String name, JsonNode schema, JsonNode body) {
        for (JsonNode required : schema.path("required")) {
            if (!body.has(required.asText())) {
                throw new AssertionError(name + " lacks " + required.asText());
            }
        }
        body.fieldNames().forEachRemaining(member -> {
            if (schema.has("properties") && !schema.path("properties").has(member)) {
                throw new AssertionError(name + " has " + member + ", which is not described");
            }
        });
        schema.path("properties").properties().forEach(member -> type(name, member.getKey(), member.getValue(), body));
    }

    private static void type(String name, String member, JsonNode schema, JsonNode body) {
        JsonNode value = body.path(member);
        String types = schema.path("type").toString();
        boolean fits = value.isMissingNode()
                || types.isEmpty()
                || (value.isNull() && types.contains("null"))
                || (value.isTextual() && types.contains("string"))
                || (value.isBoolean() && types.contains("boolean"))
                || (value.isIntegralNumber() && types.contains("integer"))
                || (value.isNumber() && types.contains("number"))
                || (value.isArray() && types.contains("array"))
                || (value.isObject() && types.contains("object"));
        if (!fits) {
            throw new AssertionError(name + ": " + member + " is " + value + ", described as " + types);
        }
    }

    private static JsonNode operation(String method, String path) {
        String plain = path.replaceAll("[?].*", "");
        String pattern = plain.replaceAll("^/api/tasks/[^/]+", "/api/tasks/{id}");
        return DESCRIBED.path("paths").path(pattern).path(method.toLowerCase(Locale.ROOT));
    }
}
