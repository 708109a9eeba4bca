package io.github.consentbridge.standalone.console;

import io.github.consentbridge.standalone.console.api.Api;
import io.github.consentbridge.sync.intake.RequestHead;
import io.github.consentbridge.sync.intake.WebhookReply;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * Refuses requests that did not come from the console's own page. A name in {@code Host} that is not this machine's is a sign of
 * DNS rebinding: another site's page that reaches the loopback address under a name of its own.
 */
final class RequestGuard {
    private static final String CSRF = "x-csrf-token";
    private static final String JSON = "application/json";

    private final IntSupplier port;

    /** @param port known only once the server listens */
    RequestGuard(IntSupplier port) {
        this.port = port;
    }

    /** Why a request is not looked at; empty if it is. */
    Optional<WebhookReply> refusal(RequestHead head) {
        String host = head.header("host").orElse("");
        int number = port.getAsInt();
        if (!Set.of("127.0.0.1:" + number, "localhost:" + number, "[::1]:" + number)
                .contains(host)) {
            return Optional.of(Api.error(421, "the console is reached at the address that it printed only"));
        }
        boolean foreign = head.header("origin")
                .filter(origin -> !origin.equals("http://" + host))
                .isPresent();
        return foreign
                ? Optional.of(Api.error(403, "the request comes from another page: use the console's own"))
                : Optional.empty();
    }

    /** Why a request that may change something is refused; empty if it is not, and for one that only reads. */
    static Optional<WebhookReply> refusalOfChange(RequestHead head, Session session) {
        if (head.method().equals("GET")) {
            return Optional.empty();
        }
        if (!session.csrf().matches(head.header(CSRF).orElse(""))) {
            return Optional.of(Api.error(403, "the request lacks the session's token: reload the page"));
        }
        String type = head.header("content-type").orElse("").split(";", 2)[0];
        return type.strip().toLowerCase(Locale.ROOT).equals(JSON)
                ? Optional.empty()
                : Optional.of(Api.error(415, "the request must be JSON"));
    }
}
