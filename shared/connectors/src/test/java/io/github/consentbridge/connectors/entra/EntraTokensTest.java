package io.github.consentbridge.connectors.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.microsoft.aad.msal4j.MsalThrottlingException;
import io.github.consentbridge.connectors.dataverse.DataverseClient;
import io.github.consentbridge.connectors.dataverse.api.DataverseEnvironment;
import io.github.consentbridge.connectors.dataverse.api.DataverseException;
import io.github.consentbridge.connectors.http.FakeTime;
import io.github.consentbridge.connectors.http.RemoteException.Kind;
import io.github.consentbridge.connectors.http.ScriptedServer;
import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.connectors.http.ServiceUrl;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntraTokensTest {
    private static final String ME = """
            {"UserId":"11111111-0000-4000-8000-000000000001",
             "OrganizationId":"22222222-0000-4000-8000-000000000002"}""";
    private static final String TENANT = "22222222-0000-4000-8000-000000000002";

    private final ScriptedServer login = new ScriptedServer();
    private final ScriptedServer dataverse = new ScriptedServer();
    private final FakeTime time = new FakeTime("2026-10-02T08:00:00Z");
    private final EntraTokens tokens =
            tokens(DataverseEnvironment.parse("https://acme.api.crm4.dynamics.com/api/data/v9.2/"));

    @AfterEach
    void stop() {
        login.close();
        dataverse.close();
    }

    @Test
    void tokenIsRequestedOnceAndCached() {
        login.then(200, token("t1"), "Content-Type", "application/json");

        Secret first = tokens.token();
        Secret second = tokens.token();

        assertThat(first.value()).isEqualTo("t1");
        assertThat(second).isEqualTo(first);
        assertThat(tokens.requests()).isEqualTo(1);
        ScriptedServer.Asked asked = login.asked(0);
        assertThat(asked.method() + " " + asked.target()).isEqualTo("POST /" + TENANT + "/oauth2/v2.0/token");
        assertThat(asked.body())
                .contains("grant_type=client_credentials")
                .contains("https%3A%2F%2Facme.crm4.dynamics.com%2F.default")
                .contains("client_secret=hunter2");
    }

    @Test
    void refusedTokenIsReplacedDespiteTheCache() {
        login.then(200, token("t1")).then(200, token("t2"));

        Secret first = tokens.token();
        Secret second = tokens.tokenInsteadOf(first);
        Secret third = tokens.tokenInsteadOf(first);

        assertThat(second.value()).isEqualTo("t2");
        assertThat(third).isEqualTo(second);
        assertThat(login.asked()).hasSize(2);
    }

    @Test
    void dataverseClientRenewsTheTokenOnceOn401() {
        login.then(200, token("t1")).then(200, token("t2"));
        dataverse.then(401, "").then(200, ME);
        DataverseEnvironment local = DataverseEnvironment.parse(dataverse.url());
        DataverseClient client = new DataverseClient(local, tokens(local), time.settings());

        client.whoAmI();

        assertThat(dataverse.asked())
                .extracting(asked -> asked.header("Authorization"))
                .containsExactly("Bearer t1", "Bearer t2");
    }

    @ParameterizedTest
    @CsvSource({
        "401, invalid_client, AADSTS7000215, client_secret",
        "401, invalid_client, AADSTS7000222, expired",
        "400, unauthorized_client, AADSTS700016, client_id",
        "400, invalid_request, AADSTS90002, tenant_id",
        "400, invalid_resource, AADSTS500011, instance",
        "401, invalid_client, AADSTS1, client_secret",
        "400, unauthorized_client, AADSTS1, tenant_id",
    })
    void refusedCredentialsArePermanentAndNameTheRemedy(int status, String error, String number, String advice) {
        login.then(status, refusal(error, number));

        DataverseException failure = failure();

        assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
        assertThat(failure.concernsSystem()).isTrue();
        assertThat(failure.code()).isEqualTo(number);
        assertThat(failure).hasMessageContaining(advice);
        assertThat(login.asked()).hasSize(1);
    }

    @Test
    void exceptionAndCausesContainNoSecret() {
        login.then(401, refusal("invalid_client", "AADSTS7000215"));

        StringWriter printed = new StringWriter();
        failure().printStackTrace(new PrintWriter(printed));

        assertThat(printed.toString()).doesNotContain("hunter2");
    }

    @Test
    void outageIsUnavailable() {
        login.then(503, "");

        assertThat(failure().kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(login.asked()).hasSize(1);
    }

    @Test
    void unreachableLoginIsUnavailable() {
        login.close();

        assertThat(failure().kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html/>", "{}", "{\"token_type\":\"Bearer\"}"})
    void garbageIsUnavailable(String body) {
        login.then(200, body).then(200, token("t1"));

        assertThat(failure().kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(tokens.token().value()).isEqualTo("t1");
    }

    @Test
    void throttlingHasItsWait() {
        login.then(429, "{\"error\":\"temporarily_unavailable\"}", "Retry-After", "30");

        DataverseException failure = failure();

        assertThat(failure.kind()).isEqualTo(Kind.THROTTLED);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(30));
        assertThat(login.asked()).hasSize(1);
    }

    @Test
    void throttlingByTheLibraryItselfIsThrottling() {
        DataverseException failure = EntraFailures.from(new MsalThrottlingException(5000), null, null);

        assertThat(failure.kind()).isEqualTo(Kind.THROTTLED);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(5));
    }

    @Test
    void throttledLoginPausesTheDataverseClient() {
        login.then(429, "", "Retry-After", "4").then(200, token("t1"));
        dataverse.then(200, ME);
        DataverseEnvironment local = DataverseEnvironment.parse(dataverse.url());

        new DataverseClient(local, tokens(local), time.settings()).whoAmI();

        assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "../x", "common?x", "a b", "a#b"})
    void tenantThatWouldChangeTheAddressIsRefused(String tenant) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EntraAccess(tenant, "client", Secret.of("x"), null))
                .withMessageContaining("tenant_id");
    }

    @Test
    void accessDoesNotPrintItsSecret() {
        assertThat(new EntraAccess(TENANT, "client", Secret.of("hunter2"), null).toString())
                .doesNotContain("hunter2");
    }

    /** A new client id each time, because the library caches tokens per client id for the whole process. */
    private EntraTokens tokens(DataverseEnvironment environment) {
        EntraAccess access = new EntraAccess(
                TENANT,
                UUID.randomUUID().toString(),
                Secret.of("hunter2"),
                ServiceUrl.parse("ENTRA_LOGIN_URL", login.url()));
        return new EntraTokens(access, environment, time.settings());
    }

    private DataverseException failure() {
        return catchThrowableOfType(DataverseException.class, tokens::token);
    }

    private static String token(String value) {
        return "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"ext_expires_in\":3599,\"access_token\":\"" + value
                + "\"}";
    }

    private static String refusal(String error, String number) {
        return "{\"error\":\"" + error + "\",\"error_description\":\"" + number
                + ": Something about hunter2. Trace ID: 1\",\"error_codes\":[1],\"correlation_id\":\"c-1\"}";
    }
}
