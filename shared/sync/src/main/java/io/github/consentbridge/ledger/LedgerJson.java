package io.github.consentbridge.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.AttributeName;
import io.github.consentbridge.mapping.OrganizationUserId;
import io.github.consentbridge.settle.Person;
import io.github.consentbridge.settle.Place;
import io.github.consentbridge.settle.Posting;
import io.github.consentbridge.settle.Register;
import io.github.consentbridge.settle.RegisterId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A ledger entry as text, the same in every store. Absent members are absent facts; the key and the revision are the
 * store's own columns.
 *
 * <pre>{@code
 * {"contact":"6f0c…","erased_at":"…","didomi_id":"Ada","registers":{"gdpr|purpose:newsletter":{
 *    "users":{"u-1":{"told":{…},"noticed":{…},"seen":{…}}},
 *    "columns":{"new_newsletter":{"told":{…},"seen":{…},"writing":[…]}},
 *    "posting":[{…}],"posted":"…"}}}
 * }</pre>
 */
public final class LedgerJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    private LedgerJson() {}

    public static String write(LedgerEntry entry) {
        ObjectNode node = MAPPER.createObjectNode();
        put(node, "contact", entry.person().contactId());
        put(node, "erased_at", entry.erasedAt());
        put(node, "didomi_id", entry.spelling());
        ObjectNode registers = node.putObject("registers");
        entry.person().registers().forEach((id, register) -> registers.set(id.key(), write(register)));
        return node.toString();
    }

    private static ObjectNode write(Register register) {
        ObjectNode node = MAPPER.createObjectNode();
        ObjectNode users = node.putObject("users");
        register.users().forEach((id, place) -> users.set(id, PlaceJson.write(place)));
        ObjectNode columns = node.putObject("columns");
        register.columns().forEach((column, place) -> columns.set(column.logicalName(), PlaceJson.write(place)));
        if (!register.posting().isEmpty()) {
            node.putArray("posting")
                    .addAll(register.posting().stream().map(LedgerJson::write).toList());
        }
        put(node, "posted", register.posted());
        return node;
    }

    private static ObjectNode write(Posting event) {
        ObjectNode node = MAPPER.createObjectNode();
        node.set("value", PlaceJson.write(event.value()));
        return node.put("created_at", event.createdAt().toString())
                .put("since", event.since().toString())
                .put("landed", event.landed());
    }

    static void put(ObjectNode node, String name, @Nullable Object value) {
        if (value != null) {
            node.put(name, value.toString());
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException if it is something else; the message quotes nothing of it
     */
    public static LedgerEntry read(OrganizationUserId key, String json, long revision) {
        try {
            JsonNode node = MAPPER.readTree(json);
            SortedMap<RegisterId, Register> registers = new TreeMap<>();
            for (Map.Entry<String, JsonNode> register : node.path("registers").properties()) {
                registers.put(RegisterId.ofKey(register.getKey()), register(register.getValue()));
            }
            Person person = new Person(key, node.path("contact").textValue(), registers);
            return new LedgerEntry(
                    person,
                    revision,
                    time(node, "erased_at"),
                    node.path("didomi_id").textValue());
        } catch (JsonProcessingException | RuntimeException e) {
            throw new IllegalArgumentException("a ledger entry is not one of ours");
        }
    }

    private static Register register(JsonNode node) {
        SortedMap<String, Place> users = new TreeMap<>();
        node.path("users").properties().forEach(user -> users.put(user.getKey(), PlaceJson.read(user.getValue())));
        SortedMap<AttributeName, Place> columns = new TreeMap<>();
        node.path("columns")
                .properties()
                .forEach(column -> columns.put(new AttributeName(column.getKey()), PlaceJson.read(column.getValue())));
        List<Posting> posting = new ArrayList<>();
        for (JsonNode event : node.path("posting")) {
            posting.add(new Posting(
                    PlaceJson.valueIn(event),
                    requiredTime(event, "created_at"),
                    requiredTime(event, "since"),
                    event.required("landed").booleanValue()));
        }
        return new Register(users, columns, posting, time(node, "posted"));
    }

    static @Nullable Instant time(JsonNode node, String name) {
        return node.has(name) ? requiredTime(node, name) : null;
    }

    static Instant requiredTime(JsonNode node, String name) {
        return Instant.parse(node.required(name).textValue());
    }
}
