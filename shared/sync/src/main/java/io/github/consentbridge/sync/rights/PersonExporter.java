package io.github.consentbridge.sync.rights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.sync.history.HistoryChain;
import io.github.consentbridge.sync.ledger.LedgerJson;
import io.github.consentbridge.sync.operations.DeadLetterDetail;
import io.github.consentbridge.sync.operations.Explanation;
import io.github.consentbridge.sync.operations.HistoryReport;
import io.github.consentbridge.sync.operations.Host;
import io.github.consentbridge.sync.operations.OperationsJson;
import io.github.consentbridge.sync.operations.PersonHistory;
import io.github.consentbridge.sync.queue.Delivery;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Everything that is stored about a person, and what both systems show now, as JSON:
 *
 * <pre>{@code
 * {"key","exported_at","exported_by","chain":"unbroken|broken at N","contact_id","erased_at",
 *  "registers":[as explain],"history":[as explain --history, and "sentence"],
 *  "waiting":[as explain, and "body"] or null with "waiting_note","dead_letters":[with "body"],
 *  "discarded":[…] or null with "discarded_note","ledger":{the entry as stored},"accesses":[…],
 *  "didomi":[users as read] or {"error"},"dynamics":{mapped columns as read} or {"error"},"elsewhere":["…"]}
 * }</pre>
 */
public final class PersonExporter {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Host host;

    public PersonExporter(Host host) {
        this.host = host;
    }

    /**
     * Exports a person; reads both systems. Safe to repeat.
     *
     * @param explanation of the same person
     */
    public PersonExport export(StoredPerson person, Explanation explanation, Requester requester) {
        Instant now = host.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        ObjectNode node = MAPPER.createObjectNode()
                .put("key", person.key().value())
                .put("exported_at", now.toString())
                .put("exported_by", requester.name());
        history(person, now, node);
        node.setAll(explained(person, explanation));
        ArrayNode letters = node.putArray("dead_letters");
        person.deadLetters()
                .forEach(letter -> letters.add(
                        DeadLetterDetail.of(letter, UnaryOperator.identity()).json()));
        discarded(person, node);
        node.set("ledger", tree(LedgerJson.write(person.entry())));
        node.set("accesses", Access.json(host.accessLog().of(host.accessLog().hashOf(person.key()))));
        ShownNow shown = new ShownNow(host, person.entry());
        node.set("didomi", shown.didomi());
        node.set("dynamics", shown.dynamics());
        ArrayNode elsewhere = node.putArray("elsewhere");
        new Retention(host).ofStored().forEach(elsewhere::add);
        return new PersonExport(node);
    }

    private void history(StoredPerson person, Instant now, ObjectNode node) {
        HistoryReport report = new HistoryReport(host.integration());
        HistoryChain chain = new PersonHistory(
                        person.key().value(),
                        person.entry().person().contactId(),
                        person.entry().history().head(),
                        person.history())
                .chain(now, host.integration().historyDays());
        ObjectNode told =
                report.json(person.key().value(), person.entry().person().contactId(), chain);
        JsonNode entries = told.required("history");
        for (int index = 0; index < entries.size(); index++) {
            ((ObjectNode) entries.get(index))
                    .put("sentence", report.sentence(chain.entries().get(index)));
        }
        node.setAll(told);
    }

    /** As explain shows it, with the bodies of what waits. */
    private static ObjectNode explained(StoredPerson person, Explanation explanation) {
        ObjectNode node = OperationsJson.explanation(explanation);
        List<Delivery> waiting = person.waiting().orElse(List.of());
        for (int index = 0; index < waiting.size(); index++) {
            ((ObjectNode) node.required("waiting").get(index))
                    .put("body", waiting.get(index).body());
        }
        return node;
    }

    private void discarded(StoredPerson person, ObjectNode node) {
        host.deadLetters()
                .discardedOf(person.key())
                .ifPresentOrElse(
                        records -> {
                            ArrayNode list = node.putArray("discarded");
                            records.forEach(record -> list.add(record.json()));
                        },
                        () -> node.putNull("discarded")
                                .put(
                                        "discarded_note",
                                        "records of dead letters that were given up cannot be searched by person here;"
                                                + " they have a keyed hash, times and reasons"));
    }

    private static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new IllegalStateException("what we have written ourselves cannot be read", e);
        }
    }
}
