package io.github.consentbridge.standalone.console.task;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.standalone.operator.Pace;
import io.github.consentbridge.sync.reconciliation.ReconciliationReport;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import io.github.consentbridge.sync.reconciliation.Totals;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** One piece of long work: what it does, how far it has come, and how it ended. Safe for use by several threads. */
public final class ConsoleTask {
    private final String id;
    private final TaskKind kind;
    private final @Nullable ReconciliationRequest request;
    private final Instant startedAt;
    private final TaskFindings findings = new TaskFindings();
    private final Pace pace = new Pace();
    private State state = State.RUNNING;
    private @Nullable Instant endedAt;
    private @Nullable String subject;
    private @Nullable String waiting;
    private @Nullable String sentence;
    private @Nullable Totals totals;
    private long expected;
    private OptionalDouble secondsLeft = OptionalDouble.empty();
    private long didomiRequests;
    private long dataverseRequests;
    private boolean cancelling;
    private boolean applied;

    /** How it is. */
    enum State {
        RUNNING,
        DONE,
        /** The stop rule ended it. */
        STOPPED,
        FAILED,
        CANCELLED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param request of a scan; null for checks */
    ConsoleTask(String id, TaskKind kind, @Nullable ReconciliationRequest request, Instant startedAt) {
        this.id = id;
        this.kind = kind;
        this.request = request;
        this.startedAt = startedAt;
    }

    /** Names the task. */
    public String id() {
        return id;
    }

    /** What it does. */
    public TaskKind kind() {
        return kind;
    }

    /** What it reads; empty for checks. */
    public Optional<ReconciliationRequest> request() {
        return Optional.ofNullable(request);
    }

    /** What it has found. */
    public TaskFindings findings() {
        return findings;
    }

    synchronized boolean isRunning() {
        return state == State.RUNNING;
    }

    /** Whether everything was read. */
    public synchronized boolean isDone() {
        return state == State.DONE;
    }

    /** How many differences it has found. */
    public synchronized long differences() {
        return totals == null ? 0 : totals.differences();
    }

    /** Notes that what it found is being applied; true the first time. */
    public synchronized boolean apply() {
        boolean first = !applied;
        applied = true;
        return first;
    }

    /** What it found can be applied again: another run was under way. */
    public synchronized void applyLater() {
        applied = false;
    }

    synchronized void cancel() {
        cancelling = true;
    }

    synchronized boolean isCancelling() {
        return cancelling;
    }

    synchronized void reading(String what) {
        subject = what;
        waiting = null;
    }

    synchronized void waiting(String why) {
        waiting = why;
    }

    synchronized void progress(Totals now, long rows, long nanoTime) {
        totals = now;
        expected = rows;
        waiting = null;
        if (pace.hasBegun()) {
            secondsLeft = Pace.secondsLeft(now.read(), rows, pace.perSecond(now.read(), nanoTime));
        } else {
            pace.begin(now.read(), nanoTime);
        }
    }

    synchronized void report(ReconciliationReport report, Instant now) {
        totals = report.totals();
        didomiRequests = report.didomiRequests();
        dataverseRequests = report.dataverseRequests();
        if (report.stopped().isPresent()) {
            end(State.STOPPED, report.stopped().get(), now);
        } else if (report.finished()) {
            end(State.DONE, null, now);
        } else {
            end(State.FAILED, "it was interrupted: start it again, and it continues where it ended", now);
        }
    }

    /** @param why what ended it; null if nothing did */
    synchronized void end(State how, @Nullable String why, Instant now) {
        if (state == State.RUNNING) {
            state = how;
            sentence = why;
            endedAt = now;
            waiting = null;
            secondsLeft = OptionalDouble.empty();
        }
    }

    /** As {@code GET /api/tasks/ID} answers it. */
    public synchronized ObjectNode json() {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("kind", kind.word())
                .put("scan", request == null ? null : request.scan().word())
                .put("state", state.word())
                .put("started_at", startedAt.toString())
                .put("ended_at", endedAt == null ? null : endedAt.toString())
                .put("subject", subject);
        progress(node);
        counts(node);
        node.put("sentence", sentence);
        node.putObject("requests").put("didomi", didomiRequests).put("dataverse", dataverseRequests);
        return node;
    }

    private void progress(ObjectNode node) {
        long read = totals == null ? 0 : totals.read();
        node.put("read", read).put("expected", expected);
        if (state == State.DONE) {
            node.put("fraction", 1.0);
        } else if (expected > 0) {
            node.put("fraction", Math.min(0.99, (double) read / expected));
        } else {
            node.putNull("fraction");
        }
        if (secondsLeft.isPresent()) {
            node.put("remaining_seconds", Math.round(secondsLeft.getAsDouble()));
        } else {
            node.putNull("remaining_seconds");
        }
        node.put("waiting", waiting);
    }

    private void counts(ObjectNode node) {
        node.put("differences", totals == null ? 0 : totals.differences())
                .put("unresolved", totals == null ? 0 : totals.unresolved())
                .put("failed", totals == null ? 0 : totals.failed())
                .put("changed", totals == null ? 0 : totals.changed());
        ObjectNode onlyIn = node.putObject("only_in");
        for (Side side : Side.values()) {
            if (totals == null || request == null || !request.countsOnlyIn(side)) {
                onlyIn.putNull(side.word());
            } else {
                onlyIn.put(side.word(), side == Side.DIDOMI ? totals.onlyInDidomi() : totals.onlyInDynamics());
            }
        }
    }
}
