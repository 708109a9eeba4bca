package io.github.consentbridge.standalone.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.mapping.settle.Decision;
import io.github.consentbridge.standalone.http.WebServer;
import io.github.consentbridge.sync.logging.JsonOutcomeLog;
import io.github.consentbridge.sync.operations.DeadLetterFilter;
import io.github.consentbridge.sync.operations.DeadLetterSummary;
import io.github.consentbridge.sync.operations.Explanation;
import io.github.consentbridge.sync.operations.Operations;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import io.github.consentbridge.sync.reconciliation.Scan;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A command gets the same results from a running bridge as from the stores. */
class RunningBridgeTest {
    private static final Instant AT = Instant.parse("2026-10-02T08:15:30.120Z");
    private static final AttributeName COLUMN = new AttributeName("new_frequency");
    private static final Explanation ADA = new Explanation(
            "ada@example.org",
            "6f0c1f6e-8d2a-4d9b-9a51-1c5a3c1f0a01",
            AT.minusSeconds(60),
            List.of(
                    new Explanation.Column(
                            "gdpr",
                            COLUMN,
                            "purposes/marketing/preferences/frequency",
                            new Decision(Side.DIDOMI, new ConsentValue.Text("weekly"), AT, "event 1"),
                            new ConsentValue.Text("weekly"),
                            new ConsentValue.Unmapped(COLUMN, "7"),
                            true,
                            false,
                            "only Didomi has a choice"),
                    new Explanation.Column(
                            "gdpr",
                            new AttributeName("new_newsletter"),
                            "purposes/newsletter",
                            null,
                            null,
                            ConsentValue.of(false),
                            false,
                            false,
                            "there is no choice")));
    private static final DeadLetterSummary LETTER = new DeadLetterSummary(
            "1", Side.DYNAMICS, "ada@example.org", "ambiguous: contacts …", AT, AT.plusSeconds(5), 3);

    private final FakeOperations operations = new FakeOperations();
    private final Secret key = ControlFile.newKey();
    private final WebServer server = WebServer.start(
            "127.0.0.1",
            0,
            2,
            new Control(
                    operations,
                    key,
                    new JsonOutcomeLog(
                            new PrintStream(OutputStream.nullOutputStream(), false, UTF_8), Clock.systemUTC())));
    private final RunningBridge bridge = new RunningBridge(new ControlFile(server.port(), key));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void explanationArrivesUnchanged() {
        assertThat(bridge.explain("ada@example.org")).contains(ADA);
        assertThat(bridge.explain("blaise@example.org")).isEmpty();
    }

    @Test
    void deadLettersArriveUnchanged() {
        assertThat(bridge.deadLetters(DeadLetterFilter.ALL, 7)).containsExactly(LETTER);
        assertThat(bridge.replay(DeadLetterFilter.ALL)).isEqualTo(2);
    }

    @Test
    void linesOfAReconciliationArriveBeforeItsReport() throws Exception {
        List<ObjectNode> lines = new ArrayList<>();

        ObjectNode report = bridge.reconcile(new ReconciliationRequest(Scan.FULL, true, false, false), lines::add);

        assertThat(lines).containsExactly(object("progress", 1));
        assertThat(report).isEqualTo(object("changed", 0));
    }

    @Test
    void refusedReconciliationKeepsItsExitCode() {
        ReconciliationRequest request = new ReconciliationRequest(Scan.FULL, false, false, false);

        assertThatExceptionOfType(BridgeException.class)
                .isThrownBy(() -> bridge.reconcile(request, line -> {}))
                .withMessage("another one is running")
                .satisfies(refused -> assertThat(refused.exitCode()).isEqualTo(ExitCode.BUSY));
    }

    private static ObjectNode object(String name, int value) {
        return JsonNodeFactory.instance.objectNode().put(name, value);
    }

    /** Knows one person and one dead letter; only a dry run may reconcile. */
    private static final class FakeOperations implements Operations {
        @Override
        public Optional<Explanation> explain(String key) {
            return Optional.of(ADA).filter(known -> known.key().equals(key));
        }

        @Override
        public List<DeadLetterSummary> deadLetters(DeadLetterFilter filter, int limit) {
            return limit == 7 ? List.of(LETTER) : List.of();
        }

        @Override
        public int replay(DeadLetterFilter filter) {
            return 2;
        }

        @Override
        public ObjectNode reconcile(ReconciliationRequest request, Consumer<ObjectNode> lines) {
            if (!request.dryRun()) {
                throw new BridgeException(ExitCode.BUSY, "another one is running");
            }
            lines.accept(object("progress", 1));
            return object("changed", 0);
        }
    }
}
