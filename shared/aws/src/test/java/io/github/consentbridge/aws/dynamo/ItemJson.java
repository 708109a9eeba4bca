package io.github.consentbridge.aws.dynamo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item in DynamoDB's own JSON, as the AWS CLI prints it.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html">AttributeValue</a>
 */
final class ItemJson {
    private ItemJson() {}

    static ObjectNode write(Map<String, AttributeValue> item) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        item.keySet().stream().sorted().forEach(name -> json.set(name, write(item.get(name))));
        return json;
    }

    private static ObjectNode write(AttributeValue value) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        switch (value.type()) {
            case S -> json.put("S", value.s());
            case N -> json.put("N", value.n());
            case B -> json.put("B", value.b().asByteArray());
            case L -> value.l().forEach(part -> json.withArray("L").add(write(part)));
            default -> throw new IllegalArgumentException("no item of ours has the type " + value.type());
        }
        return json;
    }

    static Map<String, AttributeValue> read(JsonNode json) {
        Map<String, AttributeValue> item = new HashMap<>();
        json.properties().forEach(attribute -> item.put(attribute.getKey(), value(attribute.getValue())));
        return item;
    }

    private static AttributeValue value(JsonNode json) {
        if (json.has("S")) {
            return AttributeValue.fromS(json.get("S").textValue());
        }
        if (json.has("N")) {
            return AttributeValue.fromN(json.get("N").textValue());
        }
        if (json.has("B")) {
            return AttributeValue.fromB(SdkBytes.fromByteArray(bytes(json.get("B"))));
        }
        List<AttributeValue> parts = new ArrayList<>();
        json.required("L").forEach(part -> parts.add(value(part)));
        return AttributeValue.fromL(parts);
    }

    private static byte[] bytes(JsonNode json) {
        try {
            return json.binaryValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
