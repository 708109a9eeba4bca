package io.github.consentbridge.sync.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.settle.ConsentRecord;
import io.github.consentbridge.mapping.settle.PendingEvent;
import io.github.consentbridge.mapping.settle.Person;
import io.github.consentbridge.mapping.settle.Replica;
import io.github.consentbridge.sync.history.HistoryHead;
import io.github.consentbridge.sync.history.HistoryTail;
import io.github.consentbridge.sync.report.ValueJson;
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
 * {"contact":"6f0c…","erased_at":"…","didomi_id":"Ada","history":{"n":2,"hash":"…","at":"…",
 *  "standing":{"gdpr|purpose:newsletter":1}},"records":{"gdpr|purpose:newsletter":{
 *    "users":{"u-1":{"reported":{…},"inferred":{…},"observed":{…}}},
 *    "columns":{"new_newsletter":{"reported":{…},"observed":{…},"pending":[…]}},
 *    "pending":[{…}],"posted":"…"}}}
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
        write(node, entry.history().head());
        ObjectNode records = node.putObject("records");
        entry.person().records().forEach((id, record) -> records.set(id.key(), write(record)));
        return node.toString();
    }

    private static void write(ObjectNode node, HistoryHead head) {
        if (head.at() != null) {
            ObjectNode history = node.putObject("history")
                    .put("n", head.sequence())
                    .put("hash", head.hash())
                    .put("at", head.at().toString());
            ObjectNode standing = history.putObject("standing");
            head.standing().forEach(standing::put);
        }
    }

    private static HistoryTail history(JsonNode node) {
        if (node.isMissingNode()) {
            return HistoryTail.NONE;
        }
        SortedMap<String, Long> standing = new TreeMap<>();
        node.path("standing")
                .properties()
                .forEach(each -> standing.put(each.getKey(), each.getValue().longValue()));
        return HistoryTail.of(new HistoryHead(
                node.required("n").longValue(), node.required("hash").textValue(), requiredTime(node, "at"), standing));
    }

    private static ObjectNode write(ConsentRecord record) {
        ObjectNode node = MAPPER.createObjectNode();
        ObjectNode users = node.putObject("users");
        record.users().forEach((id, replica) -> users.set(id, ReplicaJson.write(replica)));
        ObjectNode columns = node.putObject("columns");
        record.columns().forEach((column, replica) -> columns.set(column.logicalName(), ReplicaJson.write(replica)));
        if (!record.pending().isEmpty()) {
            node.putArray("pending")
                    .addAll(record.pending().stream().map(LedgerJson::write).toList());
        }
        put(node, "posted", record.posted());
        return node;
    }

    private static ObjectNode write(PendingEvent event) {
        ObjectNode node = MAPPER.createObjectNode();
        node.set("value", ValueJson.writeStored(event.value()));
        return node.put("created_at", event.createdAt().toString())
                .put("since", event.since().toString())
                .put("confirmed", event.confirmed());
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
            SortedMap<ConsentRecordId, ConsentRecord> records = new TreeMap<>();
            for (Map.Entry<String, JsonNode> record : node.required("records").properties()) {
                records.put(ConsentRecordId.ofKey(record.getKey()), record(record.getValue()));
            }
            Person person = new Person(key, node.path("contact").textValue(), records);
            return new LedgerEntry(
                    person,
                    revision,
                    time(node, "erased_at"),
                    node.path("didomi_id").textValue(),
                    history(node.path("history")));
        } catch (JsonProcessingException | RuntimeException e) {
            throw new IllegalArgumentException("a ledger entry is not one of ours");
        }
    }

    private static ConsentRecord record(JsonNode node) {
        SortedMap<String, Replica> users = new TreeMap<>();
        node.path("users").properties().forEach(user -> users.put(user.getKey(), ReplicaJson.read(user.getValue())));
        SortedMap<AttributeName, Replica> columns = new TreeMap<>();
        node.path("columns")
                .properties()
                .forEach(
                        column -> columns.put(new AttributeName(column.getKey()), ReplicaJson.read(column.getValue())));
        List<PendingEvent> pending = new ArrayList<>();
        for (JsonNode event : node.path("pending")) {
            pending.add(new PendingEvent(
                    ReplicaJson.valueIn(event),
                    requiredTime(event, "created_at"),
                    requiredTime(event, "since"),
                    event.required("confirmed").booleanValue()));
        }
        return new ConsentRecord(users, columns, pending, time(node, "posted"));
    }

    static @Nullable Instant time(JsonNode node, String name) {
        return node.has(name) ? requiredTime(node, name) : null;
    }

    static Instant requiredTime(JsonNode node, String name) {
        return Instant.parse(node.required(name).textValue());
    }
}
