package io.github.consentbridge.sync.intake;

import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.storage.StorageException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The paths that one side calls. Checks path, method and source address before anything else, and all of a request's head
 * before its body. Answers every failure on our side with 503, which both senders retry. Safe for use by several threads.
 */
public final class WebhookEndpoint {
    private final RequestLog log;
    private final Map<String, Route> routes;
    private final Predicate<RequestHead> allowed;

    /**
     * @param routes by their paths, without a stage or base path
     * @param allowed whether the sender's IP address may call
     */
    WebhookEndpoint(RequestLog log, Map<String, Route> routes, Predicate<RequestHead> allowed) {
        this.log = log;
        this.routes = Map.copyOf(routes);
        this.allowed = allowed;
    }

    /** Answers a request of which all has been received; never throws. */
    public WebhookReply answer(WebhookRequest request) {
        Admission admission = check(request.head());
        return admission instanceof Admission.Admitted admitted
                ? admitted.accept(request.body())
                : ((Admission.Refused) admission).reply();
    }

    /**
     * Checks path, method, source address, credential and what the head says of the body, in this order. Blocks only while
     * the secret is read; never throws.
     */
    public Admission check(RequestHead head) {
        Optional<Route> route = route(head.path());
        if (route.isEmpty()) {
            return new Admission.Refused(WebhookReply.of(Answer.UNKNOWN_PATH));
        }
        Optional<WebhookReply> refusal = refusalBeforeRoute(head);
        if (refusal.isEmpty()) {
            refusal = guarded(() -> route.get().refusal(head), Optional::of);
        }
        return refusal.<Admission>map(Admission.Refused::new).orElseGet(() -> new CheckedRequest(route.get(), head));
    }

    private Optional<WebhookReply> refusalBeforeRoute(RequestHead head) {
        if (!head.method().equals("POST")) {
            return Optional.of(WebhookReply.of(Answer.WRONG_METHOD).with("allow", "POST"));
        }
        return allowed.test(head)
                ? Optional.empty()
                : guarded(() -> Optional.of(WebhookReply.of(log.refused(Answer.FOREIGN_ADDRESS))), Optional::of);
    }

    private final class CheckedRequest implements Admission.Admitted {
        private final Route route;
        private final RequestHead head;

        CheckedRequest(Route route, RequestHead head) {
            this.route = route;
            this.head = head;
        }

        @Override
        public int maxBytes() {
            return route.maxBytes();
        }

        @Override
        public WebhookReply accept(RequestBody body) {
            return guarded(() -> route.answer(head, body), reply -> reply);
        }
    }

    /** @param failed makes the result of the reply to a failure */
    private <T> T guarded(Supplier<T> work, Function<WebhookReply, T> failed) {
        try {
            return work.get();
        } catch (StorageException e) {
            return failed.apply(WebhookReply.of(log.failed("delivery not stored", e)));
        } catch (CredentialsException e) {
            return failed.apply(WebhookReply.of(log.failed("credentials", e)));
        } catch (RuntimeException e) {
            // The one broad catch: Dataverse does not retry a 500.
            return failed.apply(WebhookReply.of(log.failed("webhook failed", e)));
        } finally {
            log.flush();
        }
    }

    /** Whether this path, as it was sent, is one of a route. A stage or a proxy's base path may stand in front of it. */
    public boolean serves(String path) {
        return route(path).isPresent();
    }

    /** Routes begin with a slash and none is the end of another, so that at most one matches, by whole segments. */
    private Optional<Route> route(String path) {
        return routes.entrySet().stream()
                .filter(route -> path.endsWith(route.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
