package io.github.consentbridge.simulators.dataverse.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.simulators.dataverse.column.Codec;
import io.github.consentbridge.simulators.dataverse.column.ColumnType;
import io.github.consentbridge.simulators.dataverse.column.DataverseError;
import io.github.consentbridge.simulators.dataverse.column.DateTimeBehavior;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.dataverse.query.Condition.Operator;
import io.github.consentbridge.simulators.dataverse.query.FilterLexer.Kind;
import io.github.consentbridge.simulators.dataverse.query.FilterLexer.Token;
import io.github.consentbridge.simulators.dataverse.table.ContactTable;
import io.github.consentbridge.simulators.http.Json;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Parses the part of {@code $filter} that the bridge may use; everything else is refused. */
public final class FilterParser {
    private static final int MAX_CONDITIONS = 500;
    private static final int MAX_VALUES = 500;
    private static final String IN = "Microsoft.Dynamics.CRM.In";

    private final Rows table;
    private final String filter;
    private final Map<String, String> aliases;
    private final List<Token> tokens;
    private int at;
    private int conditions;

    private FilterParser(Rows table, String filter, Map<String, String> aliases) {
        this.table = table;
        this.filter = filter;
        this.aliases = aliases;
        this.tokens = FilterLexer.tokens(filter);
    }

    /**
     * Parses a {@code $filter}.
     *
     * @param aliases query parameters that start with {@code @}
     */
    public static Condition parse(Rows table, String filter, Map<String, String> aliases) {
        FilterParser parser = new FilterParser(table, filter, aliases);
        Condition condition = parser.any();
        if (parser.peek().kind() != Kind.END) {
            throw parser.syntaxError();
        }
        return condition;
    }

    private Condition any() {
        List<Condition> parts = new ArrayList<>(List.of(all()));
        while (peek().is("or")) {
            at++;
            parts.add(all());
        }
        return parts.size() == 1 ? parts.get(0) : new Condition.Any(parts);
    }

    private Condition all() {
        List<Condition> parts = new ArrayList<>(List.of(one()));
        while (peek().is("and")) {
            at++;
            parts.add(one());
        }
        return parts.size() == 1 ? parts.get(0) : new Condition.All(parts);
    }

    private Condition one() {
        if (peek().is("not")) {
            at++;
            return new Condition.Not(one());
        } else if (peek().is("(")) {
            at++;
            Condition inner = any();
            expect(")");
            return inner;
        }
        if (++conditions > MAX_CONDITIONS) {
            throw new DataverseError(
                    400,
                    "0x8004430c",
                    "Number of conditions in query exceeded maximum limit of " + MAX_CONDITIONS + ".");
        }
        Token name = take(Kind.WORD);
        return name.is(IN) ? in() : comparison(name);
    }

    private Condition comparison(Token name) {
        SimulatedColumn column = column(name.text());
        Operator operator = operator(take(Kind.WORD));
        Token token = tokens.get(at++);
        if (token.kind() == Kind.WORD && token.text().startsWith("@")) {
            token = FilterLexer.tokens(alias(token.text())).get(0);
        }
        return new Condition.Comparison(column, operator, literal(column, operator, token));
    }

    private @Nullable Object literal(SimulatedColumn column, Operator operator, Token token) {
        if (token.is("null")) {
            return null;
        }
        if (token.kind() != Kind.WORD && token.kind() != Kind.TEXT) {
            throw syntaxError();
        }
        boolean quoted = token.kind() == Kind.TEXT;
        ColumnType type = column.type();
        if (quoted != (type.isText() || type == ColumnType.MULTI_SELECT_PICKLIST)) {
            throw incompatible(column, operator, quoted ? "Edm.String" : edmTypeOf(token.text()));
        }
        try {
            return quoted ? ContactTable.comparable(token.text()) : unquoted(column, token.text());
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw incompatible(column, operator, edmTypeOf(token.text()));
        }
    }

    private static Object unquoted(SimulatedColumn column, String word) {
        return switch (column.type()) {
            case BOOLEAN -> bool(word);
            case PICKLIST, STATE, STATUS, INTEGER -> Integer.valueOf(word);
            case BIG_INT -> Long.valueOf(word);
            case DECIMAL, MONEY -> new BigDecimal(word).setScale(column.precision());
            case DOUBLE -> Double.valueOf(word);
            case UNIQUE_IDENTIFIER, LOOKUP -> guid(word);
            case DATE_TIME ->
                column.behavior() == DateTimeBehavior.DATE_ONLY
                        ? LocalDate.parse(word)
                        : Codec.instant(word).orElseThrow(IllegalArgumentException::new);
            case STRING, MEMO, MULTI_SELECT_PICKLIST -> throw new IllegalArgumentException(word);
        };
    }

    private Condition in() {
        expect("(");
        String property = argument("PropertyName");
        expect(",");
        String list = argument("PropertyValues");
        expect(")");
        SimulatedColumn column = column(quotedName(property));
        Set<Object> values = new HashSet<>();
        for (JsonNode value : values(list)) {
            values.add(inValue(column, value));
        }
        if (values.size() > MAX_VALUES) {
            throw new DataverseError(
                    400, "0x8004430e", "Number of values in condition exceeded maximum limit of " + MAX_VALUES + ".");
        }
        return new Condition.In(column, values);
    }

    private String argument(String name) {
        Token token = take(Kind.WORD);
        if (!token.is(name)) {
            throw syntaxError();
        }
        expect("=");
        Token value = tokens.get(at++);
        return switch (value.kind()) {
            case TEXT -> "'" + value.text() + "'";
            case LIST -> value.text();
            case WORD -> alias(value.text());
            case SIGN, END -> throw syntaxError();
        };
    }

    private String alias(String name) {
        String value = aliases.get(name);
        if (value == null) {
            throw DataverseError.query("The parameter alias '" + name + "' was not found in the query string.");
        }
        return value;
    }

    private String quotedName(String literal) {
        Token token = FilterLexer.tokens(literal).get(0);
        if (token.kind() != Kind.TEXT) {
            throw syntaxError();
        }
        return token.text();
    }

    private JsonNode values(String list) {
        try {
            JsonNode values = Json.parse(list);
            if (!values.isArray()) {
                throw syntaxError();
            }
            return values;
        } catch (JsonProcessingException e) {
            throw DataverseError.query("The value of parameter 'PropertyValues' is not a valid collection: " + list);
        }
    }

    private static Object inValue(SimulatedColumn column, JsonNode value) {
        if (!value.isTextual()) {
            throw DataverseError.query("Cannot convert the literal '" + value + "' to the expected type 'Edm.String'.");
        }
        String text = value.textValue();
        if (column.type().isText()) {
            return ContactTable.comparable(text);
        }
        try {
            return unquoted(column, text);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            // One invalid value makes the whole request fail, as in Dataverse.
            throw new DataverseError(
                    400,
                    "0x8004e010",
                    "The value '" + text + "' passed for attribute '" + column.logicalName()
                            + "' of entity '" + column.table() + "' is not of the expected type "
                            + column.type().attributeType() + ".");
        }
    }

    private SimulatedColumn column(String property) {
        return table.property(property)
                .orElseThrow(() -> DataverseError.unknownProperty(table.logicalName(), property));
    }

    private Operator operator(Token token) {
        for (Operator operator : Operator.values()) {
            if (operator.name().toLowerCase(Locale.ROOT).equals(token.text())) {
                return operator;
            }
        }
        throw syntaxError();
    }

    private static Boolean bool(String word) {
        if (word.equals("true") || word.equals("false")) {
            return Boolean.valueOf(word);
        }
        throw new IllegalArgumentException(word);
    }

    private static UUID guid(String word) {
        return Codec.uuid(word).orElseThrow(() -> new IllegalArgumentException(word));
    }

    private static String edmTypeOf(String word) {
        if (word.equals("true") || word.equals("false")) {
            return "Edm.Boolean";
        } else if (word.matches("-?[0-9]+")) {
            return "Edm.Int32";
        } else if (Codec.uuid(word).isPresent()) {
            return "Edm.Guid";
        }
        return Codec.instant(word).isPresent() ? "Edm.DateTimeOffset" : "Edm.Untyped";
    }

    private static DataverseError incompatible(SimulatedColumn column, Operator operator, String found) {
        return DataverseError.query("A binary operator with incompatible types was detected. Found operand types '"
                + column.type().attributeType() + "' and '" + found + "' for operator kind '" + operator + "'.");
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token take(Kind kind) {
        if (peek().kind() != kind) {
            throw syntaxError();
        }
        return tokens.get(at++);
    }

    private void expect(String sign) {
        if (!peek().is(sign)) {
            throw syntaxError();
        }
        at++;
    }

    private DataverseError syntaxError() {
        int position = tokens.get(Math.min(at, tokens.size() - 1)).position();
        return DataverseError.query("Syntax error at position " + position + " in '" + filter + "'.");
    }
}
