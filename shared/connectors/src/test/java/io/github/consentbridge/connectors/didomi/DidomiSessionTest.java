package io.github.consentbridge.connectors.didomi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.consentbridge.connectors.http.FakeTime;
import io.github.consentbridge.connectors.http.RemoteException.Kind;
import io.github.consentbridge.connectors.http.ScriptedServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DidomiSessionTest {
    private static final String NOBODY = "{\"data\":[],\"limit\":100,\"cursor\":null}";
    private static final Instant NOW = Instant.parse("2026-10-02T08:00:00Z");

    private final ScriptedServer server = new ScriptedServer();
    private final FakeTime time = new FakeTime(NOW.toString());
    private final DidomiClient client = new DidomiClient(Sessions.access(server.url()), time.settings());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void sessionRequestFollowsTheDocumentation() {
        server.then(201, Sessions.answer("t1", NOW)).then(200, NOBODY);

        users();

        ScriptedServer.Asked asked = server.asked(0);
        assertThat(asked.method() + " " + asked.target()).isEqualTo("POST /v1/sessions");
        assertThat(asked.header("Content-Type")).isEqualTo("application/json");
        assertThat(asked.header("Authorization")).isEmpty();
        assertThat(asked.body())
                .contains("\"type\":\"api-key\"")
                .contains("\"key\":\"the-private-key\"")
                .contains("\"secret\":\"hunter2\"");
    }

    @Test
    void tokenIsCachedUntilShortlyBeforeItExpires() {
        String token = Sessions.token("t1", NOW, NOW.plusSeconds(3600));
        server.then(200, Sessions.answer(token)).then(200, NOBODY).then(200, NOBODY);
        server.then(200, Sessions.answer("t2", NOW)).then(200, NOBODY);

        users();
        time.advance(Duration.ofSeconds(3539));
        users();
        time.advance(Duration.ofSeconds(1));
        users();

        assertThat(server.asked())
                .extracting(ScriptedServer.Asked::target)
                .filteredOn(target -> target.equals("/v1/sessions"))
                .hasSize(2);
        assertThat(server.asked(2).header("Authorization")).isEqualTo("Bearer " + token);
        assertThat(server.asked(3).target()).isEqualTo("/v1/sessions");
        assertThat(client.requests()).isEqualTo(5);
    }

    @Test
    void wrongClockDoesNotShortenTheToken() {
        Instant theirs = NOW.minus(Duration.ofHours(3));
        server.then(200, Sessions.answer("t1", theirs)).then(200, NOBODY).then(200, NOBODY);

        users();
        users();

        assertThat(server.asked()).hasSize(3);
    }

    @Test
    void tokenWithoutAnExpiryIsCachedForAWhile() {
        server.then(200, Sessions.answer("opaque")).then(200, NOBODY).then(200, NOBODY);

        users();
        users();

        assertThat(server.asked()).hasSize(3);
    }

    @Test
    void refusedTokenIsReplacedOnce() {
        server.then(200, Sessions.answer("t1", NOW)).then(401, "");
        server.then(200, Sessions.answer("t2", NOW.plusSeconds(1))).then(200, NOBODY);

        users();

        assertThat(server.asked()).hasSize(4);
        assertThat(server.asked(3).header("Authorization"))
                .isNotEqualTo(server.asked(1).header("Authorization"));
    }

    @Test
    void secondRefusalIsFinal() {
        server.then(200, Sessions.answer("t1", NOW)).then(401, "");
        server.then(200, Sessions.answer("t2", NOW.plusSeconds(1))).then(401, "");

        DidomiException failure = failure();

        assertThat(failure.kind()).isEqualTo(Kind.UNAUTHORIZED);
        assertThat(server.asked()).hasSize(4);
    }

    @Test
    void badCredentialsAreNotRetriedAndNotQuoted() {
        server.then(
                400,
                "{\"code\":400,\"name\":\"BadRequest\",\"message\":\"Invalid authentication information hunter2\"}");

        DidomiException failure = failure();

        assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
        assertThat(failure.concernsSystem()).isTrue();
        assertThat(failure).hasMessageContaining("didomi.key").hasMessageContaining("didomi.secret");
        assertThat(failure.toString() + failure.detail())
                .doesNotContain("hunter2")
                .doesNotContain("the-private-key");
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void sessionOutageIsRetried() {
        server.then(503, "").thenDrop().then(200, Sessions.answer("t1", NOW)).then(200, NOBODY);

        users();

        assertThat(server.asked()).hasSize(4);
    }

    @Test
    void throttledSessionPausesTheClient() {
        server.then(429, "", "Retry-After", "9")
                .then(200, Sessions.answer("t1", NOW))
                .then(200, NOBODY);

        users();

        assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(9));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"access_token\":null}", "{\"access_token\":\"\"}", "{\"access_token\":\"a\\r\\nb\"}"})
    void sessionWithoutATokenIsAnOutage(String body) {
        for (int i = 0; i < 4; i++) {
            server.then(200, body);
        }

        assertThat(failure().code()).isEqualTo("unreadable_answer");
    }

    @Test
    void accessDoesNotPrintItsSecrets() {
        assertThat(Sessions.access("http://localhost").toString())
                .doesNotContain("hunter2")
                .doesNotContain("the-private-key");
    }

    private List<DidomiUser> users() {
        return client.users("ada@example.org", "gdpr");
    }

    private DidomiException failure() {
        return catchThrowableOfType(DidomiException.class, this::users);
    }
}
