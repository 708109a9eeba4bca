package io.github.consentbridge.simulators.entra;

import static io.github.consentbridge.simulators.http.Web.encode;
import static io.github.consentbridge.simulators.http.Web.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.simulators.Simulators;
import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.simulators.http.Web;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntraTest {
    private final ManualClock clock = new ManualClock("2026-10-02T08:15:30.120Z");
    private final Simulators simulators = Simulators.start(clock);
    private final EntraSimulator entra = simulators.entra();
    private final String scope = simulators.dataverse().url() + "/.default";

    @AfterEach
    void stop() {
        simulators.close();
    }

    @Test
    void dataverseAcceptsTheTokenUntilItExpires() throws Exception {
        JsonNode answer = json(token(form(entra.clientId(), entra.clientSecret(), scope)));
        String token = answer.path("access_token").asText();

        assertThat(answer.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(answer.path("expires_in").intValue()).isEqualTo(3599);
        assertThat(new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8))
                .contains("\"aud\":\"" + simulators.dataverse().url() + "\"");
        assertThat(whoAmI(token).statusCode()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(3599));
        assertThat(whoAmI(token).statusCode()).isEqualTo(401);
        assertThat(whoAmI(token).headers().firstValue("WWW-Authenticate").orElseThrow())
                .contains("invalid_token");
    }

    @Test
    void revokedAndForeignTokensAreRefused() {
        String token = json(token(form(entra.clientId(), entra.clientSecret(), scope)))
                .path("access_token")
                .asText();
        String foreign = json(token(
                        form(entra.clientId(), entra.clientSecret(), "https://other.crm4.dynamics.com/.default")))
                .path("access_token")
                .asText();

        entra.revokeTokens();

        assertThat(whoAmI(token).statusCode()).isEqualTo(401);
        assertThat(whoAmI(foreign).statusCode()).isEqualTo(401);
        assertThat(whoAmI("made up").statusCode()).isEqualTo(401);
    }

    @Test
    void wrongSecretIsInvalidClient() {
        HttpResponse<String> refused = token(form(entra.clientId(), "wrong", scope));

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(json(refused).path("error").asText()).isEqualTo("invalid_client");
        assertThat(json(refused).path("error_description").asText()).startsWith("AADSTS7000215: ");
        assertThat(json(refused).at("/error_codes/0").intValue()).isEqualTo(7000215);
    }

    @Test
    void rotatedSecretIsAccepted() {
        entra.register(entra.clientId(), "new");

        assertThat(token(form(entra.clientId(), entra.clientSecret(), scope)).statusCode())
                .isEqualTo(401);
        assertThat(token(form(entra.clientId(), "new", scope)).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            grant_type=client_credentials&client_id=x&client_secret=y&scope=https://a/.default | AADSTS700016
            grant_type=password&client_id=x                                                     | AADSTS70003
            client_id=x                                                                         | AADSTS900144
            """)
    void badRequestIsNamed(String form, String code) {
        HttpResponse<String> refused = token(form);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused).path("error_description").asText()).startsWith(code + ":");
    }

    @ParameterizedTest
    @CsvSource({"https://acme.crm4.dynamics.com", "https://acme.crm4.dynamics.com//.default", "user.read"})
    void scopeMustEndInDefault(String badScope) {
        HttpResponse<String> refused = token(form(entra.clientId(), entra.clientSecret(), badScope));

        assertThat(json(refused).path("error").asText()).isEqualTo("invalid_scope");
    }

    @Test
    void unknownTenantIsNamed() {
        HttpResponse<String> refused = Web.of(
                        entra.url().toString(), "Content-Type", "application/x-www-form-urlencoded")
                .send("POST", "/nowhere/oauth2/v2.0/token", form(entra.clientId(), entra.clientSecret(), scope));

        assertThat(json(refused).path("error_description").asText()).startsWith("AADSTS90002:");
    }

    @Test
    void discoveryNamesThisHost() {
        Web web = Web.of(entra.url().toString());

        JsonNode instance = json(web.get("/common/discovery/instance?api-version=1.1"));
        JsonNode configuration = json(web.get("/" + entra.tenantId() + "/v2.0/.well-known/openid-configuration"));

        assertThat(instance.at("/metadata/0/aliases").toString())
                .contains(entra.url().getAuthority());
        assertThat(configuration.path("token_endpoint").asText())
                .startsWith(entra.url().toString());
    }

    private HttpResponse<String> token(String form) {
        return Web.of(entra.url().toString(), "Content-Type", "application/x-www-form-urlencoded")
                .send("POST", "/" + entra.tenantId() + "/oauth2/v2.0/token", form);
    }

    private HttpResponse<String> whoAmI(String token) {
        return Web.of(simulators.dataverse().url().toString(), "Authorization", "Bearer " + token)
                .get("/api/data/v9.2/WhoAmI");
    }

    private static String form(String clientId, String secret, String scope) {
        return "grant_type=client_credentials&client_id=" + encode(clientId) + "&client_secret=" + encode(secret)
                + "&scope=" + encode(scope);
    }
}
