package io.github.consentbridge.ledger;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.consentbridge.mapping.AttributeName;
import io.github.consentbridge.mapping.ConsentValue;
import io.github.consentbridge.settle.Decision;
import io.github.consentbridge.settle.Noticed;
import io.github.consentbridge.settle.Place;
import io.github.consentbridge.settle.Seen;
import io.github.consentbridge.settle.Stamp;
import io.github.consentbridge.settle.Told;
import io.github.consentbridge.settle.Writing;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of one place, as JSON. */
final class PlaceJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private PlaceJson() {}

    static ObjectNode write(Place place) {
        ObjectNode node = NODES.objectNode();
        @Nullable Told told = place.told();
        if (told != null) {
            withValue(node.putObject("told"), told.value())
                    .put("at", told.decidedAt().toString())
                    .put("version", told.rowVersion())
                    .put("delivery", told.delivery());
        }
        if (place.spent()) {
            node.put("spent", true);
        }
        @Nullable Noticed noticed = place.noticed();
        if (noticed != null) {
            ObjectNode change = withValue(node.putObject("noticed"), noticed.value())
                    .put("after", noticed.after().toString())
                    .put("at", noticed.at().toString())
                    .put("delivery", noticed.delivery())
                    .put("searched", noticed.searched());
            if (noticed.open() != null) {
                write(change.putObject("open"), noticed.open());
            }
        }
        @Nullable Seen seen = place.seen();
        if (seen != null) {
            withValue(node.putObject("seen"), seen.value())
                    .put("version", seen.stamp().version())
                    .put("at", seen.stamp().at().toString())
                    .put("since", seen.since().toString());
        }
        if (!place.writing().isEmpty()) {
            ArrayNode writing = node.putArray("writing");
            place.writing().forEach(write -> write(writing.addObject(), write));
        }
        return node;
    }

    private static void write(ObjectNode node, Writing write) {
        withValue(node, write.value()).put("condition", write.condition()).put("claims", write.claims());
    }

    private static Writing writing(JsonNode node) {
        return new Writing(
                valueIn(node),
                node.required("condition").textValue(),
                node.required("claims").intValue());
    }

    private static ObjectNode withValue(ObjectNode node, @Nullable ConsentValue value) {
        if (value != null) {
            node.set("value", write(value));
        }
        return node;
    }

    static JsonNode write(ConsentValue value) {
        if (value instanceof ConsentValue.Flag flag) {
            return BooleanNode.valueOf(flag.granted());
        }
        if (value instanceof ConsentValue.Text text) {
            return TextNode.valueOf(text.text());
        }
        ConsentValue.Unmapped unmapped = (ConsentValue.Unmapped) value;
        return NODES.objectNode()
                .put("column", unmapped.column().logicalName())
                .put("unmapped", unmapped.columnValue());
    }

    static Place read(JsonNode node) {
        JsonNode told = node.path("told");
        JsonNode noticed = node.path("noticed");
        JsonNode seen = node.path("seen");
        List<Writing> writing = new ArrayList<>();
        for (JsonNode write : node.path("writing")) {
            writing.add(writing(write));
        }
        return new Place(
                told.isMissingNode() ? null : told(told),
                node.path("spent").booleanValue(),
                noticed.isMissingNode() ? null : noticed(noticed),
                seen.isMissingNode() ? null : seen(seen),
                writing);
    }

    private static Told told(JsonNode node) {
        return new Told(
                valueIn(node),
                LedgerJson.requiredTime(node, "at"),
                node.required("version").longValue(),
                node.required("delivery").textValue());
    }

    private static Noticed noticed(JsonNode node) {
        return new Noticed(
                valueIn(node),
                LedgerJson.requiredTime(node, "after"),
                LedgerJson.requiredTime(node, "at"),
                node.path("delivery").asText(Decision.UNSEEN),
                node.required("searched").booleanValue(),
                node.has("open") ? writing(node.required("open")) : null);
    }

    private static Seen seen(JsonNode node) {
        Stamp stamp = new Stamp(node.required("version").longValue(), LedgerJson.requiredTime(node, "at"));
        return new Seen(optionalValue(node), stamp, LedgerJson.requiredTime(node, "since"));
    }

    static ConsentValue valueIn(JsonNode node) {
        return requireNonNull(optionalValue(node), "value");
    }

    private static @Nullable ConsentValue optionalValue(JsonNode node) {
        JsonNode value = node.path("value");
        if (value.isMissingNode()) {
            return null;
        }
        if (value.isBoolean()) {
            return ConsentValue.of(value.booleanValue());
        }
        return value.isTextual()
                ? new ConsentValue.Text(value.textValue())
                : new ConsentValue.Unmapped(
                        new AttributeName(value.required("column").textValue()),
                        value.required("unmapped").textValue());
    }
}
