package io.github.consentbridge.sync.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.consentbridge.sync.registration.BridgeUrl;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.Map;

/** Requests for a token, in each way in which Didomi may ask. */
enum TokenRequests {
    FORM {
        @Override
        WebhookRequest request(String id, String secret, String grantType) {
            return form("grant_type=%s&client_id=%s&client_secret=%s&scope="
                    .formatted(encode(grantType), encode(id), encode(secret)));
        }
    },
    FORM_IN_BASE64 {
        @Override
        WebhookRequest request(String id, String secret, String grantType) {
            WebhookRequest request = FORM.request(id, secret, grantType);
            byte[] body = Requests.text(request).getBytes(UTF_8);
            return Requests.withBody(
                    request, RequestBody.ofBase64(Base64.getEncoder().encodeToString(body)));
        }
    },
    JSON {
        @Override
        WebhookRequest request(String id, String secret, String grantType) {
            return json(JsonNodeFactory.instance
                    .objectNode()
                    .put("grant_type", grantType)
                    .put("client_id", id)
                    .put("client_secret", secret)
                    .putNull("scope")
                    .toString());
        }
    },
    JSON_WITHOUT_A_TYPE {
        @Override
        WebhookRequest request(String id, String secret, String grantType) {
            return Requests.withHeaders(JSON.request(id, secret, grantType), Map.of());
        }
    },
    BASIC_AS_IN_THE_STANDARD {
        @Override
        WebhookRequest request(String id, String secret, String grantType) {
            return basic(encode(id) + ":" + encode(secret), "grant_type=" + encode(grantType));
        }
    },
    BASIC_AS_IT_IS {
        @Override
        WebhookRequest request(String id, String secret, String grantType) {
            return basic(id + ":" + secret, "grant_type=" + encode(grantType));
        }
    },
    BASIC_WITH_JSON {
        @Override
        WebhookRequest request(String id, String secret, String grantType) {
            return basic(id + ":" + secret, "{\"grant_type\": \"" + grantType + "\"}");
        }
    };

    static final String GRANT = "client_credentials";

    abstract WebhookRequest request(String id, String secret, String grantType);

    static WebhookRequest form(String body) {
        return Requests.request(
                BridgeUrl.TOKEN_PATH, Map.of("content-type", "application/x-www-form-urlencoded"), body);
    }

    static WebhookRequest json(String body) {
        return Requests.request(BridgeUrl.TOKEN_PATH, Map.of("content-type", "application/json"), body);
    }

    static WebhookRequest basic(String pair, String body) {
        return Requests.with(
                form(body), "authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
