package io.github.consentbridge.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.sync.registration.BridgeUrl;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
    }

    /**
     * A 429 is final for Dynamics. One user's bulk import gets about 53 updates a second through each of Dataverse's web
     * servers (docs/scale.md).
     */
    @Test
    void aBulkImportIsNotThrottledByDefault() {
        JsonNode limits = template.resource("HttpApi").at("/Properties/DefaultRouteSettings");

        assertThat(limit(limits.path("ThrottlingRateLimit"))).isGreaterThanOrEqualTo(20 * 53);
        assertThat(limit(limits.path("ThrottlingBurstLimit"))).isBetween(2000, 5000);
    }

    private int limit(JsonNode reference) {
        return template.root()
                .path("Parameters")
                .path(Template.referred(reference))
                .path("Default")
                .intValue();
    }

    @Test
    void defaultAddressCanBeClosedButOnlyIfThereIsAnother() {
        JsonNode closes = template.resource("HttpApi").at("/Properties/DisableExecuteApiEndpoint/Fn::If");
        JsonNode rule = template.root().at("/Rules/AddressOfItsOwn");

        assertThat(closes.path(1).booleanValue()).isTrue();
        assertThat(closes.path(2).booleanValue()).isFalse();
        assertThat(template.root().path("Conditions").path(closes.path(0).asText()))
                .isEqualTo(rule.path("RuleCondition"));
        assertThat(rule.at("/Assertions/0/Assert").toString()).contains("PublicUrl");
        assertThat(Template.referred(template.root().at("/Outputs/HttpApiId/Value")))
                .isEqualTo("HttpApi");
    }

    /** Nothing else waits for the permissions: without them the API answers the first deliveries with 500. */
    @Test
    void registrationWaitsForTheStageAndForEveryRoutesPermission() {
        Set<String> needed = new TreeSet<>(Set.of("HttpApiApiGatewayDefaultStage"));
        template.functions()
                .forEach((name, function) -> function.path("Events")
                        .properties()
                        .forEach(event -> {
                            if (event.getValue().path("Type").asText().equals("HttpApi")) {
                                needed.add(name + event.getKey() + "Permission");
                            }
                        }));

        Set<String> awaited = new TreeSet<>();
        template.resource("Registration").path("DependsOn").forEach(one -> awaited.add(one.asText()));

        assertThat(needed).hasSize(4);
        assertThat(awaited).isEqualTo(needed);
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
