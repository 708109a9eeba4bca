package io.github.consentbridge.mapping.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * Reads and writes JSON trees as a default {@code ObjectMapper} does, but without one: creating the first mapper takes
 * longer than the rest of a webhook function's start.
 */
public final class JsonTree {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonFactory PLAIN = new JsonFactory();
    private static final JsonFactory ASCII =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private JsonTree() {}

    /**
     * Reads one value; a missing node if there is none. If a name occurs twice in an object, the last member counts.
     * The parser's factory bounds the nesting.
     *
     * @throws com.fasterxml.jackson.core.JsonProcessingException if it is not JSON, or continues after the value; the
     *     message quotes the text
     */
    public static JsonNode read(JsonParser parser) throws IOException {
        JsonNode value = parser.nextToken() == null ? MissingNode.getInstance() : value(parser);
        if (parser.nextToken() != null) {
            throw new JsonParseException(parser, "the text continues after the value");
        }
        return value;
    }

    public static JsonNode read(String text) throws IOException {
        try (JsonParser parser = PLAIN.createParser(text)) {
            return read(parser);
        }
    }

    /** Parses UTF-8 text. */
    public static JsonNode read(byte[] text) throws IOException {
        try (JsonParser parser = PLAIN.createParser(text)) {
            return read(parser);
        }
    }

    /** The tree as text on one line, which UTF-8 can encode: unpaired surrogates are escaped. */
    public static String write(JsonNode tree) {
        String text = write(tree, PLAIN);
        return Surrogates.arePaired(text) ? text : write(tree, ASCII);
    }

    /** The same in ASCII; other characters are escaped. */
    public static String writeAscii(JsonNode tree) {
        return write(tree, ASCII);
    }

    private static JsonNode value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw new JsonParseException(parser, "no value starts here");
        };
    }

    private static ObjectNode object(JsonParser parser) throws IOException {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            object.set(name, value(parser));
        }
        return object;
    }

    private static ArrayNode array(JsonParser parser) throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }

    /**
     * Exact, unless the parser's factory admits more digits than Jackson itself does: parsing those takes quadratic time,
     * and no number of the other systems has so many.
     */
    private static JsonNode integer(JsonParser parser) throws IOException {
        if (parser.getTextLength() > StreamReadConstraints.DEFAULT_MAX_NUM_LEN) {
            return NODES.numberNode(parser.getDoubleValue());
        }
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    private static String write(JsonNode tree, JsonFactory factory) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = factory.createGenerator(text)) {
            write(tree, generator);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return text.toString();
    }

    private static void write(JsonNode node, JsonGenerator generator) throws IOException {
        switch (node.getNodeType()) {
            case OBJECT -> {
                generator.writeStartObject();
                for (Map.Entry<String, JsonNode> member : node.properties()) {
                    generator.writeFieldName(member.getKey());
                    write(member.getValue(), generator);
                }
                generator.writeEndObject();
            }
            case ARRAY -> {
                generator.writeStartArray();
                for (JsonNode item : node) {
                    write(item, generator);
                }
                generator.writeEndArray();
            }
            case STRING -> generator.writeString(node.textValue());
            case BOOLEAN -> generator.writeBoolean(node.booleanValue());
            case NUMBER -> number(node, generator);
            case NULL -> generator.writeNull();
            default -> throw new IllegalArgumentException("not a JSON value: " + node.getNodeType());
        }
    }

    private static void number(JsonNode node, JsonGenerator generator) throws IOException {
        switch (node.numberType()) {
            case INT -> generator.writeNumber(node.intValue());
            case LONG -> generator.writeNumber(node.longValue());
            case BIG_INTEGER -> generator.writeNumber(node.bigIntegerValue());
            case BIG_DECIMAL -> generator.writeNumber(node.decimalValue());
            case FLOAT -> generator.writeNumber(node.floatValue());
            case DOUBLE -> generator.writeNumber(node.doubleValue());
        }
    }
}
