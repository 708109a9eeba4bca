package io.github.consentbridge.functions.didomi;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.Map;

/** Requests for a token, in each way in which Didomi may ask. */
enum TokenRequests {
    FORM {
        @Override
        APIGatewayV2HTTPEvent request(String id, String secret, String grantType) {
            return form("grant_type=%s&client_id=%s&client_secret=%s&scope="
                    .formatted(encode(grantType), encode(id), encode(secret)));
        }
    },
    FORM_IN_BASE64 {
        @Override
        APIGatewayV2HTTPEvent request(String id, String secret, String grantType) {
            APIGatewayV2HTTPEvent request = FORM.request(id, secret, grantType);
            request.setBody(Base64.getEncoder().encodeToString(request.getBody().getBytes(UTF_8)));
            request.setIsBase64Encoded(true);
            return request;
        }
    },
    JSON {
        @Override
        APIGatewayV2HTTPEvent request(String id, String secret, String grantType) {
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
        APIGatewayV2HTTPEvent request(String id, String secret, String grantType) {
            APIGatewayV2HTTPEvent request = JSON.request(id, secret, grantType);
            request.getHeaders().clear();
            return request;
        }
    },
    BASIC_AS_IN_THE_STANDARD {
        @Override
        APIGatewayV2HTTPEvent request(String id, String secret, String grantType) {
            return basic(encode(id) + ":" + encode(secret), "grant_type=" + encode(grantType));
        }
    },
    BASIC_AS_IT_IS {
        @Override
        APIGatewayV2HTTPEvent request(String id, String secret, String grantType) {
            return basic(id + ":" + secret, "grant_type=" + encode(grantType));
        }
    },
    BASIC_WITH_JSON {
        @Override
        APIGatewayV2HTTPEvent request(String id, String secret, String grantType) {
            return basic(id + ":" + secret, "{\"grant_type\": \"" + grantType + "\"}");
        }
    };

    static final String GRANT = "client_credentials";

    abstract APIGatewayV2HTTPEvent request(String id, String secret, String grantType);

    static APIGatewayV2HTTPEvent form(String body) {
        return Requests.request(
                DidomiWebhookHandler.TOKEN_PATH, Map.of("content-type", "application/x-www-form-urlencoded"), body);
    }

    static APIGatewayV2HTTPEvent json(String body) {
        return Requests.request(DidomiWebhookHandler.TOKEN_PATH, Map.of("content-type", "application/json"), body);
    }

    static APIGatewayV2HTTPEvent basic(String pair, String body) {
        return Requests.with(
                form(body), "authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
