package io.github.consentbridge.simulators.didomi;

import static io.github.consentbridge.simulators.http.Web.json;

import io.github.consentbridge.simulators.http.Web;
import java.net.http.HttpResponse;

/** A client with a session of the initial API key. */
final class DidomiApi {
    private static final String ORGANIZATION = "?organization_id=acme";

    private final Web web;

    DidomiApi(DidomiSimulator didomi) {
        String base = didomi.url().toString();
        String credentials = "{\"type\":\"api-key\",\"key\":\"simulated-key\",\"secret\":\"simulated-secret\"}";
        HttpResponse<String> session =
                Web.of(base, "Content-Type", "application/json").send("POST", "/sessions", credentials);
        String token = json(session).path("access_token").asText();
        web = Web.of(base, "Content-Type", "application/json", "Authorization", "Bearer " + token);
    }

    /** @param moreQuery starts with an ampersand, or is empty */
    HttpResponse<String> send(String method, String path, String body, String moreQuery) {
        return web.send(method, path + ORGANIZATION + moreQuery, body);
    }

    HttpResponse<String> send(String method, String path, String body) {
        return send(method, path, body, "");
    }
}
