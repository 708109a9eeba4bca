package io.github.consentbridge.simulators.dataverse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.consentbridge.simulators.dataverse.column.Codec;
import io.github.consentbridge.simulators.dataverse.column.DataverseError;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.dataverse.query.FilterLexer;
import io.github.consentbridge.simulators.dataverse.table.ContactTable;
import io.github.consentbridge.simulators.http.Call;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The content of the parentheses of {@code contacts(…)}: an id, or the values of an alternate key. */
final class ContactAddress {
    /** Characters that a key in a URL cannot contain, neither raw nor percent-encoded. */
    private static final String UNSAFE = "/<>*%&:\\?+";

    private final ContactTable table;
    private final Optional<UUID> id;
    private final Map<SimulatedColumn, Object> key;

    private ContactAddress(ContactTable table, Optional<UUID> id, Map<SimulatedColumn, Object> key) {
        this.table = table;
        this.id = id;
        this.key = key;
    }

    /** @param encoded the text in the URL, still percent-encoded */
    static ContactAddress parse(ContactTable table, String encoded) {
        String decoded = Call.decode(encoded.replace("+", "%2B"));
        Optional<UUID> id = Codec.uuid(decoded.startsWith("contactid=") ? decoded.substring(10) : decoded);
        return id.isPresent()
                ? new ContactAddress(table, id, Map.of())
                : new ContactAddress(table, id, key(table, decoded));
    }

    /** The row's number, or -1. */
    int row() {
        return id.map(table::find).orElseGet(() -> table.keys().find(key).orElse(-1));
    }

    Optional<UUID> id() {
        return id;
    }

    /** The additional values of a row that is created at this address. */
    Map<SimulatedColumn, @Nullable Object> keyValues() {
        return new LinkedHashMap<>(key);
    }

    DataverseError notFound() {
        return id.map(missing -> DataverseError.noSuchRow("contact", missing))
                .orElseGet(() -> new DataverseError(
                        404, "0x80060891", "A record with the specified key values does not exist in contact entity"));
    }

    private static Map<SimulatedColumn, Object> key(ContactTable table, String text) {
        Map<SimulatedColumn, Object> values = new LinkedHashMap<>();
        List<FilterLexer.Token> tokens = FilterLexer.tokens(text);
        for (int at = 0; at + 3 < tokens.size(); at += 4) {
            if (!tokens.get(at + 1).is("=")) {
                throw malformed();
            }
            String name = tokens.get(at).text();
            SimulatedColumn column =
                    table.property(name).orElseThrow(() -> DataverseError.unknownProperty("contact", name));
            values.put(column, value(column, tokens.get(at + 2)));
        }
        if (values.isEmpty() || tokens.size() % 4 != 0 || !table.keys().isKey(List.copyOf(values.keySet()))) {
            throw malformed();
        }
        return values;
    }

    private static Object value(SimulatedColumn column, FilterLexer.Token token) {
        String text = token.text();
        if (text.chars().anyMatch(c -> UNSAFE.indexOf(c) >= 0)) {
            throw new DataverseError(400, "0x80060888", "Bad Request - Error in query syntax.");
        }
        boolean quoted = token.kind() == FilterLexer.Kind.TEXT;
        JsonNode json = quoted
                ? JsonNodeFactory.instance.textNode(text)
                : text.matches("-?[0-9]{1,9}")
                        ? JsonNodeFactory.instance.numberNode(Integer.parseInt(text))
                        : JsonNodeFactory.instance.textNode(text);
        if (quoted != column.type().isText()) {
            throw malformed();
        }
        Object value = Codec.read(column, json);
        if (value == null) {
            throw malformed();
        }
        return value;
    }

    private static DataverseError malformed() {
        return new DataverseError(
                400,
                "0x80060888",
                "The key in the request URI is not valid for resource 'Microsoft.Dynamics.CRM.contact'."
                        + " Ensure that the names and number of key properties match the declared or alternate key"
                        + " properties for the resource.");
    }
}
