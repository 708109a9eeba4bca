package io.github.consentbridge.standalone.console.api;

import io.github.consentbridge.standalone.console.LiveSystems;
import io.github.consentbridge.sync.intake.WebhookReply;
import java.util.List;
import java.util.stream.Stream;

/** Both systems side by side, in the demo only. */
public final class LiveResource {
    private final LiveSystems live;

    public LiveResource(LiveSystems live) {
        this.live = live;
    }

    /** The routes of this resource. */
    public List<ApiRoute> routes() {
        return Stream.concat(
                        Stream.of(ApiRoute.get("/api/live", request -> ApiAnswer.ok(live.state()))),
                        Stream.of("choose", "trouble", "reconcile")
                                .map(action -> ApiRoute.post("/api/live/" + action, request -> act(action, request))))
                .toList();
    }

    private WebhookReply act(String action, ApiRequest request) {
        try {
            return ApiAnswer.ok(live.act(action, request.body()));
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest(String.valueOf(e.getMessage()));
        }
    }
}
