package io.github.consentbridge.aws.dynamo;

import static io.github.consentbridge.aws.dynamo.DynamoTable.number;
import static io.github.consentbridge.aws.dynamo.DynamoTable.text;

import io.github.consentbridge.sync.reconciliation.RunStore;
import io.github.consentbridge.sync.storage.StorageException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The state of reconciliations in DynamoDB: one item per text, and one for the lease. */
public final class DynamoRunStore implements RunStore {
    private static final String LEASE = "run-lease";

    private final DynamoTable table;

    public DynamoRunStore(DynamoTable table) {
        this.table = table;
    }

    /** Safe to repeat: after a lost answer the lease already has this run's name. */
    @Override
    public boolean lease(String run, Instant now, Instant until) {
        return table.update(
                LEASE,
                update -> update.updateExpression("SET holder = :run, leased_until = :until")
                        .conditionExpression("attribute_not_exists(id) OR holder = :run OR leased_until <= :now")
                        .expressionAttributeValues(Map.of(
                                ":run", text(run),
                                ":until", number(until.toEpochMilli()),
                                ":now", number(now.toEpochMilli()))));
    }

    @Override
    public boolean handOver(String run, String next, Instant until) {
        return table.update(
                LEASE,
                update -> update.updateExpression("SET holder = :next, leased_until = :until")
                        .conditionExpression("holder = :run OR holder = :next")
                        .expressionAttributeValues(Map.of(
                                ":run", text(run), ":next", text(next), ":until", number(until.toEpochMilli()))));
    }

    @Override
    public void release(String run) {
        table.update(
                LEASE,
                update -> update.updateExpression("SET leased_until = :zero")
                        .conditionExpression("holder = :run")
                        .expressionAttributeValues(Map.of(":run", text(run), ":zero", number(0))));
    }

    @Override
    public Optional<String> load(String name) {
        return table.get(id(name)).map(StoredText::in);
    }

    private static String id(String name) {
        return "run:" + name;
    }

    @Override
    public void save(String name, @Nullable String content) {
        if (content == null) {
            table.delete(id(name));
            return;
        }
        Map<String, AttributeValue> item = new HashMap<>(Map.of(DynamoTable.ID, text(id(name))));
        if (!StoredText.put(item, content)) {
            throw new StorageException("what a run keeps is too large for a DynamoDB item");
        }
        table.put(item, put -> put);
    }
}
