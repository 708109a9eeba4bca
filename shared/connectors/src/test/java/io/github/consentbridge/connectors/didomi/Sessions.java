package io.github.consentbridge.connectors.didomi;

import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.connectors.http.ServiceUrl;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/** Session answers in Didomi's form. */
final class Sessions {
    private Sessions() {}

    static DidomiAccess access(String url) {
        return new DidomiAccess(
                ServiceUrl.parse("DIDOMI_API_URL", url + "/v1"),
                "acme",
                Secret.of("the-private-key"),
                Secret.of("hunter2"));
    }

    static String token(String id, Instant issued, Instant expires) {
        String claims = "{\"jti\":\"%s\",\"iat\":%d,\"exp\":%d}"
                .formatted(id, issued.getEpochSecond(), expires.getEpochSecond());
        return "eyJhbGciOiJIUzI1NiJ9."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".c2ln";
    }

    static String answer(String token) {
        return "{\"access_token\":\"" + token + "\"}";
    }

    static String answer(String id, Instant issued) {
        return answer(token(id, issued, issued.plusSeconds(3600)));
    }
}
