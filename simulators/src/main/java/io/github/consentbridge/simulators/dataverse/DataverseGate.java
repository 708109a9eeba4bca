package io.github.consentbridge.simulators.dataverse;

import io.github.consentbridge.simulators.dataverse.limits.RequestIds;
import io.github.consentbridge.simulators.dataverse.limits.Throttle;
import io.github.consentbridge.simulators.entra.IssuedTokens;
import io.github.consentbridge.simulators.http.Call;
import io.github.consentbridge.simulators.http.Reply;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.simulators.http.Service;
import java.net.URI;
import java.util.Optional;

/** The checks before every route: the URL's length, the token, the service protection limits. */
final class DataverseGate implements Service {
    private static final int MAX_URL = 32_768;

    private final DataverseRoutes routes;
    private final Throttle throttle;
    private final DataverseCounters counters;
    private final Optional<IssuedTokens> tokens;
    private final RequestIds requestIds;
    private final URI url;

    /** @param tokens empty without an Entra simulator: then any bearer token is accepted */
    DataverseGate(
            DataverseRoutes routes,
            Throttle throttle,
            DataverseCounters counters,
            Optional<IssuedTokens> tokens,
            RequestIds requestIds,
            URI url) {
        this.routes = routes;
        this.throttle = throttle;
        this.counters = counters;
        this.tokens = tokens;
        this.requestIds = requestIds;
        this.url = url;
    }

    @Override
    public RouteKind kind(Call call) {
        return routes.kind(call);
    }

    @Override
    public Reply error(int status) {
        return routes.error(status);
    }

    @Override
    public Reply marked(Reply reply) {
        return requestIds.mark(reply);
    }

    @Override
    public Reply answer(Call call) {
        if (url.toString().length() + call.target().length() > MAX_URL) {
            return Reply.text(414, "text/html", "<h2>Request-URI Too Long</h2>");
        }
        String bearer = call.header("Authorization").orElse("");
        boolean known = bearer.startsWith("Bearer ")
                && bearer.length() > 7
                && tokens.map(issued -> issued.isValid(bearer.substring(7), url))
                        .orElse(true);
        if (!known) {
            return unauthorized(!bearer.isEmpty());
        }
        return throttle.limit(() -> routes.answer(call), counters::refused);
    }

    private Reply unauthorized(boolean invalid) {
        String problem = invalid ? "error=invalid_token, error_description=Error during token validation!, " : "";
        return Reply.text(401, "text/html", "HTTP Error 401 - Unauthorized: Access is denied")
                .with(
                        "WWW-Authenticate",
                        "Bearer " + problem
                                + "authorization_uri=https://login.microsoftonline.com/common/oauth2/authorize,"
                                + " resource_id=" + url + "/");
    }
}
