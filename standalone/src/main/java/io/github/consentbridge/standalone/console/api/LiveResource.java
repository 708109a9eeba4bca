package io.github.consentbridge.standalone.console.api;

import io.github.consentbridge.standalone.console.LiveSystems;
import io.github.consentbridge.sync.intake.WebhookReply;
import java.util.List;

/** Both systems beside each other, which only the demo has. */
public final class LiveResource {
    private final LiveSystems systems;

    public LiveResource(LiveSystems systems) {
        this.systems = systems;
    }

    /** {@code GET /api/live}, and {@code POST /api/live/choose|trouble|reconcile}. */
    public List<ApiRoute> routes() {
        return List.of(
                ApiRoute.get("/api/live", request -> ApiAnswer.ok(systems.state())),
                ApiRoute.post("/api/live/choose", request -> act("choose", request)),
                ApiRoute.post("/api/live/trouble", request -> act("trouble", request)),
                ApiRoute.post("/api/live/reconcile", request -> act("reconcile", request)));
    }

    private WebhookReply act(String action, ApiRequest request) {
        try {
            return ApiAnswer.ok(systems.act(action, request.body()));
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest(String.valueOf(e.getMessage()));
        }
    }
}
