package io.github.consentbridge.aws.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.aws.Emulators;
import io.github.consentbridge.aws.ScriptedAws;
import io.github.consentbridge.aws.ScriptedAws.Answer;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import io.github.consentbridge.sync.storage.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** Faults of DynamoDB, injected into the client of a working DynamoDB. */
class DynamoTableFaultsTest {
    private static final OrganizationUserId ADA = new OrganizationUserId("ada@example.org");

    private final ManualClock clock = new ManualClock("2026-03-01T08:00:00Z");
    private final String name = Emulators.newTable();
    private final String histories = Emulators.newHistoryTable();
    private final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());

    private DynamoTable table(ExecutionInterceptor fault) {
        return new DynamoTable(Emulators.dynamo(fault), name, waits::add);
    }

    private DynamoHistory history(ExecutionInterceptor fault) {
        return new DynamoHistory(Emulators.dynamo(fault), histories, () -> Emulators.HISTORY_KEPT);
    }

    private DynamoLedger ledger(ExecutionInterceptor fault) {
        return new DynamoLedger(table(fault), history(fault), clock);
    }

    private static final ExecutionInterceptor NONE = new ExecutionInterceptor() {};

    /** Answers every batch partially: the rest is returned as unprocessed. */
    private static final class NoCapacity implements ExecutionInterceptor {
        private final int answered;
        private final AtomicInteger requests = new AtomicInteger();
        private final ThreadLocal<Map<String, KeysAndAttributes>> left = ThreadLocal.withInitial(Map::of);

        NoCapacity(int answered) {
            this.answered = answered;
        }

        @Override
        public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
            if (!(context.request() instanceof BatchGetItemRequest batch)) {
                return context.request();
            }
            requests.incrementAndGet();
            String table = batch.requestItems().keySet().iterator().next();
            KeysAndAttributes all = batch.requestItems().get(table);
            int kept = Math.min(Math.max(answered, 1), all.keys().size());
            int processed = Math.min(answered, kept);
            left.set(
                    processed == all.keys().size()
                            ? Map.of()
                            : Map.of(
                                    table,
                                    all.toBuilder()
                                            .keys(all.keys()
                                                    .subList(
                                                            processed,
                                                            all.keys().size()))
                                            .build()));
            return batch.toBuilder()
                    .requestItems(Map.of(
                            table,
                            all.toBuilder().keys(all.keys().subList(0, kept)).build()))
                    .build();
        }

        @Override
        public SdkResponse modifyResponse(Context.ModifyResponse context, ExecutionAttributes attributes) {
            if (!(context.response() instanceof BatchGetItemResponse batch)) {
                return context.response();
            }
            BatchGetItemResponse.Builder some = batch.toBuilder().unprocessedKeys(left.get());
            return (answered == 0 ? some.responses(Map.of()) : some).build();
        }
    }

    @Test
    void unprocessedKeysAreRequestedAgain() {
        List<OrganizationUserId> people = IntStream.range(0, 130)
                .mapToObj(number -> new OrganizationUserId("p" + number))
                .toList();
        ledger(NONE).save(people.stream().map(LedgerEntry::none).toList());
        NoCapacity most = new NoCapacity(7);

        Map<OrganizationUserId, LedgerEntry> loaded = ledger(most).load(people);

        assertThat(loaded.values())
                .hasSize(130)
                .allSatisfy(entry -> assertThat(entry.revision()).isEqualTo(1));
        assertThat(most.requests).hasValue(15 + 5);
        assertThat(waits).hasSize(14 + 4).containsOnly(Duration.ofMillis(50));
    }

    @Test
    void missingCapacityIsAStorageFailureAndNotAnEmptyResult() {
        ledger(NONE).save(List.of(LedgerEntry.none(ADA)));
        NoCapacity no = new NoCapacity(0);

        assertThatThrownBy(() -> ledger(no).load(List.of(ADA)))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("capacity");

        assertThat(no.requests).hasValue(6);
        assertThat(waits).extracting(Duration::toMillis).containsExactly(100L, 200L, 400L, 800L, 1600L);
    }

    /**
     * Loses the answer to the first put of each request: the item is stored, but the SDK gets a failure and repeats the
     * put.
     */
    private static final class LostAnswers implements ExecutionInterceptor {
        private final Set<SdkRequest> seen = ConcurrentHashMap.newKeySet();
        private Runnable meanwhile = () -> {};

        @Override
        public SdkHttpResponse modifyHttpResponse(Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
            boolean lost = context.request() instanceof PutItemRequest && seen.add(context.request());
            if (lost) {
                meanwhile.run();
            }
            return lost ? context.httpResponse().toBuilder().statusCode(500).build() : context.httpResponse();
        }
    }

    @Test
    void ownSaveWithALostAnswerIsNotAConflict() {
        LostAnswers lost = new LostAnswers();
        DynamoLedger ledger = ledger(lost);

        assertThat(ledger.save(List.of(LedgerEntry.none(ADA)))).isEmpty();
        assertThat(ledger.save(List.of(LedgerEntry.none(ADA).saved()))).isEmpty();

        assertThat(lost.seen).hasSize(2 + 1);
        assertThat(ledger.load(List.of(ADA)).get(ADA).revision()).isEqualTo(2);
    }

    @Test
    void otherSaveAfterALostAnswerIsAConflict() {
        LostAnswers lost = new LostAnswers();
        DynamoLedger ledger = ledger(lost);
        ledger.load(List.of(ADA));
        lost.meanwhile = () -> {
            lost.meanwhile = () -> {};
            ledger(NONE).save(List.of(LedgerEntry.none(ADA).saved()));
        };

        assertThat(ledger.save(List.of(LedgerEntry.none(ADA)))).containsExactly(ADA);

        assertThat(ledger.load(List.of(ADA)).get(ADA).revision()).isEqualTo(2);
    }

    @Test
    void hashKeyIsCreatedOnce() {
        List<String> hashes = IntStream.range(0, 8)
                .parallel()
                .mapToObj(worker -> new DynamoHashKey(table(NONE)).hash().of(ADA))
                .toList();

        assertThat(Set.copyOf(hashes)).hasSize(1);
    }

    @Test
    void tooLargeEntryIsReported() {
        byte[] noise = new byte[500_000];
        new Random(7).nextBytes(noise);
        String text = HexFormat.of().formatHex(noise);

        assertThatThrownBy(() -> new DynamoRunStore(table(NONE)).save("large", text))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("too large");
    }

    @Test
    void refusalIsAStorageFailureWithItsCode() {
        try (ScriptedAws aws = new ScriptedAws((action, request) -> Answer.error(400, "ResourceNotFoundException"))) {
            DynamoDbClient client =
                    Emulators.clients("AWS_ENDPOINT_URL_DYNAMODB", aws.url()).dynamo();
            DynamoTable table = new DynamoTable(client, "t", waits::add);

            assertStorageFailure(() -> new DynamoLedger(table, history(NONE), clock).load(List.of(ADA)));
            assertStorageFailure(
                    () -> new DynamoLedger(table, history(NONE), clock).save(List.of(LedgerEntry.none(ADA))));
            assertStorageFailure(() -> new DynamoLedger(table, history(NONE), clock).personOf("6f0c"));
            assertStorageFailure(() -> new DynamoPauses(table, clock).pausedUntil());
            assertStorageFailure(() -> new DynamoPauses(table, clock).pause(RemoteSystem.DIDOMI, Instant.EPOCH));
            assertStorageFailure(() -> new DynamoRunStore(table).lease("a", Instant.EPOCH, Instant.EPOCH));
            assertStorageFailure(() -> new DynamoRunStore(table).load("a"));
            assertStorageFailure(() -> new DynamoRunStore(table).save("a", null));
        }
    }

    private static void assertStorageFailure(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("ResourceNotFoundException")
                .cause()
                .isInstanceOf(AwsServiceException.class);
    }
}
