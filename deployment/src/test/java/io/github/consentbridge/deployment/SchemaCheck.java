package io.github.consentbridge.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * Checks JSON against the part of JSON Schema 2020-12 that the published description uses. A keyword that it does not know
 * is an error, so that nothing is described that is not checked.
 */
final class SchemaCheck {
    private static final Set<String> ANNOTATIONS = Set.of("description", "examples");

    private final JsonNode document;

    /** @param document what references point into */
    SchemaCheck(JsonNode document) {
        this.document = document;
    }

    /** This node, or the one that it refers to. */
    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? referred(node.path("$ref")) : node;
    }

    private JsonNode referred(JsonNode reference) {
        JsonNode found = document.at(reference.textValue().substring(1));
        if (found.isMissingNode()) {
            throw new AssertionError("there is nothing at " + reference);
        }
        return found;
    }

    /** One line for each thing that is wrong; empty if the value fits. */
    List<String> problems(JsonNode schema, JsonNode value) {
        if (!schema.isObject()) {
            throw new AssertionError("there is no schema for " + value);
        }
        List<String> problems = new ArrayList<>();
        check(schema, value, "", problems);
        return problems;
    }

    private void check(JsonNode schema, JsonNode value, String at, List<String> problems) {
        schema.properties().forEach(keyword -> {
            JsonNode wanted = keyword.getValue();
            switch (keyword.getKey()) {
                case "$ref" -> check(referred(wanted), value, at, problems);
                case "allOf" -> wanted.forEach(part -> check(part, value, at, problems));
                case "items" -> value.forEach(item -> check(wanted, item, at + "/*", problems));
                case "properties" ->
                    wanted.properties().stream()
                            .filter(member -> value.has(member.getKey()))
                            .forEach(member -> check(
                                    member.getValue(),
                                    value.path(member.getKey()),
                                    at + "/" + member.getKey(),
                                    problems));
                default -> {
                    if (!fits(keyword.getKey(), wanted, schema, value)) {
                        problems.add(at + ": " + value + " does not fit " + keyword.getKey() + " " + wanted);
                    }
                }
            }
        });
    }

    private boolean fits(String keyword, JsonNode wanted, JsonNode schema, JsonNode value) {
        return switch (keyword) {
            case "type" -> wanted.isArray() ? any(wanted, type -> isOf(type, value)) : isOf(wanted, value);
            case "const" -> value.equals(wanted);
            case "enum" -> any(wanted, value::equals);
            case "anyOf" -> any(wanted, part -> problems(part, value).isEmpty());
            case "minimum" -> !value.isNumber() || value.doubleValue() >= wanted.doubleValue();
            case "format" -> !value.isTextual() || isTime(wanted, value);
            case "required" -> !value.isObject() || all(wanted, name -> value.has(name.textValue()));
            case "additionalProperties" -> wanted.booleanValue() || hasOnly(schema.path("properties"), value);
            default -> {
                if (!ANNOTATIONS.contains(keyword)) {
                    throw new AssertionError("the keyword " + keyword + " is not checked: add it here");
                }
                yield true;
            }
        };
    }

    private static boolean isOf(JsonNode type, JsonNode value) {
        return switch (type.asText()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> throw new AssertionError("the type " + type + " is not checked: add it here");
        };
    }

    private static boolean isTime(JsonNode format, JsonNode value) {
        if (!format.textValue().equals("date-time")) {
            throw new AssertionError("the format " + format + " is not checked: add it here");
        }
        try {
            Instant.parse(value.textValue());
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean hasOnly(JsonNode properties, JsonNode value) {
        return value.properties().stream().allMatch(member -> properties.has(member.getKey()));
    }

    private static boolean any(JsonNode list, Predicate<JsonNode> predicate) {
        return StreamSupport.stream(list.spliterator(), false).anyMatch(predicate);
    }

    private static boolean all(JsonNode list, Predicate<JsonNode> predicate) {
        return StreamSupport.stream(list.spliterator(), false).allMatch(predicate);
    }
}
