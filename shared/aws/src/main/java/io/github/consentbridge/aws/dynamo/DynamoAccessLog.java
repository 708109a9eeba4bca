package io.github.consentbridge.aws.dynamo;

import static io.github.consentbridge.aws.dynamo.DynamoTable.number;
import static io.github.consentbridge.aws.dynamo.DynamoTable.text;

import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.json.JsonTree;
import io.github.consentbridge.sync.rights.Access;
import io.github.consentbridge.sync.rights.AccessLog;
import io.github.consentbridge.sync.storage.StorageException;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The access record in the table of the histories, a partition for each month: {@code id} is {@code access:2026-11}, and
 * {@code n} the time in milliseconds, with random digits behind it, so that two processes never write the same item.
 * {@code record} is the entry as JSON, {@code person} its keyed hash. DynamoDB removes an item some time after its
 * {@code expires_at}.
 */
public final class DynamoAccessLog implements AccessLog {
    private static final BigInteger RANDOM_RANGE = BigInteger.valueOf(1_000_000_000_000L);

    private final DynamoDbClient dynamo;
    private final String table;
    private final DynamoHashKey hashKey;
    private final Supplier<Duration> kept;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** @param kept how long entries are kept */
    DynamoAccessLog(DynamoDbClient dynamo, String table, DynamoHashKey hashKey, Supplier<Duration> kept, Clock clock) {
        this.dynamo = dynamo;
        this.table = table;
        this.hashKey = hashKey;
        this.kept = kept;
        this.clock = clock;
    }

    @Override
    public void add(Access access) {
        Map<String, AttributeValue> item = Map.of(
                DynamoTable.ID,
                text(partition(month(access.at()))),
                "n",
                AttributeValue.fromN(sequence(access.at()).toString()),
                "record",
                text(JsonTree.write(access.json())),
                "person",
                text(access.person()),
                "expires_at",
                number(access.at().plus(kept.get()).getEpochSecond() + 1));
        DynamoTable.failing(
                "written", () -> dynamo.putItem(put -> put.tableName(table).item(item)));
    }

    private BigInteger sequence(Instant at) {
        long behind = random.nextLong(RANDOM_RANGE.longValueExact());
        return BigInteger.valueOf(at.toEpochMilli()).multiply(RANDOM_RANGE).add(BigInteger.valueOf(behind));
    }

    private static YearMonth month(Instant at) {
        return YearMonth.from(at.atOffset(ZoneOffset.UTC));
    }

    private static String partition(YearMonth month) {
        return "access:" + month;
    }

    /** Those that can still be there, the newest first. */
    private List<YearMonth> months() {
        YearMonth oldest = month(clock.instant().minus(kept.get()));
        return Stream.iterate(month(clock.instant()), month -> !month.isBefore(oldest), month -> month.minusMonths(1))
                .toList();
    }

    @Override
    public List<Access> newest(int limit) {
        List<Access> newest = new ArrayList<>();
        for (YearMonth month : months()) {
            if (newest.size() < limit) {
                newest.addAll(newest(month, limit - newest.size()));
            }
        }
        return newest;
    }

    private List<Access> newest(YearMonth month, int limit) {
        return DynamoTable.failing(
                "read",
                () -> dynamo
                        .queryPaginator(query -> query.tableName(table)
                                .consistentRead(true)
                                .scanIndexForward(false)
                                .keyConditionExpression("id = :id")
                                .expressionAttributeValues(Map.of(":id", text(partition(month)))))
                        .items()
                        .stream()
                        .limit(limit)
                        .map(DynamoAccessLog::access)
                        .toList());
    }

    /** Reads the record of each month: few people look, so that an index would cost more than it saves. */
    @Override
    public List<Access> of(String person) {
        List<Access> about = new ArrayList<>();
        List<YearMonth> months = new ArrayList<>(months());
        Collections.reverse(months);
        months.forEach(month -> about.addAll(of(person, month)));
        return about;
    }

    private List<Access> of(String person, YearMonth month) {
        return DynamoTable.failing(
                "read",
                () -> dynamo
                        .queryPaginator(query -> query.tableName(table)
                                .consistentRead(true)
                                .keyConditionExpression("id = :id")
                                .filterExpression("person = :person")
                                .expressionAttributeValues(
                                        Map.of(":id", text(partition(month)), ":person", text(person))))
                        .items()
                        .stream()
                        .map(DynamoAccessLog::access)
                        .toList());
    }

    private static Access access(Map<String, AttributeValue> item) {
        try {
            return Access.of(JsonTree.read(item.get("record").s()));
        } catch (IOException e) {
            throw new StorageException("an entry of the access record in the DynamoDB table is damaged", e);
        }
    }

    @Override
    public String hashOf(OrganizationUserId person) {
        return hashKey.hash().of(person);
    }

    /** DynamoDB lets the entries expire by itself. */
    @Override
    public int purge(Instant before) {
        return 0;
    }
}
