package io.github.consentbridge.aws.dynamo;

import io.github.consentbridge.aws.AwsFailure;
import io.github.consentbridge.connectors.http.RetryPolicy.Sleeper;
import io.github.consentbridge.sync.storage.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The table, accessed by its partition key {@code id} with consistent reads. Every failure of DynamoDB is a {@link
 * StorageException}. Safe for use by several threads.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html">Unprocessed
 *     keys</a>
 */
public final class DynamoTable {
    static final String ID = "id";

    private static final int MAX_KEYS = 100;

    /** Consecutive failures: a partial answer is progress. */
    private static final int MAX_EMPTY_ANSWERS = 6;

    private static final Duration FIRST_WAIT = Duration.ofMillis(50);

    private final DynamoDbClient dynamo;
    private final String name;
    private final Sleeper sleeper;

    /** @param sleeper waits before unprocessed keys are requested again */
    public DynamoTable(DynamoDbClient dynamo, String name, Sleeper sleeper) {
        this.dynamo = dynamo;
        this.name = name;
        this.sleeper = sleeper;
    }

    /**
     * The histories in a table beside this one.
     *
     * @param kept how long an entry is kept once it explains no standing choice
     */
    public DynamoHistory histories(String table, Supplier<Duration> kept) {
        return new DynamoHistory(dynamo, table, kept);
    }

    /**
     * The access record in the table of the histories.
     *
     * @param kept how long its entries are kept
     */
    public DynamoAccessLog accessLog(String histories, Supplier<Duration> kept, Clock clock) {
        return new DynamoAccessLog(dynamo, histories, new DynamoHashKey(this), kept, clock);
    }

    Optional<Map<String, AttributeValue>> get(String id) {
        return failing(
                "read",
                () -> Optional.of(dynamo.getItem(request ->
                                        request.tableName(name).key(key(id)).consistentRead(true))
                                .item())
                        .filter(item -> !item.isEmpty()));
    }

    private static Map<String, AttributeValue> key(String id) {
        return Map.of(ID, text(id));
    }

    /** The existing items by id; ids may repeat. */
    Map<String, Map<String, AttributeValue>> get(Collection<String> ids) {
        List<String> distinct = new ArrayList<>(new LinkedHashSet<>(ids));
        Map<String, Map<String, AttributeValue>> items = new HashMap<>();
        for (int from = 0; from < distinct.size(); from += MAX_KEYS) {
            List<String> hundred = distinct.subList(from, Math.min(from + MAX_KEYS, distinct.size()));
            getAll(hundred, item -> items.put(item.get(ID).s(), item));
        }
        return items;
    }

    private void getAll(List<String> ids, Consumer<Map<String, AttributeValue>> found) {
        Map<String, KeysAndAttributes> wanted = Map.of(
                name,
                KeysAndAttributes.builder()
                        .keys(ids.stream().map(DynamoTable::key).toList())
                        .consistentRead(true)
                        .build());
        int emptyAnswers = 0;
        while (!wanted.isEmpty()) {
            Map<String, KeysAndAttributes> asked = wanted;
            BatchGetItemResponse answer =
                    failing("read", () -> dynamo.batchGetItem(request -> request.requestItems(asked)));
            answer.responses().getOrDefault(name, List.of()).forEach(found);
            wanted = answer.unprocessedKeys();
            boolean gotOn = keys(wanted) < keys(asked);
            emptyAnswers = gotOn ? 0 : emptyAnswers + 1;
            if (!wanted.isEmpty()) {
                waitAfter(emptyAnswers);
            }
        }
    }

    private int keys(Map<String, KeysAndAttributes> wanted) {
        return wanted.isEmpty() ? 0 : wanted.get(name).keys().size();
    }

    private void waitAfter(int emptyAnswers) {
        if (emptyAnswers >= MAX_EMPTY_ANSWERS) {
            throw new StorageException("DynamoDB lacks the capacity to read the table: try again later");
        }
        try {
            sleeper.sleep(FIRST_WAIT.multipliedBy(1L << emptyAnswers));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException("interrupted before DynamoDB had read everything", e);
        }
    }

    /** The items of an index whose key has this value. The index is eventually consistent. */
    List<Map<String, AttributeValue>> query(String index, String value) {
        return failing(
                "read",
                () -> dynamo.query(request -> request.tableName(name)
                                .indexName(index)
                                .keyConditionExpression("#key = :value")
                                .expressionAttributeNames(Map.of("#key", index))
                                .expressionAttributeValues(Map.of(":value", text(value))))
                        .items());
    }

    /**
     * Writes an item.
     *
     * @return the existing item if the condition failed; empty if the new one was written
     */
    Optional<Map<String, AttributeValue>> put(
            Map<String, AttributeValue> item, Function<PutItemRequest.Builder, PutItemRequest.Builder> condition) {
        PutItemRequest request = condition
                .apply(PutItemRequest.builder().tableName(name).item(item))
                .returnValuesOnConditionCheckFailure("ALL_OLD")
                .build();
        return failing("written", () -> {
            try {
                dynamo.putItem(request);
                return Optional.empty();
            } catch (ConditionalCheckFailedException e) {
                return Optional.of(e.hasItem() ? e.item() : Map.of());
            }
        });
    }

    /** Updates or creates an item; returns whether the condition held. */
    boolean update(String id, Consumer<UpdateItemRequest.Builder> change) {
        UpdateItemRequest request = UpdateItemRequest.builder()
                .tableName(name)
                .key(key(id))
                .applyMutation(change)
                .build();
        return failing("written", () -> {
            try {
                dynamo.updateItem(request);
                return true;
            } catch (ConditionalCheckFailedException e) {
                return false;
            }
        });
    }

    void delete(String id) {
        failing(
                "written",
                () -> dynamo.deleteItem(request -> request.tableName(name).key(key(id))));
    }

    /**
     * Writes an item and more, all or nothing.
     *
     * @return the existing item if the condition failed, an empty one if another writer was at work; empty if all was
     *     written
     */
    Optional<Map<String, AttributeValue>> put(
            Map<String, AttributeValue> item, Consumer<Put.Builder> condition, List<TransactWriteItem> more) {
        List<TransactWriteItem> all = new ArrayList<>();
        all.add(TransactWriteItem.builder()
                .put(Put.builder()
                        .tableName(name)
                        .item(item)
                        .returnValuesOnConditionCheckFailure("ALL_OLD")
                        .applyMutation(condition)
                        .build())
                .build());
        all.addAll(more);
        return failing("written", () -> {
            try {
                dynamo.transactWriteItems(request -> request.transactItems(all));
                return Optional.empty();
            } catch (TransactionCanceledException e) {
                return Optional.of(standing(e));
            }
        });
    }

    private static Map<String, AttributeValue> standing(TransactionCanceledException canceled) {
        CancellationReason first = canceled.cancellationReasons().get(0);
        if ("ConditionalCheckFailed".equals(first.code())) {
            return first.hasItem() ? first.item() : Map.of();
        }
        boolean conflict =
                canceled.cancellationReasons().stream().anyMatch(reason -> "TransactionConflict".equals(reason.code()));
        if (conflict) {
            return Map.of();
        }
        throw canceled;
    }

    static <T> T failing(String done, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw new StorageException(
                    "the DynamoDB table could not be %s: %s".formatted(done, AwsFailure.reason(e)), e);
        }
    }

    static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    /** A whole number; null if the item has no such attribute. */
    static @Nullable Long number(Map<String, AttributeValue> item, String name) {
        @Nullable AttributeValue value = item.get(name);
        return value == null ? null : Long.valueOf(value.n());
    }
}
