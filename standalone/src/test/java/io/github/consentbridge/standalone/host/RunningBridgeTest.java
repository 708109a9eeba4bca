package io.github.consentbridge.standalone.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.mapping.settle.Decision;
import io.github.consentbridge.standalone.http.HttpLimits;
import io.github.consentbridge.standalone.http.WebServer;
import io.github.consentbridge.sync.history.ChainedEntry;
import io.github.consentbridge.sync.history.HistoryHead;
import io.github.consentbridge.sync.intake.Proxies;
import io.github.consentbridge.sync.intake.WebhookReply;
import io.github.consentbridge.sync.logging.JsonOutcomeLog;
import io.github.consentbridge.sync.operations.DeadLetterDetail;
import io.github.consentbridge.sync.operations.DeadLetterFilter;
import io.github.consentbridge.sync.operations.DeadLetterSummary;
import io.github.consentbridge.sync.operations.Explanation;
import io.github.consentbridge.sync.operations.Operations;
import io.github.consentbridge.sync.operations.PersonHistory;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.DiscardedDelivery;
import io.github.consentbridge.sync.reconciliation.Difference;
import io.github.consentbridge.sync.reconciliation.Difference.Shown;
import io.github.consentbridge.sync.reconciliation.ReconciliationListener;
import io.github.consentbridge.sync.reconciliation.ReconciliationReport;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import io.github.consentbridge.sync.reconciliation.Scan;
import io.github.consentbridge.sync.reconciliation.Totals;
import io.github.consentbridge.sync.reconciliation.Unresolved;
import io.github.consentbridge.sync.rights.Access;
import io.github.consentbridge.sync.rights.AccessKind;
import io.github.consentbridge.sync.rights.ErasureReport;
import io.github.consentbridge.sync.rights.PersonExport;
import io.github.consentbridge.sync.rights.PersonHashes;
import io.github.consentbridge.sync.rights.PersonQuery;
import io.github.consentbridge.sync.rights.Requester;
import io.github.consentbridge.sync.storage.StorageException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
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
                            Set.of(Side.DIDOMI, Side.DYNAMICS),
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
                            Set.of(Side.DYNAMICS),
                            BooleanNode.TRUE,
                            false,
                            false,
                            "there is no choice")),
            Optional.of(List.of(
                    new Explanation.Waiting("w1", Side.DIDOMI, AT, 2, "no luck"),
                    new Explanation.Waiting("w2", Side.DYNAMICS, AT, 0, null))),
            List.of(new DeadLetterSummary("d1", Side.DIDOMI, "ada@example.org", "ambiguous", AT, 1, AT)));
    private static final PersonHistory HISTORY = new PersonHistory(
            "ada@example.org",
            null,
            new HistoryHead(2, "hash", AT, new TreeMap<>()),
            List.of(ChainedEntry.stored(1, "{\"n\":1}"), ChainedEntry.stored(2, "{\"n\":2}")));
    private static final DeadLetterSummary LETTER = new DeadLetterSummary(
            "1", Side.DYNAMICS, "ada@example.org", "ambiguous: contacts …", AT, 3, AT.plusSeconds(5));
    private static final DeadLetterDetail DETAIL = new DeadLetterDetail(
            LETTER, AT, new Delivery.Earlier(2, 1, AT.plusSeconds(1), "ambiguous"), "{\"of\": \"***\"}");
    private static final DiscardedDelivery.Decision DECISION =
            new DiscardedDelivery.Decision("operator", AT.plusSeconds(9), "asked by the customer");
    private static final DiscardedDelivery DISCARDED =
            new DiscardedDelivery("1", Side.DYNAMICS, "0f".repeat(16), AT, 3, "ambiguous", DECISION);

    private static final Requester OPERATOR = new Requester("operator", Requester.Means.CONSOLE);
    private static final PersonQuery EMAIL = new PersonQuery.Email("o'neil+\"x\"@example.org");
    private static final List<Access> ACCESSES = List.of(
            new Access(AT, AccessKind.ERASED, "0f".repeat(16), OPERATOR, "asked by the customer"),
            new Access(AT, AccessKind.SEARCHED, "", OPERATOR, null));
    private static final PersonHashes HASHES =
            new PersonHashes("ada@example.org", List.of("0123456789abcdef"), "0f".repeat(16));
    private static final ErasureReport ERASED =
            new ErasureReport("ada@example.org", 1, 7, 2, 1, List.of("Didomi keeps its own record"));

    private static final ReconciliationRequest DRY_RUN =
            new ReconciliationRequest(Scan.FULL, true, true, false, Duration.ofSeconds(90));
    private static final Totals TOTALS = new Totals(1, 2, 3, 4, 5, 0, 7, 8, 9);
    private static final Shown DAILY = new Shown(new ConsentValue.Text("daily"), AT);
    private static final Difference DIFFERENCE = new Difference(
            "ada", null, "new_frequency", Side.DYNAMICS, DAILY, new Shown(null, null), 3L, Side.DIDOMI, "newer", true);
    private static final Unresolved UNRESOLVED = new Unresolved(
            "ada",
            "1",
            "new_frequency",
            DAILY,
            new Shown(new ConsentValue.Unmapped(COLUMN, "7"), null),
            true,
            "no option");
    private static final ReconciliationReport REPORT = new ReconciliationReport(
            DRY_RUN, TOTALS, Optional.of("too many"), false, 9, 10, Duration.ofMillis(11_013), List.of("repaired"));

    private final FakeOperations operations = new FakeOperations();
    private final Secret key = ControlFile.newKey();
    private final WebServer server = WebServer.start(
            "127.0.0.1",
            0,
            HttpLimits.standard(),
            Proxies.none(),
            new Control(
                    operations,
                    key,
                    () -> WebhookReply.json(503, "{\"status\":\"down\"}"),
                    minutes -> JsonNodeFactory.instance.objectNode().put("minutes", minutes),
                    new JsonOutcomeLog(
                            new PrintStream(OutputStream.nullOutputStream(), false, UTF_8), Clock.systemUTC())));
    private final RunningBridge bridge = new RunningBridge(new ControlFile(server.port(), key));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void passesAHistoryOnAsItIsStored() {
        assertThat(bridge.history("ada@example.org")).contains(HISTORY);
        assertThat(bridge.history("nobody@example.org")).isEmpty();
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
    void activityOfTheLastMinutesArrives() {
        assertThat(bridge.activity(360).path("minutes").asInt()).isEqualTo(360);
    }

    @Test
    void healthArrivesWhateverItIs() {
        assertThat(bridge.health().path("status").asText()).isEqualTo("down");
    }

    @Test
    void liftedPausesArriveUnchanged() {
        assertThat(bridge.resume(EnumSet.allOf(RemoteSystem.class))).isEqualTo(Map.of(RemoteSystem.DATAVERSE, AT));
        assertThat(bridge.resume(EnumSet.of(RemoteSystem.DIDOMI))).isEmpty();
    }

    @Test
    void deadLetterArrivesUnchanged() {
        assertThat(bridge.deadLetter("1", true)).contains(DETAIL);
        assertThat(bridge.deadLetter("1", false)).isEmpty();
    }

    @Test
    void recordOfADiscardedDeliveryArrivesUnchanged() {
        assertThat(bridge.discard("1", DECISION)).contains(DISCARDED);
        assertThat(bridge.discard("2", DECISION)).isEmpty();
        assertThat(bridge.discarded("1")).containsExactly(DISCARDED);
        assertThat(bridge.discarded("2")).isEmpty();
    }

    @Test
    void keysThatAreFoundArriveUnchanged() {
        assertThat(bridge.find(EMAIL, OPERATOR)).containsExactly("ada", "grace");
        assertThatExceptionOfType(BridgeException.class)
                .isThrownBy(() -> bridge.find(new PersonQuery.Contact("1"), OPERATOR))
                .withMessage("the contact has no organization user id")
                .satisfies(failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.FINDINGS));
    }

    @Test
    void accessesArriveUnchanged() {
        bridge.recordAccess(AccessKind.LOOKED_AT, "ada@example.org", OPERATOR);

        assertThat(operations.recorded)
                .containsExactly(new Access(AT, AccessKind.LOOKED_AT, "ada@example.org", OPERATOR, null));
        assertThat(bridge.accesses(2)).isEqualTo(ACCESSES);
        assertThat(bridge.hashes("ada@example.org", OPERATOR)).isEqualTo(HASHES);
    }

    @Test
    void accessThatCannotBeRecordedFailsTheCommand() {
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> bridge.recordAccess(AccessKind.EXPORTED, "ada@example.org", OPERATOR));
    }

    @Test
    void exportArrivesUnchangedWhateverItsSize() {
        PersonExport export =
                bridge.export("ada@example.org", OPERATOR, "asked").orElseThrow();

        assertThat(export)
                .isEqualTo(
                        operations.export("ada@example.org", OPERATOR, "asked").orElseThrow());
        assertThat(bridge.export("ada@example.org", OPERATOR, null)
                        .orElseThrow()
                        .json()
                        .get("reason")
                        .isNull())
                .isTrue();
        assertThat(bridge.export("grace@example.org", OPERATOR, null)).isEmpty();
    }

    @Test
    void reportOfAnErasureArrivesUnchanged() {
        assertThat(bridge.erase("ada@example.org", OPERATOR, "asked by the customer"))
                .contains(ERASED);
        assertThat(bridge.erase("grace@example.org", OPERATOR, "asked by the customer"))
                .isEmpty();
    }

    @Test
    void eventsOfAReconciliationArriveBeforeItsReport() throws Exception {
        Events sent = new Events(new ArrayList<>());
        operations.reconcile(DRY_RUN, sent);
        Events events = new Events(new ArrayList<>());

        ReconciliationReport report = bridge.reconcile(DRY_RUN, events);

        assertThat(events.all()).hasSize(7).isEqualTo(sent.all());
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
        public void reading(String subject) {
            all.add(subject);
        }

        @Override
        public void waiting(String why, Duration wait, Duration left) {
            all.add(List.of(why, wait, left));
        }

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
        private final List<Access> recorded = new ArrayList<>();

        @Override
        public Map<RemoteSystem, Instant> resume(Set<RemoteSystem> systems) {
            return systems.contains(RemoteSystem.DATAVERSE) ? Map.of(RemoteSystem.DATAVERSE, AT) : Map.of();
        }

        @Override
        public Optional<Explanation> explain(String key) {
            return Optional.of(ADA).filter(known -> known.key().equals(key));
        }

        @Override
        public Optional<PersonHistory> history(String key) {
            return Optional.of(HISTORY).filter(known -> known.key().equals(key));
        }

        @Override
        public List<DeadLetterSummary> deadLetters(DeadLetterFilter filter, int limit) {
            return limit == 7 ? List.of(LETTER) : List.of();
        }

        @Override
        public Optional<DeadLetterDetail> deadLetter(String id, boolean plain) {
            return Optional.of(DETAIL).filter(letter -> plain);
        }

        @Override
        public Optional<DiscardedDelivery> discard(String id, DiscardedDelivery.Decision decision) {
            return Optional.of(DISCARDED).filter(record -> record.id().equals(id) && decision.equals(DECISION));
        }

        @Override
        public List<DiscardedDelivery> discarded(String id) {
            return discard(id, DECISION).stream().toList();
        }

        @Override
        public int replay(DeadLetterFilter filter) {
            return 2;
        }

        @Override
        public List<String> find(PersonQuery query, Requester requester) {
            if (query instanceof PersonQuery.Contact) {
                throw new BridgeException(ExitCode.FINDINGS, "the contact has no organization user id");
            }
            return query.equals(EMAIL) && requester.equals(OPERATOR) ? List.of("ada", "grace") : List.of();
        }

        @Override
        public void recordAccess(AccessKind kind, String key, Requester requester) {
            if (kind == AccessKind.EXPORTED) {
                throw new StorageException("the disk is full");
            }
            recorded.add(new Access(AT, kind, key, requester, null));
        }

        @Override
        public PersonHashes hashes(String key, Requester requester) {
            return HASHES;
        }

        @Override
        public List<Access> accesses(int limit) {
            return ACCESSES.subList(0, limit);
        }

        @Override
        public Optional<PersonExport> export(String key, Requester requester, @Nullable String reason) {
            ObjectNode json = JsonNodeFactory.instance
                    .objectNode()
                    .put("key", key)
                    .put("by", requester.name())
                    .put("reason", reason)
                    .put("body", "\ud83d".repeat(2_000_000));
            return Optional.of(new PersonExport(json)).filter(export -> key.equals("ada@example.org"));
        }

        @Override
        public Optional<ErasureReport> erase(String key, Requester requester, String reason) {
            return Optional.of(ERASED)
                    .filter(report -> report.key().equals(key)
                            && requester.equals(OPERATOR)
                            && reason.equals("asked by the customer"));
        }

        @Override
        public ReconciliationReport reconcile(ReconciliationRequest request, ReconciliationListener listener) {
            if (!request.dryRun()) {
                throw new BridgeException(ExitCode.BUSY, "another one is running");
            }
            listener.reading("Didomi's users");
            listener.waiting("Didomi answered 503", Duration.ofSeconds(15), request.patience());
            listener.found(DIFFERENCE);
            listener.unresolved(UNRESOLVED);
            listener.failed("blaise", "ambiguous");
            listener.onlyIn(Side.DYNAMICS, "carl");
            listener.progress(TOTALS, 100);
            return REPORT;
        }
    }
}
