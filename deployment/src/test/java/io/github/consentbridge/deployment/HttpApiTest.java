package io.github.consentbridge.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.sync.registration.BridgeUrl;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The API has the routes whose addresses are registered with both systems. */
class HttpApiTest {
    private final Template template = Template.read();

    @Test
    void routesMatchTheRegistration() {
        Map<String, String> routes = new TreeMap<>();
        template.functions()
                .forEach((name, function) -> function.path("Events").forEach(event -> {
                    if (event.path("Type").asText().equals("HttpApi")) {
                        JsonNode route = event.path("Properties");
                        routes.put(
                                route.path("Method").asText() + " "
                                        + route.path("Path").asText(),
                                name);
                    }
                }));

        assertThat(routes)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "POST " + BridgeUrl.DIDOMI_PATH, "DidomiWebhookFunction",
                        "POST " + BridgeUrl.TOKEN_PATH, "DidomiWebhookFunction",
                        "POST " + BridgeUrl.DYNAMICS_PATH, "DynamicsWebhookFunction"));
    }

    @Test
    void tokenEndpointIsThrottled() {
        JsonNode api = template.resource("HttpApi").path("Properties");
        JsonNode token = api.path("RouteSettings").path("POST " + BridgeUrl.TOKEN_PATH);

        assertThat(token.path("ThrottlingRateLimit").intValue()).isBetween(1, 10);
        assertThat(api.at("/DefaultRouteSettings/ThrottlingRateLimit").intValue())
                .isPositive();
    }

    @Test
    void accessLogsContainNoPersonalData() {
        String format = template.resource("HttpApi")
                .at("/Properties/AccessLogSettings/Format")
                .asText();

        assertThat(format).contains("$context.status", "$context.routeKey");
        assertThat(format).doesNotContain("identity", "authorizer", "header", "path", "userAgent", "domain");
    }

    @Test
    void changedMappingSecretOrRevisionRepairsTheRegistration() {
        JsonNode registration = template.resource("Registration").path("Properties");

        assertThat(Template.referred(registration.path("ServiceToken"))).isEqualTo("RegistrationFunction");
        assertThat(registration.properties())
                .extracting(Map.Entry::getKey)
                .contains("Url", "Integration", "Secret", "Revision");
    }
}
