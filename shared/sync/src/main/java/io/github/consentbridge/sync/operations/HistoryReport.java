package io.github.consentbridge.sync.operations;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.settle.Decision;
import io.github.consentbridge.sync.history.HistoryChain;
import io.github.consentbridge.sync.history.HistoryEntry;
import io.github.consentbridge.sync.history.WrittenColumn;
import io.github.consentbridge.sync.report.ColumnRendering;
import io.github.consentbridge.sync.report.ValueJson;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A person's history as {@code explain --history} shows it: as JSON, and in sentences that can be quoted. */
public final class HistoryReport {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Integration integration;

    public HistoryReport(Integration integration) {
        this.integration = integration;
    }

    /** {@code unbroken}, or {@code broken at N}, where N is an entry's sequence. */
    public static String chain(HistoryChain chain) {
        return chain.isUnbroken() ? "unbroken" : "broken at " + chain.brokenAt().getAsLong();
    }

    /**
     * {@code {"key","contact_id","chain","history":[{"at","kind","mapping","regulation","didomi_value","value","column_value",
     * "before","decided_at","not_before","side","by","delivery","event","reason"}]}}.
     */
    public ObjectNode json(String key, @Nullable String contactId, HistoryChain chain) {
        ObjectNode node = MAPPER.createObjectNode()
                .put("key", key)
                .put("contact_id", contactId)
                .put("chain", chain(chain));
        ArrayNode history = node.putArray("history");
        chain.entries().forEach(entry -> write(entry, history.addObject()));
        return node;
    }

    private void write(HistoryEntry entry, ObjectNode node) {
        @Nullable ConsentRecordId id = entry.recordId();
        node.put("at", entry.at().toString())
                .put("kind", entry.kind().word())
                .put(
                        "mapping",
                        mapping(entry)
                                .map(known -> known.column().logicalName())
                                .orElse(null))
                .put("regulation", id == null ? null : id.regulation().id())
                .put("didomi_value", id == null ? null : id.value().key())
                .set("value", ValueJson.write(entry.value()));
        @Nullable WrittenColumn column = entry.column();
        node.set("column_value", MAPPER.valueToTree(column == null ? null : column.after()));
        node.set("before", MAPPER.valueToTree(column == null ? null : column.before()));
        node.put("decided_at", text(entry.decidedAt()))
                .put("not_before", text(entry.notBefore()))
                .put("side", entry.side() == null ? null : entry.side().word())
                .put("replica", entry.replica())
                .put("contact_id", column == null ? null : column.contactId())
                .put("by", entry.by())
                .put("delivery", entry.delivery())
                .put("event", entry.eventId())
                .put("reason", entry.reason());
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    /** The column that the entry is about; of a choice in Didomi the first one that is mapped to its value. */
    private Optional<Mapping> mapping(HistoryEntry entry) {
        return integration.mappings().stream()
                .filter(mapping -> ConsentRecordId.of(mapping).equals(entry.recordId()))
                .filter(mapping -> entry.side() != Side.DYNAMICS
                        || entry.replica() == null
                        || mapping.column().logicalName().equals(entry.replica()))
                .findFirst();
    }

    /** The entry in one sentence. */
    public String sentence(HistoryEntry entry) {
        return switch (entry.kind()) {
            case CHOICE -> made(entry) + ". It stood from then on: " + entry.reason() + ".";
            case SUPERSEDED -> made(entry) + ". It did not come to stand: " + entry.reason() + ".";
            case REVOKED -> choice(entry) + " of " + entry.decidedAt() + " ended: " + entry.reason() + ".";
            case CORRECTED ->
                choice(entry) + " assumed at " + entry.decidedAt() + " was withdrawn: " + entry.reason() + ".";
            case OBSERVED -> where(entry) + " was seen to show " + choice(entry) + ".";
            case WRITE -> written(entry);
            case EVENT ->
                "Didomi was sent " + choice(entry)
                        + (entry.decidedAt() == null ? "" : ", dated " + entry.decidedAt())
                        + (entry.eventId() == null ? "" : " (event " + entry.eventId() + ")") + because(entry);
            case DISCARDED ->
                "A delivery from " + Objects.requireNonNull(entry.side()).label()
                        + " that could not be applied was given up by " + entry.by() + " (delivery " + entry.delivery()
                        + "): " + entry.reason() + ".";
            case ERASURE -> "The person was deleted in Didomi at " + entry.decidedAt() + ".";
        };
    }

    private static String made(HistoryEntry entry) {
        String who = entry.by() == null ? "" : ", by " + entry.by();
        return choice(entry) + " was chosen in "
                + Objects.requireNonNull(entry.side()).label() + " at " + entry.decidedAt()
                + latest(entry.notBefore(), ", not before ") + who + reported(entry);
    }

    /** Nothing for a choice whose time is known; a bound from the beginning of time says nothing and is left out. */
    static String latest(@Nullable Instant notBefore, String and) {
        if (notBefore == null) {
            return "";
        }
        return " at the latest" + (notBefore.equals(Instant.EPOCH) ? "" : and + notBefore);
    }

    /** Where no delivery reported a choice, the reason says so. */
    private static String reported(HistoryEntry entry) {
        return Decision.UNREPORTED.equals(entry.delivery()) ? "" : " (delivery " + entry.delivery() + ")";
    }

    private static String choice(HistoryEntry entry) {
        return ColumnRendering.words(Objects.requireNonNull(entry.recordId()).value()) + ": "
                + ColumnRendering.words(entry.value());
    }

    private static String where(HistoryEntry entry) {
        return entry.side() == Side.DIDOMI ? "Didomi" : "The column " + entry.replica();
    }

    private static String written(HistoryEntry entry) {
        @Nullable WrittenColumn column = entry.column();
        String values = column == null
                ? ""
                : " (" + entry.replica() + " = " + held(column.after(), "empty") + ", before "
                        + held(column.before(), "empty or not known") + ")";
        return "The contact was written " + choice(entry) + values + because(entry);
    }

    private static String held(@Nullable Object value, String none) {
        return value == null ? none : value.toString();
    }

    private static String because(HistoryEntry entry) {
        return entry.reason() == null ? "." : "; " + entry.reason() + ".";
    }
}
