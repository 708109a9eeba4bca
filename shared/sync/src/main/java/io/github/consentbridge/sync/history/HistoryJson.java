package io.github.consentbridge.sync.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.sync.report.ValueJson;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A history entry as text, the same in every store. Absent members are absent facts.
 *
 * <pre>{@code
 * {"n":2,"previous":"…","previous_at":"…","at":"…","kind":"choice","record":"gdpr|purpose:newsletter","side":"didomi",
 *  "replica":"u-1","value":true,"decided_at":"…","by":"event …","delivery":"…","reason":"…"}
 * }</pre>
 */
final class HistoryJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** Enough for most entries. */
    private static final int INITIAL_CHARACTERS = 512;

    private HistoryJson() {}

    /** The entry as the next one after {@code head}. */
    static String write(HistoryEntry entry, HistoryHead head) {
        StringWriter text = new StringWriter(INITIAL_CHARACTERS);
        try (JsonGenerator json = MAPPER.createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("n", head.sequence() + 1);
            if (head.at() != null) {
                json.writeStringField("previous", head.hash());
                json.writeStringField("previous_at", head.at().toString());
            }
            write(entry, json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a string takes what is written to it", e);
        }
        return text.toString();
    }

    private static void write(HistoryEntry entry, JsonGenerator json) throws IOException {
        json.writeStringField("at", entry.at().toString());
        json.writeStringField("kind", entry.kind().word());
        put(json, "record", entry.recordId() == null ? null : entry.recordId().key());
        put(json, "side", entry.side() == null ? null : entry.side().word());
        put(json, "replica", entry.replica());
        if (entry.value() != null) {
            json.writeFieldName("value");
            json.writeTree(ValueJson.writeStored(entry.value()));
        }
        put(json, "decided_at", entry.decidedAt());
        put(json, "not_before", entry.notBefore());
        if (entry.rowVersion() != Choice.UNKNOWN_VERSION) {
            json.writeNumberField("row_version", entry.rowVersion());
        }
        put(json, "by", entry.by());
        put(json, "delivery", entry.delivery());
        @Nullable WrittenColumn column = entry.column();
        if (column != null) {
            json.writeStringField("contact", column.contactId());
            json.writePOJOField("before", column.before());
            json.writePOJOField("column_value", column.after());
        }
        put(json, "event", entry.eventId());
        put(json, "reason", entry.reason());
    }

    private static void put(JsonGenerator json, String name, @Nullable Object value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value.toString());
        }
    }

    /** The hash by which the next entry names this one: SHA-256, in base64 for URLs. */
    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** An entry's text, read. */
    record Parsed(
            long sequence,
            @Nullable String previous,
            @Nullable Instant previousAt,
            HistoryEntry entry) {}

    /** @throws IllegalArgumentException if it is not one of ours; the message quotes nothing of it */
    static Parsed read(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            return new Parsed(
                    node.required("n").longValue(),
                    node.path("previous").textValue(),
                    time(node, "previous_at"),
                    entry(node));
        } catch (JsonProcessingException | RuntimeException e) {
            throw new IllegalArgumentException("a history entry is not one of ours");
        }
    }

    /** When the entry was recorded; the epoch if it is not one of ours. */
    static Instant at(String text) {
        try {
            return read(text).entry().at();
        } catch (IllegalArgumentException e) {
            return Instant.EPOCH;
        }
    }

    private static HistoryEntry entry(JsonNode node) {
        @Nullable String record = node.path("record").textValue();
        @Nullable String side = node.path("side").textValue();
        return new HistoryEntry(
                Instant.parse(node.required("at").textValue()),
                HistoryKind.ofWord(node.required("kind").textValue()),
                record == null ? null : ConsentRecordId.ofKey(record),
                side == null ? null : Side.ofWord(side),
                node.path("replica").textValue(),
                ValueJson.readStored(node.path("value")),
                time(node, "decided_at"),
                time(node, "not_before"),
                node.path("row_version").asLong(Choice.UNKNOWN_VERSION),
                node.path("by").textValue(),
                node.path("delivery").textValue(),
                node.has("contact") ? column(node) : null,
                node.path("event").textValue(),
                node.path("reason").textValue());
    }

    private static WrittenColumn column(JsonNode node) {
        return new WrittenColumn(
                node.required("contact").textValue(), scalar(node.path("before")), scalar(node.path("column_value")));
    }

    private static @Nullable Object scalar(JsonNode node) {
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isNumber()) {
            return node.numberValue();
        }
        return node.textValue();
    }

    private static @Nullable Instant time(JsonNode node, String name) {
        return node.has(name) ? Instant.parse(node.get(name).textValue()) : null;
    }
}
