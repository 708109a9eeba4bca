package io.github.consentbridge.connectors.dataverse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.consentbridge.connectors.dataverse.api.DataverseEnvironment;
import io.github.consentbridge.connectors.dataverse.api.DataverseException;
import io.github.consentbridge.connectors.dataverse.contact.ContactRow;
import io.github.consentbridge.connectors.http.FakeTime;
import io.github.consentbridge.connectors.http.FixedTokens;
import io.github.consentbridge.connectors.http.RemoteException.Kind;
import io.github.consentbridge.connectors.http.ScriptedServer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataverseClientFindTest {
    private static final String ADA = """
            {"@odata.etag":"W/\\"5120033\\"","contactid":"6f0c0000-0000-4000-8000-00000000000a",
             "emailaddress1":"ada@x.example","new_newsletter":true,"new_frequency":100000001,"new_score":12.50,
             "new_big":9007199254740993,"new_empty":null,"modifiedon":"2026-03-01T08:00:00Z","statecode":0,
             "versionnumber":5120033,"unasked":"x"}""";

    private final ScriptedServer server = new ScriptedServer();
    private final FakeTime time = new FakeTime("2026-10-02T08:00:00Z");
    private final DataverseClient client =
            new DataverseClient(DataverseEnvironment.parse(server.url()), new FixedTokens(), time.settings());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void rowHasPlainValues() {
        server.then(200, "{\"value\":[" + ADA + "]}");

        List<ContactRow> rows = find();

        assertThat(rows)
                .containsExactly(new ContactRow(
                        UUID.fromString("6f0c0000-0000-4000-8000-00000000000a"),
                        "W/\"5120033\"",
                        Instant.parse("2026-03-01T08:00:00Z"),
                        5120033,
                        true,
                        Map.of(
                                "emailaddress1",
                                "ada@x.example",
                                "new_newsletter",
                                true,
                                "new_frequency",
                                100000001,
                                "new_score",
                                new BigDecimal("12.50"),
                                "new_big",
                                9007199254740993L)));
        assertThat(rows.get(0).toString()).doesNotContain("ada@");
    }

    @Test
    void requestHasTheRequiredHeaders() {
        server.then(200, "{\"value\":[]}");

        find();

        ScriptedServer.Asked asked = server.asked(0);
        assertThat(asked.method()).isEqualTo("GET");
        assertThat(asked.target()).startsWith("/api/data/v9.2/contacts?$select=");
        assertThat(asked.header("OData-Version")).isEqualTo("4.0");
        assertThat(asked.header("OData-MaxVersion")).isEqualTo("4.0");
        assertThat(asked.header("Accept")).isEqualTo("application/json");
        assertThat(asked.header("If-None-Match")).isEqualTo("null");
        assertThat(asked.header("Authorization")).isEqualTo("Bearer token-1");
        assertThat(asked.header("Cookie")).isEmpty();
    }

    @Test
    void cookiesAreNotKept() {
        server.then(200, "{\"value\":[]}", "Set-Cookie", "ARRAffinity=abc").then(200, "{\"value\":[]}");

        find();
        find();

        assertThat(server.asked(1).header("Cookie")).isEmpty();
    }

    @Test
    void inactiveContactIsMarked() {
        server.then(200, "{\"value\":[" + ADA.replace("\"statecode\":0", "\"statecode\":1") + "]}");

        assertThat(find().get(0).active()).isFalse();
    }

    @Test
    void unknownVersionIsMinusOne() {
        server.then(200, "{\"value\":[" + ADA.replace("\"versionnumber\":5120033,", "") + "]}");

        assertThat(find().get(0).versionNumber()).isEqualTo(-1);
    }

    @Test
    void nextLinkIsFollowedVerbatim() {
        String next = "/api/data/v9.2/contacts?$select=contactid&$skiptoken=%3Ccookie%20pagenumber=%222%22%20/%3E";
        String bob = ADA.replace("00000000000a", "00000000000b");
        server.then(200, "{\"value\":[" + ADA + "],\"@odata.nextLink\":\"" + server.url() + next + "\"}")
                .then(200, "{\"value\":[" + bob + "]}");

        List<ContactRow> rows = find();

        assertThat(rows).hasSize(2);
        assertThat(server.asked(1).target()).isEqualTo(next);
    }

    @Test
    void contactFoundUnderTwoSpellingsOfItsKeyIsOneContact() {
        List<String> keys = Stream.concat(
                        IntStream.range(0, 200).mapToObj(i -> i == 0 ? "ADA" : "k" + i), Stream.of("ada"))
                .toList();
        server.then(200, "{\"value\":[" + ADA + "]}").then(200, "{\"value\":[" + ADA + "]}");

        List<ContactRow> rows = client.findContacts("emailaddress1", keys, List.of());

        assertThat(server.asked()).hasSize(2);
        assertThat(rows).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/api/data/v9.2/contacts",
                "http://localhost:1/api/data/v9.2/contacts",
                "http://127.0.0.1:PORT@evil.example/api/data/v9.2/contacts",
                "http://127.0.0.1:PORT/elsewhere",
                "http://127.0.0.1:PORT/api/data/v9.2/../../../elsewhere",
                "/api/data/v9.2/contacts",
                "not a link",
            })
    void nextLinkOutOfTheEnvironmentIsNotFollowed(String link) {
        String port = server.url().substring(server.url().lastIndexOf(':') + 1);
        server.then(200, "{\"value\":[],\"@odata.nextLink\":\"" + link.replace("PORT", port) + "\"}");

        DataverseException failure = catchThrowableOfType(DataverseException.class, this::find);

        assertThat(failure.code()).isEqualTo("foreign_next_link");
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void repeatedNextLinkEndsTheSearch() {
        String page = "{\"value\":[],\"@odata.nextLink\":\"" + server.url() + "/api/data/v9.2/contacts?$skiptoken=1\"}";
        server.then(200, page).then(200, page).then(200, page);

        DataverseException failure = catchThrowableOfType(DataverseException.class, this::find);

        assertThat(failure.code()).isEqualTo("repeated_next_link");
        assertThat(server.asked()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"value\":null}",
                "{\"value\":{}}",
                "{\"value\":[{}]}",
                "{\"value\":[{\"contactid\":\"6f0c0000-0000-4000-8000-00000000000a\"}]}",
                "<html/>",
            })
    void answerWithoutUsableRowsIsNotAnEmptyTable(String body) {
        for (int i = 0; i < 4; i++) {
            server.then(200, body);
        }

        DataverseException failure = catchThrowableOfType(DataverseException.class, this::find);

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 410})
    void refusalIsNotAnEmptyTable(int status) {
        server.then(status, "{\"error\":{\"code\":\"\",\"message\":\"no\"}}");

        DataverseException failure = catchThrowableOfType(DataverseException.class, this::find);

        assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
        assertThat(failure.status()).isEqualTo(status);
    }

    private List<ContactRow> find() {
        return client.findContacts(
                "emailaddress1",
                List.of("ada@x.example"),
                List.of("new_newsletter", "new_frequency", "new_score", "new_big", "new_empty"));
    }
}
