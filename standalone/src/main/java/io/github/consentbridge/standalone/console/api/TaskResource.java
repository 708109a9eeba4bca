package io.github.consentbridge.standalone.console.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.standalone.console.task.ConsoleTask;
import io.github.consentbridge.standalone.console.task.FindingQuery;
import io.github.consentbridge.standalone.console.task.TaskKind;
import io.github.consentbridge.standalone.console.task.Tasks;
import io.github.consentbridge.sync.intake.WebhookReply;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import io.github.consentbridge.sync.reconciliation.Scan;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Long work: checks, dry runs, and applying what a dry run has found. */
public final class TaskResource {
    private static final int PAGE = 50;

    private final Tasks tasks;

    public TaskResource(Tasks tasks) {
        this.tasks = tasks;
    }

    /** The routes of this resource. */
    public List<ApiRoute> routes() {
        return List.of(
                ApiRoute.get("/api/tasks", request -> list()),
                ApiRoute.post("/api/tasks", this::start),
                ApiRoute.get(
                        "/api/tasks/ID", request -> ApiAnswer.ok(task(request).json())),
                ApiRoute.post("/api/tasks/ID/cancel", this::cancel),
                ApiRoute.get(
                        "/api/tasks/ID/summary",
                        request -> ApiAnswer.ok(task(request).findings().summary())),
                ApiRoute.post("/api/tasks/ID/list", this::findings));
    }

    private WebhookReply list() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode list = node.putArray("tasks");
        tasks.all().forEach(task -> list.add(task.json()));
        return ApiAnswer.ok(node);
    }

    private ConsoleTask task(ApiRequest request) {
        return tasks.find(request.id())
                .orElseThrow(() -> ApiException.notFound("this task is not known any more: start it again"));
    }

    private WebhookReply start(ApiRequest request) {
        TaskKind kind = TaskKind.of(request.text("kind"))
                .orElseThrow(() -> ApiException.badRequest("kind must be checks, dry_run or reconcile"));
        Optional<ConsoleTask> started = switch (kind) {
            case CHECKS -> tasks.checks();
            case DRY_RUN -> tasks.dryRun(new ReconciliationRequest(scan(request), true, false, false));
            case RECONCILE -> reconcile(request);
        };
        ConsoleTask task = started.orElseThrow(() -> ApiException.conflict(
                kind.isScan()
                        ? "another run is under way: wait until it ends, or cancel it"
                        : "the checks are being made: wait for them"));
        return ApiAnswer.accepted(JsonNodeFactory.instance.objectNode().put("id", task.id()));
    }

    private static Scan scan(ApiRequest request) {
        String word = request.optionalText("scan").orElse(Scan.FULL.word());
        return Arrays.stream(Scan.values())
                .filter(scan -> scan.word().equals(word))
                .findFirst()
                .orElseThrow(() -> ApiException.badRequest("scan must be full, didomi or dynamics"));
    }

    /** Applies what was looked at, and only that: the typed number says that it was. */
    private Optional<ConsoleTask> reconcile(ApiRequest request) {
        ConsoleTask dryRun = tasks.find(request.text("of"))
                .filter(task -> task.kind() == TaskKind.DRY_RUN)
                .orElseThrow(() -> ApiException.notFound("this dry run is not known any more: make another one"));
        if (!dryRun.isDone()) {
            throw ApiException.conflict("the dry run has not come to its end: make another one");
        }
        if (request.number("confirm") != dryRun.differences()) {
            throw ApiException.conflict("the number does not match: type how many differences the dry run found");
        }
        if (!dryRun.apply()) {
            throw ApiException.conflict("what this dry run found has been applied: make another one");
        }
        Scan scan = dryRun.request().orElseThrow().scan();
        Optional<ConsoleTask> started = tasks.reconcile(
                new ReconciliationRequest(scan, false, request.flag("initial"), request.flag("force")), dryRun);
        if (started.isEmpty()) {
            dryRun.applyLater();
        }
        return started;
    }

    private WebhookReply cancel(ApiRequest request) {
        tasks.cancel(task(request));
        return ApiAnswer.accepted(JsonNodeFactory.instance.objectNode());
    }

    private WebhookReply findings(ApiRequest request) {
        FindingQuery query = new FindingQuery(
                request.optionalText("mapping"), request.optionalText("reason"), request.optionalText("text"));
        var findings = task(request).findings();
        int offset = request.offset();
        int limit = request.limit(PAGE);
        return ApiAnswer.ok(
                switch (request.text("list")) {
                    case "differences" -> findings.differences(query, offset, limit);
                    case "unresolved" -> findings.unresolved(query, offset, limit);
                    case "failed" -> findings.failed(query, offset, limit);
                    default -> throw ApiException.badRequest("list must be differences, unresolved or failed");
                });
    }
}
