package io.github.consentbridge.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.aws.dynamo.DynamoPauses;
import io.github.consentbridge.aws.dynamo.DynamoRunStore;
import io.github.consentbridge.aws.dynamo.DynamoTable;
import io.github.consentbridge.aws.sqs.SqsDepth;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.sync.credentials.BridgeSecret;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.operations.LastReconciliation;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import io.github.consentbridge.sync.reconciliation.Scan;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StackHealthTest {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    private final String queue = Emulators.newQueue();
    private final String dynamicsQueue = Emulators.newQueue();
    private final String deadLetters = Emulators.newQueue();
    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final DynamoTable table = Emulators.table(Emulators.newTable());
    private final DynamoPauses pauses = new DynamoPauses(table, clock);
    private final DynamoRunStore runs = new DynamoRunStore(table);

    private final LosableCredentials credentials = new LosableCredentials();

    /** A secret that can be read or not; its content does not matter. */
    private static final class LosableCredentials implements Credentials {
        private boolean lost;

        @Override
        public BridgeSecret current() {
            if (lost) {
                throw new CredentialsException("the secret acme/bridge cannot be read");
            }
            return new BridgeSecret(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }

        @Override
        public BridgeSecret refreshed() {
            return current();
        }
    }

    private ObjectNode health() {
        return new StackHealth(
                        List.of(new SqsDepth(Emulators::sqs, queue), new SqsDepth(Emulators::sqs, dynamicsQueue)),
                        new SqsDepth(Emulators::sqs, deadLetters),
                        pauses,
                        runs,
                        credentials,
                        clock)
                .json();
    }

    @Test
    void stackIsUpWhereNothingIsWrong() {
        for (String url : List.of(queue, dynamicsQueue)) {
            Emulators.sqs().sendMessage(request -> request.queueUrl(url).messageBody("one"));
        }

        assertThat(health())
                .hasToString("{\"status\":\"up\",\"problems\":[],"
                        + "\"queue\":{\"depth\":2,\"in_flight\":0,\"dead_letters\":0},"
                        + "\"paused_until\":{\"didomi\":null,\"dataverse\":null},"
                        + "\"last_reconciliation\":{\"finished_at\":null,\"scan\":null,\"result\":null}}");
    }

    /** Nothing waits while senders are answered 503, so the queues alone would say that all is well. */
    @Test
    void stackWithoutAValidSecretIsDown() {
        credentials.lost = true;

        ObjectNode health = health();

        assertThat(health.get("status").asText()).isEqualTo("down");
        assertThat(health.at("/problems/0").asText()).contains("no valid secret");
    }

    @Test
    void reconciliationThatFailedDegradesIt() {
        ReconciliationRequest request = new ReconciliationRequest(Scan.FULL, false, false, false);
        assertThatThrownBy(() -> LastReconciliation.recorded(runs, clock, request, () -> {
                    throw new IllegalStateException("Didomi does not answer");
                }))
                .hasMessage("Didomi does not answer");

        ObjectNode health = health();

        assertThat(health.get("status").asText()).isEqualTo("degraded");
        assertThat(health.get("last_reconciliation"))
                .hasToString("{\"finished_at\":\"2026-03-01T08:00:00Z\",\"scan\":\"full\",\"result\":\"failed\"}");
    }

    @Test
    void deadLettersAndPausesDegradeIt() {
        Emulators.sqs().sendMessage(request -> request.queueUrl(deadLetters).messageBody("one"));
        pauses.pause(RemoteSystem.DATAVERSE, NOW.plusSeconds(60));
        pauses.pause(RemoteSystem.DIDOMI, NOW.minusSeconds(60));

        ObjectNode health = health();

        assertThat(health.get("status").asText()).isEqualTo("degraded");
        assertThat(health.get("problems")).hasSize(2);
        assertThat(health.at("/queue/dead_letters").asLong()).isEqualTo(1);
        assertThat(health.at("/paused_until/dataverse").asText()).isEqualTo("2026-03-01T08:01:00Z");
        assertThat(health.at("/paused_until/didomi").isNull()).isTrue();
    }
}
