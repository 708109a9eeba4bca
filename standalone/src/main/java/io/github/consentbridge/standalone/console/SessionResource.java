package io.github.consentbridge.standalone.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.standalone.console.api.Api;
import io.github.consentbridge.standalone.console.api.ApiRoute;
import io.github.consentbridge.sync.intake.WebhookReply;
import io.github.consentbridge.sync.rights.Requester;
import java.util.List;
import java.util.Optional;

/** What the page needs of its own session. */
final class SessionResource {
    private final Sessions sessions;
    private final String host;
    private final boolean live;
    private final Runnable afterEnd;

    /**
     * The resource of the session.
     *
     * @param host names the stores
     * @param live whether there is a page Live
     * @param afterEnd what follows when the page ends its session
     */
    SessionResource(Sessions sessions, String host, boolean live, Runnable afterEnd) {
        this.sessions = sessions;
        this.host = host;
        this.live = live;
        this.afterEnd = afterEnd;
    }

    List<ApiRoute> routes() {
        return List.of(
                new ApiRoute("GET", "/api/session", request -> describe()),
                new ApiRoute("POST", "/api/session/end", request -> end()));
    }

    private WebhookReply describe() {
        Optional<Session> session = sessions.open();
        if (session.isEmpty()) {
            return Api.error(401, "the session has ended: start ./bridge console again");
        }
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("user", Requester.thisUser(Requester.Means.CONSOLE).name())
                .put("host", host)
                .put("version", version())
                .put("csrf", session.get().csrf().value())
                .put("live", live)
                .put("idle_seconds", Session.MAX_IDLE.toSeconds());
        return WebhookReply.json(200, node.toString());
    }

    private static String version() {
        return Optional.ofNullable(SessionResource.class.getPackage().getImplementationVersion())
                .orElse("unpackaged");
    }

    private WebhookReply end() {
        sessions.end();
        afterEnd.run();
        return WebhookReply.json(200, "{}");
    }
}
