package io.github.consentbridge.simulators.dataverse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.simulators.http.Web;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchTest {
    private static final String GO_ON = "odata.continue-on-error";

    private final DataverseSimulator dataverse = DataverseSimulator.start(new ManualClock("2026-10-02T08:15:30.120Z"));
    private final Web web = Web.of(
            dataverse.url() + "/api/data/v9.2/",
            "Authorization",
            "Bearer any",
            "Content-Type",
            "multipart/mixed; boundary=\"batch_1\"");

    @AfterEach
    void stop() {
        dataverse.close();
    }

    @Test
    void eachPartHasItsOwnStatus() {
        UUID good = dataverse.addContact(Map.of());
        UUID stale = dataverse.addContact(Map.of());
        UUID last = dataverse.addContact(Map.of());

        HttpResponse<String> answer = batch(
                GO_ON,
                patch(good, dataverse.etag(good), "{\"donotemail\":true}"),
                patch(stale, "W/\"1\"", "{\"donotemail\":true}"),
                patch(last, "*", "{\"donotemail\":\"x\"}"),
                get(last));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(statuses(answer)).containsExactly("204", "412", "400", "200");
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("multipart/mixed; boundary=batchresponse_");
        assertThat(dataverse.contact(good)).containsEntry("donotemail", true);
        assertThat(dataverse.contact(stale)).containsEntry("donotemail", false);
        assertThat(dataverse.counters().batchParts()).isEqualTo(4);
        assertThat(dataverse.counters().requests()).isEqualTo(1);
        assertThat(dataverse.counters().conflicts()).isEqualTo(1);
        assertThat(dataverse.counters().rowsWritten()).isEqualTo(1);
    }

    @Test
    void stopsAtTheFirstFailureByDefault() {
        UUID stale = dataverse.addContact(Map.of());
        UUID never = dataverse.addContact(Map.of());

        HttpResponse<String> answer =
                batch("", patch(stale, "W/\"1\"", "{\"donotemail\":true}"), patch(never, "*", "{\"donotemail\":true}"));

        assertThat(answer.statusCode()).isEqualTo(412);
        assertThat(statuses(answer)).containsExactly("412");
        assertThat(dataverse.contact(never)).containsEntry("donotemail", false);
    }

    @Test
    void changeSetIsAtomic() {
        dataverse.column(SimulatedColumn.text("new_didomiuserid", 100));
        dataverse.alternateKey("new_didomiuserid");
        UUID id = dataverse.addContact(Map.of("emailaddress1", "a@x", "new_didomiuserid", "ada"));
        String etag = dataverse.etag(id);

        HttpResponse<String> answer = batch(
                GO_ON,
                changeSet(
                        patch(id, etag, "{\"emailaddress1\":\"b@x\",\"new_didomiuserid\":\"eve\"}"),
                        post("{\"new_didomiuserid\":\"eve\"}")));

        assertThat(statuses(answer)).containsExactly("412");
        assertThat(dataverse.etag(id)).isEqualTo(etag);
        assertThat(dataverse.contact(id))
                .containsEntry("emailaddress1", "a@x")
                .containsEntry("new_didomiuserid", "ada");
        assertThat(dataverse.contactCount()).isEqualTo(1);
        assertThat(web.get("contacts(new_didomiuserid='ada')").statusCode()).isEqualTo(200);
        assertThat(statuses(batch("", changeSet(patch(id, etag, "{\"donotemail\":true}"), post("{}")))))
                .containsExactly("204", "204");
    }

    @ParameterizedTest
    @CsvSource({"CRLF,LF", "binary,8bit", "application/http,application/json", "--batch_1--,--batch_1", " HTTP/1.1,''"})
    void formIsStrict(String right, String wrong) {
        String body = body(get(UUID.fromString("6f0c0000-0000-4000-8000-00000000000a")));

        HttpResponse<String> answer = web.send("POST", "$batch", body.replace(lineEnd(right), lineEnd(wrong)));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(web.send("POST", "$batch", body).statusCode()).isEqualTo(404);
    }

    @Test
    void moreThanThousandPartsAreRefused() {
        String[] parts = new String[1001];
        Arrays.fill(parts, get(UUID.fromString("6f0c0000-0000-4000-8000-00000000000a")));

        assertThat(batch(GO_ON, parts).statusCode()).isEqualTo(400);
    }

    @Test
    void partCanHaveAScriptedFault() {
        UUID first = dataverse.addContact(Map.of());
        UUID second = dataverse.addContact(Map.of());
        dataverse.faults().next(RouteKind.UPDATE_CONTACT, Fault.status(503));

        HttpResponse<String> answer =
                batch(GO_ON, patch(first, "*", "{\"donotemail\":true}"), patch(second, "*", "{\"donotemail\":true}"));

        assertThat(statuses(answer)).containsExactly("503", "204");
    }

    @Test
    void connectionCanDropInsideTheBatch() {
        UUID first = dataverse.addContact(Map.of());
        UUID second = dataverse.addContact(Map.of());
        dataverse.faults().next(RouteKind.UPDATE_CONTACT, Fault.dropAfterCommit());

        assertThatThrownBy(() -> batch(
                        GO_ON, patch(first, "*", "{\"donotemail\":true}"), patch(second, "*", "{\"donotemail\":true}")))
                .isInstanceOf(UncheckedIOException.class);

        assertThat(dataverse.contact(first)).containsEntry("donotemail", true);
        assertThat(dataverse.contact(second)).containsEntry("donotemail", false);
    }

    @Test
    void rowCanChangeBeforeThePart() {
        UUID id = dataverse.addContact(Map.of());
        dataverse
                .faults()
                .next(RouteKind.UPDATE_CONTACT, Fault.after(() -> dataverse.editContact(id, Map.of("lastname", "x"))));

        HttpResponse<String> answer = batch(GO_ON, patch(id, dataverse.etag(id), "{\"donotemail\":true}"));

        assertThat(statuses(answer)).containsExactly("412");
    }

    private static String lineEnd(String text) {
        return text.replace("CR", "\r").replace("LF", "\n");
    }

    private HttpResponse<String> batch(String prefer, String... parts) {
        return prefer.isEmpty()
                ? web.send("POST", "$batch", body(parts))
                : web.send("POST", "$batch", body(parts), "Prefer", prefer);
    }

    private static String body(String... parts) {
        StringBuilder body = new StringBuilder();
        for (String part : parts) {
            body.append("--batch_1\r\n").append(part).append("\r\n");
        }
        return body.append("--batch_1--\r\n").toString();
    }

    private static String patch(UUID id, String etag, String json) {
        return request(
                "PATCH /api/data/v9.2/contacts(" + id + ")?tag=consent-bridge", "If-Match: " + etag + "\r\n", json);
    }

    private static String post(String json) {
        return request("POST /api/data/v9.2/contacts", "", json);
    }

    private static String get(UUID id) {
        return request("GET contacts(" + id + ")?$select=lastname", "", "");
    }

    private static String request(String line, String headers, String json) {
        return "Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n" + line + " HTTP/1.1\r\n"
                + "Content-Type: application/json; type=entry\r\n" + headers + "\r\n" + json;
    }

    private static String changeSet(String... parts) {
        StringBuilder body = new StringBuilder("Content-Type: multipart/mixed; boundary=changeset_1\r\n\r\n");
        for (int i = 0; i < parts.length; i++) {
            body.append("--changeset_1\r\nContent-ID: ")
                    .append(i + 1)
                    .append("\r\n")
                    .append(parts[i])
                    .append("\r\n");
        }
        return body.append("--changeset_1--").toString();
    }

    private static List<String> statuses(HttpResponse<String> answer) {
        return Pattern.compile("HTTP/1\\.1 (\\d+)")
                .matcher(answer.body())
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
