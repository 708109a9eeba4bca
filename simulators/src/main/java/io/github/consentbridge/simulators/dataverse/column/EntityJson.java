package io.github.consentbridge.simulators.dataverse.column;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes rows and values like the platform's data contract serializer for webhooks. */
public final class EntityJson {
    private static final String CONTRACTS = ":http://schemas.microsoft.com/xrm/2011/Contracts";
    /** Keeps the digits of decimal numbers. */
    private static final JsonNodeFactory JSON = new JsonNodeFactory(true);

    private final ZoneOffset offset;

    /** @param offset of the server's clock, which formatted times show */
    public EntityJson(ZoneOffset offset) {
        this.offset = offset;
    }

    /** A row as an input parameter. */
    public ObjectNode target(UUID id, Map<SimulatedColumn, @Nullable Object> values) {
        ObjectNode entity = typed("Entity");
        entity.setAll(entity(id, values));
        return entity;
    }

    /** A row as an image, which has no outer type. */
    public ObjectNode entity(UUID id, Map<SimulatedColumn, @Nullable Object> values) {
        ObjectNode entity = JSON.objectNode();
        ArrayNode attributes = entity.putArray("Attributes");
        values.forEach((column, value) -> attributes.add(pair(column.logicalName(), value(column, value))));
        entity.putNull("EntityState");
        ArrayNode formatted = entity.putArray("FormattedValues");
        values.forEach((column, value) -> formatted(column, value)
                .ifPresent(text -> formatted.add(pair(column.logicalName(), JSON.textNode(text)))));
        entity.put("Id", id.toString());
        entity.putArray("KeyAttributes");
        entity.put("LogicalName", "contact");
        entity.putArray("RelatedEntities");
        entity.putNull("RowVersion");
        return entity;
    }

    public static ObjectNode reference(Reference target) {
        ObjectNode reference = typed("EntityReference");
        reference.setAll(untypedReference(target));
        return reference;
    }

    public static ObjectNode untypedReference(Reference target) {
        ObjectNode reference = JSON.objectNode();
        reference.put("Id", target.id().toString());
        reference.putArray("KeyAttributes");
        reference.put("LogicalName", target.logicalName());
        reference.putNull("Name");
        reference.putNull("RowVersion");
        return reference;
    }

    public static ObjectNode pair(String key, JsonNode value) {
        ObjectNode pair = JSON.objectNode();
        pair.put("key", key);
        pair.set("value", value);
        return pair;
    }

    /** {@code /Date(ms)/}. */
    static String date(Instant time) {
        return "/Date(" + time.toEpochMilli() + ")/";
    }

    private static JsonNode value(SimulatedColumn column, @Nullable Object value) {
        if (value == null) {
            return JSON.nullNode();
        }
        return switch (column.type()) {
            case BOOLEAN -> JSON.booleanNode((Boolean) value);
            case PICKLIST, STATE, STATUS -> option((Integer) value);
            case MULTI_SELECT_PICKLIST -> options(value.toString());
            case STRING, MEMO, UNIQUE_IDENTIFIER -> JSON.textNode(value.toString());
            case INTEGER -> JSON.numberNode((Integer) value);
            case BIG_INT -> JSON.numberNode((Long) value);
            case DECIMAL -> JSON.numberNode((BigDecimal) value);
            case DOUBLE -> JSON.numberNode((Double) value);
            case MONEY -> typed("Money").set("Value", JSON.numberNode((BigDecimal) value));
            case DATE_TIME -> JSON.textNode(date(instant(value)));
            case LOOKUP -> reference((Reference) value);
        };
    }

    private static ObjectNode option(int number) {
        return typed("OptionSetValue").put("Value", number);
    }

    private static ArrayNode options(String numbers) {
        ArrayNode options = JSON.arrayNode();
        Arrays.stream(numbers.split(",", -1)).map(Integer::valueOf).forEach(number -> options.add(option(number)));
        return options;
    }

    /** The value as the app displays it; texts and ids are not formatted. */
    private Optional<String> formatted(SimulatedColumn column, @Nullable Object value) {
        if (value == null) {
            return Optional.empty();
        }
        return switch (column.type()) {
            case BOOLEAN -> Optional.of(Boolean.TRUE.equals(value) ? "Yes" : "No");
            case PICKLIST, STATE, STATUS, MULTI_SELECT_PICKLIST -> Optional.of(labels(column, value.toString()));
            case INTEGER, DECIMAL, DOUBLE, MONEY -> Optional.of(value.toString());
            case DATE_TIME ->
                Optional.of(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                        instant(value).atOffset(offset)));
            case STRING, MEMO, UNIQUE_IDENTIFIER, BIG_INT, LOOKUP -> Optional.empty();
        };
    }

    private static String labels(SimulatedColumn column, String numbers) {
        return Arrays.stream(numbers.split(",", -1))
                .map(number -> column.options().getOrDefault(Integer.valueOf(number), number))
                .collect(Collectors.joining("; "));
    }

    /** The form of a date-only column in a webhook is not documented; here it is midnight in UTC. */
    private static Instant instant(Object value) {
        return value instanceof LocalDate day ? day.atStartOfDay(ZoneOffset.UTC).toInstant() : (Instant) value;
    }

    private static ObjectNode typed(String type) {
        return JSON.objectNode().put("__type", type + CONTRACTS);
    }
}
