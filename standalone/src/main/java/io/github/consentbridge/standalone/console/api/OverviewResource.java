package io.github.consentbridge.standalone.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.standalone.console.ConsoleSubject;
import io.github.consentbridge.sync.doctor.Check;
import io.github.consentbridge.sync.doctor.CheckCode;
import io.github.consentbridge.sync.intake.WebhookReply;
import io.github.consentbridge.sync.operations.OperationsJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the bridge and both systems are. */
public final class OverviewResource {
    private final ConsoleSubject subject;
    private final LastChecks checks;

    public OverviewResource(ConsoleSubject subject, LastChecks checks) {
        this.subject = subject;
        this.checks = checks;
    }

    /** The routes of this resource. */
    public List<ApiRoute> routes() {
        return List.of(
                ApiRoute.get("/api/overview", request -> ApiAnswer.ok(json())),
                ApiRoute.get("/api/activity", this::activity),
                ApiRoute.post("/api/resume", this::resume));
    }

    /** What {@code GET /api/overview} answers. */
    public ObjectNode json() {
        Optional<JsonNode> found = subject.health();
        JsonNode health = found.orElse(MissingNode.getInstance());
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("running", found.isPresent());
        node.set("health", found.orElse(null));
        node.putArray("systems")
                .add(system(RemoteSystem.DIDOMI, Side.DIDOMI, CheckCode.DIDOMI_LOGIN, health))
                .add(system(RemoteSystem.DATAVERSE, Side.DYNAMICS, CheckCode.DYNAMICS_LOGIN, health));
        node.set("checks", checks.json());
        node.set("last_reconciliation", orNull(health.path("last_reconciliation")));
        return node;
    }

    private ObjectNode system(RemoteSystem system, Side side, CheckCode login, JsonNode health) {
        Optional<Check> check = checks.of(login);
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("system", system.word())
                .put("label", side == Side.DYNAMICS ? "Dynamics 365" : side.label())
                .put("token", check.map(OverviewResource::token).orElse("unknown"))
                .put(
                        "sentence",
                        check.filter(found -> found.state() != Check.State.OK)
                                .map(Check::sentence)
                                .orElse(null));
        node.set("paused_until", orNull(health.path("paused_until").path(system.word())));
        node.set("last_delivery", orNull(health.path("last_delivery").path(side.word())));
        return node;
    }

    private static @Nullable JsonNode orNull(JsonNode node) {
        return node.isMissingNode() ? null : node;
    }

    private static String token(Check check) {
        return switch (check.state()) {
            case OK, WARNING -> "ok";
            case FAILED -> "failed";
            case NOT_CHECKED -> "unknown";
        };
    }

    private WebhookReply activity(ApiRequest request) {
        int minutes = request.queryNumber("minutes", 60);
        if (!Set.of(60, 360, 1440).contains(minutes)) {
            throw ApiException.badRequest("minutes must be 60, 360 or 1440");
        }
        return ApiAnswer.ok(subject.activity(minutes));
    }

    private WebhookReply resume(ApiRequest request) {
        RemoteSystem system = system(request.text("system"));
        Map<RemoteSystem, Instant> lifted = subject.onStores(operations -> operations.resume(Set.of(system)));
        return ApiAnswer.ok(OperationsJson.lifted(lifted));
    }

    private static RemoteSystem system(String word) {
        try {
            return RemoteSystem.ofWord(word);
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("system must be didomi or dataverse");
        }
    }
}
