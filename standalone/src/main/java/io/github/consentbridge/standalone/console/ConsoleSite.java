package io.github.consentbridge.standalone.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.consentbridge.standalone.console.api.Api;
import io.github.consentbridge.standalone.console.api.ApiException;
import io.github.consentbridge.standalone.console.api.ApiRequest;
import io.github.consentbridge.standalone.console.events.EventHub;
import io.github.consentbridge.standalone.http.Exchange;
import io.github.consentbridge.standalone.http.Site;
import io.github.consentbridge.standalone.http.WorkerPool;
import io.github.consentbridge.sync.intake.RequestBody;
import io.github.consentbridge.sync.intake.RequestHead;
import io.github.consentbridge.sync.intake.WebhookReply;
import io.github.consentbridge.sync.logging.OutcomeLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides who gets which answer: the page's files, the one-time address, the API and its events. */
final class ConsoleSite implements Site {
    private static final String OPEN = "/open/";
    private static final String API = "/api/";
    private static final String EVENTS = "/api/events";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Sessions sessions;
    private final StaticFiles files;
    private final RequestGuard guard;
    private final Api api;
    private final EventHub events;
    private final WorkerPool work;

    ConsoleSite(Sessions sessions, StaticFiles files, RequestGuard guard, Api api, EventHub events, OutcomeLog log) {
        this.sessions = sessions;
        this.files = files;
        this.guard = guard;
        this.api = api;
        this.events = events;
        WebhookReply busy = ConsoleHeaders.on(Api.error(503, "the console is busy or failed: try again in a moment"));
        this.work = new WorkerPool("console", 8, 64, PATIENCE, busy, log);
    }

    @Override
    public void handle(Exchange exchange) {
        Optional<WebhookReply> refusal = guard.refusal(exchange.head());
        String path = exchange.head().path();
        if (refusal.isPresent()) {
            reply(exchange, refusal.get());
        } else if (path.startsWith(API)) {
            api(exchange, path);
        } else {
            reply(exchange, page(exchange.head(), path));
        }
    }

    private static void reply(Exchange exchange, WebhookReply reply) {
        exchange.reply(ConsoleHeaders.on(reply));
    }

    private WebhookReply page(RequestHead head, String path) {
        Optional<WebhookReply> file = path.startsWith(OPEN) || path.equals("/") ? Optional.empty() : files.at(path);
        if (file.isEmpty() && !path.startsWith(OPEN) && !path.equals("/")) {
            return Api.error(404, "there is nothing at this address: open the console's first page");
        }
        if (!head.method().equals("GET")) {
            return wrongMethod(List.of("GET"));
        }
        if (path.startsWith(OPEN)) {
            return open(path.substring(OPEN.length()));
        }
        return file.orElseGet(() -> sessions.of(head).isPresent() ? files.index() : ClosedPage.notOpened());
    }

    private WebhookReply open(String token) {
        return switch (sessions.open(token)) {
            case OPENED -> new WebhookReply(303, Map.of("location", "/", "set-cookie", sessions.cookie()), "");
            case UNKNOWN -> ClosedPage.unknown();
            case OVER -> ClosedPage.over();
        };
    }

    private static WebhookReply wrongMethod(List<String> allowed) {
        return Api.error(405, "this address is asked in another way: reload the page")
                .with("allow", String.join(", ", allowed));
    }

    private void api(Exchange exchange, String path) {
        RequestHead head = exchange.head();
        Optional<Session> session = sessions.of(head);
        if (session.isEmpty()) {
            reply(exchange, Api.error(401, "the session has ended: start ./bridge console again"));
            return;
        }
        List<String> methods = path.equals(EVENTS) ? List.of("GET") : api.methods(path);
        if (methods.isEmpty()) {
            reply(exchange, Api.error(404, "there is nothing at this address: reload the page"));
        } else if (!methods.contains(head.method())) {
            reply(exchange, wrongMethod(methods));
        } else {
            permitted(exchange, path, session.get());
        }
    }

    private void permitted(Exchange exchange, String path, Session session) {
        Optional<WebhookReply> refusal = RequestGuard.refusalOfChange(exchange.head(), session);
        if (refusal.isPresent()) {
            reply(exchange, refusal.get());
            return;
        }
        sessions.use(session);
        if (path.equals(EVENTS)) {
            events.serve(
                    exchange,
                    ConsoleHeaders.on(new WebhookReply(200, Map.of("content-type", "text/event-stream"), "")));
        } else {
            exchange.readBody(RequestBody.MAX_BYTES, work, body -> reply(exchange, answer(exchange, path, body)));
        }
    }

    private WebhookReply answer(Exchange exchange, String path, RequestBody body) {
        String method = exchange.head().method();
        try {
            JsonNode request = method.equals("GET") ? JsonNodeFactory.instance.objectNode() : parse(body);
            return api.answer(method, path, new ApiRequest("", exchange.query(), request));
        } catch (RequestBody.RefusedException e) {
            return Api.error(
                    e.answer().status(), "the request is refused: " + e.answer().reason());
        } catch (JsonProcessingException e) {
            return Api.error(400, "the request is not JSON: reload the page");
        } catch (ApiException e) {
            return Api.error(e.status(), e.sentence());
        }
    }

    private static JsonNode parse(RequestBody body) throws RequestBody.RefusedException, JsonProcessingException {
        JsonNode request = MAPPER.readTree(body.text());
        if (!request.isObject()) {
            throw new ApiException(400, "the request is not a JSON object: reload the page");
        }
        return request;
    }

    @Override
    public void close() {
        events.close();
        work.close();
    }
}
