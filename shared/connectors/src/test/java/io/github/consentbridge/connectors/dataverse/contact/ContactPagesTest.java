package io.github.consentbridge.connectors.dataverse.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.consentbridge.connectors.dataverse.DataverseClient;
import io.github.consentbridge.connectors.dataverse.api.DataverseEnvironment;
import io.github.consentbridge.connectors.dataverse.api.DataverseException;
import io.github.consentbridge.connectors.dataverse.api.PageSource;
import io.github.consentbridge.connectors.http.FakeTime;
import io.github.consentbridge.connectors.http.FixedTokens;
import io.github.consentbridge.connectors.http.RemoteException.Kind;
import io.github.consentbridge.connectors.http.ScriptedServer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContactPagesTest {
    private static final String SELECTED = "new_newsletter,contactid,modifiedon,statecode,versionnumber";
    private static final String ADA = """
            {"@odata.etag":"W/\\"5120033\\"","contactid":"6f0c0000-0000-4000-8000-00000000000a","new_newsletter":true,
             "modifiedon":"2026-03-01T08:00:00Z","statecode":0,"versionnumber":5120033}""";
    private static final String GONE = """
            {"@odata.context":"https://acme.crm4.dynamics.com/api/data/v9.2/$metadata#contacts/$deletedEntity",
             "id":"2e450000-0000-4000-8000-00000000000b","reason":"deleted"}""";

    private final ScriptedServer server = new ScriptedServer();
    private final FakeTime time = new FakeTime("2026-10-02T08:00:00Z");
    private final DataverseClient client =
            new DataverseClient(DataverseEnvironment.parse(server.url()), new FixedTokens(), time.settings());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void wholeTableIsReadWithTracking() {
        server.then(200, "{\"value\":[" + ADA + "],\"@odata.deltaLink\":\"" + link("$deltatoken=1") + "\"}");

        ContactPage page = read(new PageSource.WholeTable());

        assertThat(page.rows())
                .extracting(ContactRow::id)
                .containsExactly(UUID.fromString("6f0c0000-0000-4000-8000-00000000000a"));
        assertThat(page.next()).isEmpty();
        assertThat(page.delta()).contains(link("$deltatoken=1"));
        assertThat(server.asked(0).target()).isEqualTo("/api/data/v9.2/contacts?$select=" + SELECTED);
        assertThat(server.asked(0).header("Prefer")).isEqualTo("odata.track-changes,odata.maxpagesize=500");
    }

    @Test
    void linkIsFollowedVerbatimWithoutTheTrackingPreference() {
        server.then(200, "{\"value\":[" + ADA + "," + GONE + "],\"@odata.nextLink\":\"" + link("$skiptoken=2") + "\"}");

        ContactPage page = read(new PageSource.Link(link("$deltatoken=919042%2108%2f22")));

        assertThat(page.rows()).hasSize(1);
        assertThat(page.deleted()).containsExactly(UUID.fromString("2e450000-0000-4000-8000-00000000000b"));
        assertThat(page.next()).contains(link("$skiptoken=2"));
        assertThat(page.delta()).isEmpty();
        assertThat(server.asked(0).target())
                .isEqualTo("/api/data/v9.2/contacts?$select=" + SELECTED + "&$deltatoken=919042%2108%2f22");
        assertThat(server.asked(0).header("Prefer")).isEqualTo("odata.maxpagesize=500");
    }

    @Test
    void modifiedRowsAreReadOldestFirst() {
        server.then(200, "{\"value\":[]}");

        read(new PageSource.ModifiedSince(Instant.parse("2026-10-02T08:00:00.999Z")));

        assertThat(server.asked(0).target())
                .isEqualTo("/api/data/v9.2/contacts?$select=" + SELECTED
                        + "&$filter=modifiedon%20ge%202026-10-02T08%3A00%3A00Z"
                        + "&$orderby=modifiedon%20asc,contactid%20asc");
        assertThat(server.asked(0).header("Prefer")).isEqualTo("odata.maxpagesize=500");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/api/data/v9.2/contacts?$deltatoken=1",
                "http://127.0.0.1:1/api/data/v9.2/contacts?$deltatoken=1",
                "http://127.0.0.1:PORT/elsewhere",
                "http://127.0.0.1:PORT/api/data/v9.2/../../../elsewhere",
                "not a link",
            })
    void foreignLinkIsNotFollowed(String link) {
        String port = server.url().substring(server.url().lastIndexOf(':') + 1);

        DataverseException failure = failure(new PageSource.Link(link.replace("PORT", port)));

        assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
        assertThat(failure.code()).isEqualTo("foreign_next_link");
        assertThat(failure.requiresFullPass()).isFalse();
        assertThat(server.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"$select=contactid,modifiedon,statecode,versionnumber", "%24select=contactid%2Cmodifiedon"})
    void linkThatLacksAMappedColumnRequiresAFullPass(String select) {
        DataverseException failure =
                failure(new PageSource.Link(server.url() + "/api/data/v9.2/contacts?" + select + "&$deltatoken=1"));

        assertThat(failure.requiresFullPass()).isTrue();
        assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
        assertThat(server.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400, 0x80044352, Some text",
        "500, 0x80044352, Some text",
        "400, '', Version stamp associated with the client has expired. Please perform a full sync.",
        "410, '', Gone",
    })
    void expiredTokenIsRecognisedAndNotRetried(int status, String code, String message) {
        server.then(status, "{\"error\":{\"code\":\"%s\",\"message\":\"%s\"}}".formatted(code, message));

        DataverseException failure = failure(new PageSource.Link(link("$deltatoken=1")));

        assertThat(failure.requiresFullPass()).isTrue();
        assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void otherRefusalDoesNotRequireAFullPass() {
        server.then(400, "{\"error\":{\"code\":\"0x80060888\",\"message\":\"Malformed XML in the Paging Cookie\"}}");

        DataverseException failure = failure(new PageSource.Link(link("$skiptoken=1")));

        assertThat(failure.requiresFullPass()).isFalse();
        assertThat(failure.isChangeTrackingOff()).isFalse();
    }

    @Test
    void pageThatLinksToItselfEndsTheScan() {
        server.then(200, "{\"value\":[],\"@odata.nextLink\":\"" + link("$skiptoken=1") + "\"}");

        DataverseException failure = failure(new PageSource.Link(link("$skiptoken=1")));

        assertThat(failure.code()).isEqualTo("repeated_next_link");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html/>",
                "{}",
                "{\"value\":{}}",
                "{\"value\":[{}]}",
                "{\"value\":[1]}",
                "{\"value\":[],\"@odata.nextLink\":1}",
                "{\"value\":[],\"@odata.deltaLink\":{}}",
                "{\"value\":[{\"@odata.context\":\"x/$deletedEntity\",\"reason\":\"deleted\"}]}",
                "{\"value\":[{\"@odata.context\":\"x/$deletedEntity\",\"id\":\"ada\",\"reason\":\"deleted\"}]}",
                "{\"value\":[{\"@odata.context\":\"x/$deletedEntity\",\"id\":\"2e450000-0000-4000-8000-00000000000b\"}]}",
            })
    void garbageIsNotAPage(String body) {
        for (int i = 0; i < 4; i++) {
            server.then(200, body);
        }

        DataverseException failure = failure(new PageSource.WholeTable());

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure.code()).isEqualTo("unreadable_answer");
        assertThat(server.asked()).hasSize(4);
    }

    @Test
    void deletionForAnotherReasonIsIgnored() {
        for (int i = 0; i < 4; i++) {
            server.then(200, "{\"value\":[" + GONE.replace("\"deleted\"", "\"changed\"") + "]}");
        }

        assertThat(failure(new PageSource.WholeTable()).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 5001})
    void pageSizeIsWithinDataversesLimits(int size) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.contacts(List.of("new_newsletter"), new PageSource.WholeTable(), size));
    }

    private ContactPage read(PageSource source) {
        return client.contacts(List.of("new_newsletter"), source, 500);
    }

    private DataverseException failure(PageSource source) {
        return catchThrowableOfType(DataverseException.class, () -> read(source));
    }

    private String link(String token) {
        return server.url() + "/api/data/v9.2/contacts?$select=" + SELECTED + "&" + token;
    }
}
