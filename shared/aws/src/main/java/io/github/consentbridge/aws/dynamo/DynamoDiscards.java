package io.github.consentbridge.aws.dynamo;

import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.json.JsonTree;
import io.github.consentbridge.sync.queue.DiscardedDelivery;
import io.github.consentbridge.sync.storage.StorageException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The dead letters that were given up, in DynamoDB: one item per delivery, with a list of records. */
public final class DynamoDiscards {
    private static final String RECORDS = "records";

    private final DynamoTable table;
    private final DynamoHashKey hashKey;

    public DynamoDiscards(DynamoTable table) {
        this.table = table;
        this.hashKey = new DynamoHashKey(table);
    }

    /** The keyed hash under which the ledger keeps a person. */
    public String hashOf(OrganizationUserId person) {
        return hashKey.hash().of(person);
    }

    /** Adds a record; durable when it returns. A repeat adds it again, and {@link #of} returns it once. */
    public void add(DiscardedDelivery record) {
        AttributeValue one = AttributeValue.fromS(record.json().toString());
        table.update(
                id(record.id()),
                update -> update.updateExpression("SET records = list_append(if_not_exists(records, :none), :one)")
                        .expressionAttributeValues(Map.of(
                                ":none", AttributeValue.fromL(List.of()),
                                ":one", AttributeValue.fromL(List.of(one)))));
    }

    /** The records of a delivery, the oldest first. */
    public List<DiscardedDelivery> of(String delivery) {
        return table.get(id(delivery)).stream()
                .flatMap(item -> item.get(RECORDS).l().stream())
                .map(record -> read(record.s()))
                .distinct()
                .toList();
    }

    private static String id(String delivery) {
        return "discarded:" + delivery;
    }

    private static DiscardedDelivery read(String record) {
        try {
            return DiscardedDelivery.of(JsonTree.read(record));
        } catch (IOException e) {
            throw new StorageException("a record of a discarded delivery in the DynamoDB table is damaged", e);
        }
    }
}
