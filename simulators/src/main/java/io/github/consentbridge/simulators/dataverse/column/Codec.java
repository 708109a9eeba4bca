package io.github.consentbridge.simulators.dataverse.column;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Converts column values between JSON and storage. The stored types are Boolean, Integer (options, whole numbers),
 * Long, BigDecimal, Double, String (text, and several options in ascending order), Instant in whole seconds, LocalDate,
 * UUID, {@link Reference}.
 */
public final class Codec {
    private static final LocalDate FIRST_DAY = LocalDate.of(1753, 1, 1);
    private static final int MAX_OPTIONS = 150;

    private Codec() {}

    /**
     * Parses and validates a value to be written. An empty text is stored as null, as in Dataverse.
     *
     * @throws DataverseError if it does not fit the column
     */
    public static @Nullable Object read(SimulatedColumn column, JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        return switch (column.type()) {
            case BOOLEAN -> bool(column, value);
            case PICKLIST, STATE, STATUS -> option(column, int32(column, value));
            case MULTI_SELECT_PICKLIST -> options(column, text(column, value));
            case STRING, MEMO -> limited(column, text(column, value));
            case INTEGER ->
                ranged(column, BigDecimal.valueOf(int32(column, value)), "0x8004432f")
                        .intValueExact();
            case BIG_INT -> int64(column, value);
            case DECIMAL, MONEY ->
                ranged(column, number(column, value), "0x80044330").setScale(column.precision(), RoundingMode.HALF_UP);
            case DOUBLE -> ranged(column, number(column, value), "0x80044330").doubleValue();
            case DATE_TIME ->
                column.behavior() == DateTimeBehavior.DATE_ONLY ? date(column, value) : dateTime(column, value);
            case UNIQUE_IDENTIFIER -> uuid(text(column, value)).orElseThrow(() -> mismatch(column, value, "Edm.Guid"));
            case LOOKUP ->
                throw DataverseError.payload(
                        column.table(), "Property '" + column.logicalName() + "' is read by reference.");
        };
    }

    public static JsonNode write(@Nullable Object value) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (value == null) {
            return json.nullNode();
        } else if (value instanceof Boolean bool) {
            return json.booleanNode(bool);
        } else if (value instanceof Integer number) {
            return json.numberNode(number);
        } else if (value instanceof Long number) {
            return json.numberNode(number);
        } else if (value instanceof Double number) {
            return json.numberNode(number);
        } else if (value instanceof BigDecimal number) {
            return json.numberNode(number);
        } else if (value instanceof Reference reference) {
            return json.textNode(reference.id().toString());
        }
        return json.textNode(value.toString());
    }

    public static Optional<UUID> uuid(String text) {
        // UUID.fromString also takes "1-1-1-1-1".
        return text.length() == 36 && text.matches("[0-9a-fA-F-]{36}") ? parsed(text) : Optional.empty();
    }

    private static Optional<UUID> parsed(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A time with {@code Z}, an offset or neither, which means UTC; whole seconds. */
    public static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.SECONDS));
        } catch (DateTimeParseException e) {
            try {
                return Optional.of(
                        LocalDateTime.parse(text).toInstant(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS));
            } catch (DateTimeParseException again) {
                return Optional.empty();
            }
        }
    }

    private static Boolean bool(SimulatedColumn column, JsonNode value) {
        if (!value.isBoolean()) {
            throw mismatch(column, value, "Edm.Boolean");
        }
        return value.booleanValue();
    }

    private static int int32(SimulatedColumn column, JsonNode value) {
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw mismatch(column, value, "Edm.Int32");
        }
        return value.intValue();
    }

    private static long int64(SimulatedColumn column, JsonNode value) {
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw mismatch(column, value, "Edm.Int64");
        }
        return value.longValue();
    }

    private static BigDecimal number(SimulatedColumn column, JsonNode value) {
        if (!value.isNumber()) {
            throw mismatch(column, value, "Edm.Decimal");
        }
        return value.decimalValue();
    }

    private static String text(SimulatedColumn column, JsonNode value) {
        if (!value.isTextual()) {
            throw mismatch(column, value, "Edm.String");
        }
        return value.textValue();
    }

    private static @Nullable String limited(SimulatedColumn column, String text) {
        if (text.length() > column.maxLength()) {
            throw new DataverseError(
                    400,
                    "0x80044331",
                    "A validation error occurred.  The length of the '" + column.logicalName()
                            + "' attribute of the '" + column.table()
                            + "' entity exceeded the maximum allowed length of '"
                            + column.maxLength() + "'.");
        }
        return text.isEmpty() ? null : text;
    }

    private static BigDecimal ranged(SimulatedColumn column, BigDecimal number, String code) {
        if (number.compareTo(column.minimum()) < 0 || number.compareTo(column.maximum()) > 0) {
            throw new DataverseError(
                    400,
                    code,
                    "A validation error occurred.  The value " + number.toPlainString() + " of '" + column.logicalName()
                            + "' on record of type '" + column.table() + "' is outside the valid range.");
        }
        return number;
    }

    private static Integer option(SimulatedColumn column, int number) {
        if (!column.options().containsKey(number)) {
            String accepted =
                    column.options().keySet().stream().map(String::valueOf).collect(Collectors.joining(","));
            throw new DataverseError(
                    400,
                    "0x8004431a",
                    "A validation error occurred.  The value " + number + " of '" + column.logicalName()
                            + "' on record of type '" + column.table()
                            + "' is outside the valid range. Accepted Values: " + accepted);
        }
        return number;
    }

    private static @Nullable String options(SimulatedColumn column, String list) {
        if (list.isEmpty()) {
            return null;
        }
        TreeSet<Integer> numbers = new TreeSet<>();
        for (String number : list.split(",", -1)) {
            if (!number.matches("-?[0-9]{1,10}")) {
                throw DataverseError.payload(
                        column.table(),
                        "Cannot convert the literal '" + list + "' to the expected type"
                                + " 'Collection(Edm.Int32)' of property '" + column.logicalName() + "'.");
            }
            numbers.add(option(column, (int) Long.parseLong(number)));
        }
        if (numbers.size() > MAX_OPTIONS) {
            throw new DataverseError(
                    400,
                    "0x8004431a",
                    "A validation error occurred. '" + column.logicalName() + "' has too many values.");
        }
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static LocalDate date(SimulatedColumn column, JsonNode value) {
        try {
            return notTooEarly(LocalDate.parse(text(column, value)));
        } catch (DateTimeParseException e) {
            throw mismatch(column, value, "Edm.Date");
        }
    }

    private static Instant dateTime(SimulatedColumn column, JsonNode value) {
        Instant time = instant(text(column, value)).orElseThrow(() -> mismatch(column, value, "Edm.DateTimeOffset"));
        notTooEarly(time.atOffset(ZoneOffset.UTC).toLocalDate());
        return time;
    }

    private static LocalDate notTooEarly(LocalDate day) {
        if (day.isBefore(FIRST_DAY)) {
            throw new DataverseError(
                    400,
                    "0x80040239",
                    "DateTime is less than minimum value supported by CrmDateTime. Actual value: " + day
                            + ", Minimum value supported: 01/01/1753 00:00:00");
        }
        return day;
    }

    private static DataverseError mismatch(SimulatedColumn column, JsonNode value, String expected) {
        return DataverseError.payload(
                column.table(),
                "Cannot convert the literal '" + value.asText() + "' to the expected type '" + expected + "'.");
    }
}
