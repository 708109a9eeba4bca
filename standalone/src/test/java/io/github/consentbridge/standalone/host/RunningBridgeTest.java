package io.github.consentbridge.standalone.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
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
import io.github.consentbridge.sync.reconciliation.Difference;
import io.github.consentbridge.sync.reconciliation.Difference.Shown;
import io.github.consentbridge.sync.reconciliation.ReconciliationListener;
import io.github.consentbridge.sync.reconciliation.ReconciliationReport;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import io.github.consentbridge.sync.reconciliation.Scan;
import io.github.consentbridge.sync.reconciliation.Totals;
import io.github.consentbridge.sync.reconciliation.Unresolved;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
                            IntNode.valueOf(7),
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
                            BooleanNode.TRUE,
                            false,
                            false,
                            "there is no choice")),
            Optional.of(List.of(
                    new Explanation.Waiting("w1", Side.DIDOMI, AT, 2, "no luck"),
                    new Explanation.Waiting("w2", Side.DYNAMICS, AT, 0, null))),
            List.of(new DeadLetterSummary("d1", Side.DIDOMI, "ada@example.org", "ambiguous", AT, AT, 1)));
    private static final DeadLetterSummary LETTER = new DeadLetterSummary(
            "1", Side.DYNAMICS, "ada@example.org", "ambiguous: contacts …", AT, AT.plusSeconds(5), 3);

    private static final ReconciliationRequest DRY_RUN = new ReconciliationRequest(Scan.FULL, true, true, false);
    private static final Totals TOTALS = new Totals(1, 2, 3, 4, 5, 6, 7, 8, 9);
    private static final Shown DAILY = new Shown(new ConsentValue.Text("daily"), AT);
    private static final Difference DIFFERENCE = new Difference(
            "ada", null, "new_frequency", Side.DYNAMICS, DAILY, new Shown(null, null), Side.DIDOMI, "newer", true);
    private static final Unresolved UNRESOLVED = new Unresolved(
            "ada", "1", "new_frequency", DAILY, new Shown(new ConsentValue.Unmapped(COLUMN, "7"), null), "no option");
    private static final ReconciliationReport REPORT = new ReconciliationReport(
            DRY_RUN, TOTALS, Optional.of("too many"), false, 9, 10, Duration.ofMillis(11_013), List.of("repaired"));

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
    void eventsOfAReconciliationArriveBeforeItsReport() throws Exception {
        Events sent = new Events(new ArrayList<>());
        operations.reconcile(DRY_RUN, sent);
        Events events = new Events(new ArrayList<>());

        ReconciliationReport report = bridge.reconcile(DRY_RUN, events);

        assertThat(events.all()).hasSize(5).isEqualTo(sent.all());
        assertThat(report).isEqualTo(REPORT);
    }

    @Test
    void refusedReconciliationKeepsItsExitCode() {
        ReconciliationRequest request = new ReconciliationRequest(Scan.FULL, false, false, false);

        assertThatExceptionOfType(BridgeException.class)
                .isThrownBy(() -> bridge.reconcile(request, ReconciliationListener.NONE))
                .withMessage("another one is running")
                .satisfies(refused -> assertThat(refused.exitCode()).isEqualTo(ExitCode.BUSY));
    }

    private record Events(List<Object> all) implements ReconciliationListener {
        @Override
        public void found(Difference difference) {
            all.add(difference);
        }

        @Override
        public void unresolved(Unresolved unresolved) {
            all.add(unresolved);
        }

        @Override
        public void failed(String key, String reason) {
            all.add(List.of(key, reason));
        }

        @Override
        public void onlyIn(Side side, String key) {
            all.add(List.of(side, key));
        }

        @Override
        public void progress(Totals totals, long expected) {
            all.add(List.of(totals, expected));
        }
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
        public ReconciliationReport reconcile(ReconciliationRequest request, ReconciliationListener listener) {
            if (!request.dryRun()) {
                throw new BridgeException(ExitCode.BUSY, "another one is running");
            }
            listener.found(DIFFERENCE);
            listener.unresolved(UNRESOLVED);
            listener.failed("blaise", "ambiguous");
            listener.onlyIn(Side.DYNAMICS, "carl");
            listener.progress(TOTALS, 100);
            return REPORT;
        }
    }
}
