package io.github.consentbridge.connectors.didomi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.consentbridge.connectors.http.FakeTime;
import io.github.consentbridge.connectors.http.RemoteException.Kind;
import io.github.consentbridge.connectors.http.ScriptedServer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DidomiClientTest {
    private static final String ADA = """
            {"id":"u1","organization_user_id":"ada@example.org","version":7,"created_at":"2026-01-02T03:04:05.678Z",
             "updated_at":"2026-02-03T04:05:06+01:00","consents":{"purposes":[{"id":"newsletter","enabled":null}]}}""";

    private final ScriptedServer server = new ScriptedServer();
    private final FakeTime time = new FakeTime("2026-10-02T08:00:00Z");
    private final DidomiClient client = new DidomiClient(Sessions.access(server.url()), time.settings());

    @BeforeEach
    void openSession() {
        server.then(200, Sessions.answer("t1", time.instant()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void userRecordContainsItsJson() {
        server.then(200, "{\"data\":[" + ADA + "],\"cursor\":null}");

        List<DidomiUser> users = client.users("ada@example.org", "gdpr");

        assertThat(users).hasSize(1);
        DidomiUser user = users.get(0);
        assertThat(user.id()).isEqualTo("u1");
        assertThat(user.organizationUserId()).isEqualTo("ada@example.org");
        assertThat(user.version()).isEqualTo(7);
        assertThat(user.createdAt()).isEqualTo(Instant.parse("2026-01-02T03:04:05.678Z"));
        assertThat(user.updatedAt()).isEqualTo(Instant.parse("2026-02-03T03:05:06Z"));
        assertThat(user.json()).contains("\"enabled\":null");
        assertThat(user.toString()).doesNotContain("ada@");
    }

    @Test
    void userWithFewFieldsIsRead() {
        server.then(200, "{\"data\":[{\"id\":\"u1\",\"updated_at\":\"yesterday\"}]}");

        assertThat(client.users("x", "gdpr"))
                .containsExactly(
                        new DidomiUser("u1", null, -1, null, null, "{\"id\":\"u1\",\"updated_at\":\"yesterday\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"O'Brien", "user+news@example.com", "50%off&x=1#y", "a/b", "Renée", "日本語", "a b", "\"\\"})
    void keyIsAnEncodedQueryValue(String key) {
        server.then(200, "{\"data\":[]}");

        client.users(key, "gdpr");

        String target = server.asked(1).target();
        assertThat(target)
                .startsWith("/v1/consents/users?organization_id=acme&")
                .contains("&regulation=gdpr");
        String sent = target.replaceAll(".*&organization_user_id=([^&]*).*", "$1");
        assertThat(sent).matches("[A-Za-z0-9%._~-]+");
        assertThat(new String(decoded(sent), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo(key);
    }

    @Test
    void allPagesAreRead() {
        server.then(200, "{\"data\":[" + ADA + "],\"cursor\":\"c=2\"}");
        server.then(200, "{\"data\":[" + ADA.replace("u1", "u2") + "],\"cursor\":null}");

        List<DidomiUser> users = client.users("ada@example.org", "gdpr");

        assertThat(users).extracting(DidomiUser::id).containsExactly("u1", "u2");
        assertThat(server.asked(2).target()).contains("&%24cursor=c%3D2");
    }

    @Test
    void repeatedCursorEndsTheList() {
        for (int i = 0; i < 3; i++) {
            server.then(200, "{\"data\":[],\"cursor\":\"same\"}");
        }

        DidomiException failure = catchThrowableOfType(DidomiException.class, () -> client.users("x", "gdpr"));

        assertThat(failure.code()).isEqualTo("repeated_cursor");
        assertThat(server.asked()).hasSize(3);
    }

    @Test
    void pagesOfAllUsersAreReadOneByOne() {
        server.then(200, "{\"data\":[" + ADA + "],\"cursor\":\"c2\"}").then(200, "{\"data\":[],\"cursor\":null}");

        UsersPage first = client.usersPage("cpra", "");
        UsersPage last = client.usersPage("cpra", first.nextCursor().orElseThrow());

        assertThat(first.users()).hasSize(1);
        assertThat(last.nextCursor()).isEmpty();
        assertThat(server.asked(1).target()).isEqualTo("/v1/consents/users?organization_id=acme&regulation=cpra");
        assertThat(server.asked(2).target()).endsWith("&regulation=cpra&%24cursor=c2");
    }

    @Test
    void pageThatLinksToItselfEndsTheScan() {
        server.then(200, "{\"data\":[" + ADA + "],\"cursor\":\"c2\"}");

        DidomiException failure = catchThrowableOfType(DidomiException.class, () -> client.usersPage("gdpr", "c2"));

        assertThat(failure.code()).isEqualTo("repeated_cursor");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "<html/>", "{}", "{\"data\":null}", "{\"data\":[{}]}", "{\"data\":[],\"cursor\":{\"at\":2}}"
            })
    void garbageIsNotTheLastPage(String body) {
        for (int i = 0; i < 4; i++) {
            server.then(200, body);
        }

        DidomiException failure = catchThrowableOfType(DidomiException.class, () -> client.usersPage("gdpr", ""));

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html/>", "{}", "[]", "{\"data\":null}", "{\"data\":[{}]}", "{\"data\":[1]}"})
    void garbageIsNotAnEmptyResult(String body) {
        for (int i = 0; i < 4; i++) {
            server.then(200, body);
        }

        DidomiException failure = catchThrowableOfType(DidomiException.class, () -> client.users("x", "gdpr"));

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404})
    void refusalIsNotAnEmptyResult(int status) {
        server.then(status, "{\"code\":%d,\"name\":\"Some\",\"message\":\"About ada@example.org\"}".formatted(status));

        DidomiException failure = catchThrowableOfType(DidomiException.class, () -> client.users("x", "gdpr"));

        assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.code()).isEqualTo("Some");
        assertThat(failure.toString()).doesNotContain("ada@");
        assertThat(failure.detail()).isEqualTo("About ada@example.org");
    }

    @Test
    void eventIsFoundById() {
        server.then(200, "{\"id\":\"e1\"}").then(404, "{\"code\":404}");

        assertThat(client.event("e/1", "ada@example.org")).contains("{\"id\":\"e1\"}");
        assertThat(client.event("e2", "ada@example.org")).isEmpty();

        assertThat(server.asked(1).target())
                .isEqualTo("/v1/consents/events/e%2F1?organization_id=acme&organization_user_id=ada%40example.org");
    }

    @Test
    void eventsOfAPersonAreReturnedAsJson() {
        server.then(200, "{\"data\":[{\"id\":\"e1\",\"x\":1.50},{\"id\":\"e2\"}]}");

        assertThat(client.events("ada@example.org", "gdpr"))
                .containsExactly("{\"id\":\"e1\",\"x\":1.50}", "{\"id\":\"e2\"}");
    }

    private static byte[] decoded(String text) {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '%') {
                bytes.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                bytes.write(text.charAt(i));
            }
        }
        return bytes.toByteArray();
    }
}
