package io.github.consentbridge.aws.dynamo;

import static io.github.consentbridge.aws.dynamo.DynamoTable.number;
import static io.github.consentbridge.aws.dynamo.DynamoTable.text;

import io.github.consentbridge.sync.history.ChainedEntry;
import io.github.consentbridge.sync.history.HistoryTail;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * The histories in a table of their own: {@code id}, as the ledger names the person, {@code n}, the sequence of the item's
 * first entry, and {@code entries}. An item that explains no standing choice has {@code expires_at}, by which DynamoDB
 * removes it some time after it; one that does has only {@code kept_until}, from which that is set once another choice
 * stands.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html">Transactions</a>
 */
public final class DynamoHistory {
    private static final String SEQUENCE = "n";
    private static final String ENTRIES = "entries";
    private static final String KEPT_UNTIL = "kept_until";
    private static final String EXPIRES_AT = "expires_at";

    // A transaction may have 100 items, of which one is the ledger's entry. An item for each standing choice splits the
    // others
    // into one more run at most: 20 + 21 + 45 + 10 + 1.
    private static final int MAX_OWN = 20;
    private static final int MAX_SHARED = 45;
    private static final int MAX_EXPIRING = 10;

    private final DynamoDbClient dynamo;
    private final String table;
    private final Supplier<Duration> kept;

    /** @param kept how long an entry is kept once it explains no standing choice */
    public DynamoHistory(DynamoDbClient dynamo, String table, Supplier<Duration> kept) {
        this.dynamo = dynamo;
        this.table = table;
        this.kept = kept;
    }

    /** Until when an entry recorded at this time is kept. */
    Instant keptUntil(Instant recordedAt) {
        return recordedAt.plus(kept.get());
    }

    /** What the transaction of a save adds and changes; where very many choices change at once, some entries never expire. */
    List<TransactWriteItem> writes(String id, HistoryTail tail) {
        List<TransactWriteItem> writes = new ArrayList<>();
        for (List<ChainedEntry> item : items(tail)) {
            writes.add(TransactWriteItem.builder()
                    .put(put -> put.tableName(table).item(item(id, item, tail)))
                    .build());
        }
        long saved = tail.head().sequence() - tail.unsaved().size();
        tail.outdated().stream()
                .filter(sequence -> sequence <= saved)
                .limit(MAX_EXPIRING)
                .forEach(sequence -> writes.add(expiring(id, sequence)));
        return writes;
    }

    /**
     * An entry that explains a standing choice has an item of its own, so that it can expire by itself, unless there are very
     * many. Others share items where there are more than a transaction takes.
     */
    private static List<List<ChainedEntry>> items(HistoryTail tail) {
        int shared = (tail.unsaved().size() + MAX_SHARED - 1) / MAX_SHARED;
        boolean own = tail.unsaved().stream().filter(tail::isStanding).count() <= MAX_OWN;
        List<List<ChainedEntry>> items = new ArrayList<>();
        boolean open = false;
        for (ChainedEntry entry : tail.unsaved()) {
            boolean alone = own && tail.isStanding(entry);
            if (!open || alone || items.get(items.size() - 1).size() >= shared) {
                items.add(new ArrayList<>());
            }
            items.get(items.size() - 1).add(entry);
            open = !alone;
        }
        return items;
    }

    private Map<String, AttributeValue> item(String id, List<ChainedEntry> entries, HistoryTail tail) {
        ChainedEntry first = entries.get(0);
        Instant until = keptUntil(entries.get(entries.size() - 1).at());
        Map<String, AttributeValue> item = new HashMap<>();
        item.put(DynamoTable.ID, text(id));
        item.put(SEQUENCE, number(first.sequence()));
        item.put(
                ENTRIES,
                AttributeValue.fromL(
                        entries.stream().map(entry -> text(entry.text())).toList()));
        item.put(
                entries.stream().anyMatch(tail::isStanding) ? KEPT_UNTIL : EXPIRES_AT,
                number(until.getEpochSecond() + 1));
        return item;
    }

    private TransactWriteItem expiring(String id, long sequence) {
        return TransactWriteItem.builder()
                .update(update -> update.tableName(table)
                        .key(Map.of(DynamoTable.ID, text(id), SEQUENCE, number(sequence)))
                        .updateExpression("SET " + EXPIRES_AT + " = if_not_exists(" + KEPT_UNTIL + ", :none)")
                        .expressionAttributeValues(Map.of(":none", number(0))))
                .build();
    }

    /** All entries in order. */
    List<ChainedEntry> read(String id) {
        List<ChainedEntry> entries = new ArrayList<>();
        for (Map<String, AttributeValue> item : items(id)) {
            long sequence = Long.parseLong(item.get(SEQUENCE).n());
            for (AttributeValue entry :
                    item.getOrDefault(ENTRIES, AttributeValue.fromL(List.of())).l()) {
                entries.add(ChainedEntry.stored(sequence++, entry.s()));
            }
        }
        return entries;
    }

    private List<Map<String, AttributeValue>> items(String id) {
        return DynamoTable.failing(
                "read",
                () -> dynamo
                        .queryPaginator(request -> request.tableName(table)
                                .consistentRead(true)
                                .keyConditionExpression("id = :id")
                                .expressionAttributeValues(Map.of(":id", text(id))))
                        .items()
                        .stream()
                        .toList());
    }

    /** Deletes a person's history; safe to repeat after a part of it was deleted. */
    void forget(String id) {
        for (Map<String, AttributeValue> item : items(id)) {
            DynamoTable.failing(
                    "written",
                    () -> dynamo.deleteItem(request -> request.tableName(table)
                            .key(Map.of(DynamoTable.ID, item.get(DynamoTable.ID), SEQUENCE, item.get(SEQUENCE)))));
        }
    }
}
