package io.github.consentbridge.simulators.dataverse;

import static io.github.consentbridge.simulators.http.Web.encode;
import static io.github.consentbridge.simulators.http.Web.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.simulators.dataverse.column.DateTimeBehavior;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.simulators.http.Web;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContactsTest {
    private final ManualClock clock = new ManualClock("2026-10-02T08:15:30.120Z");
    private final DataverseSimulator dataverse = DataverseSimulator.start(clock);
    private final Web web = Web.of(
            dataverse.url() + "/api/data/v9.2/",
            "Authorization",
            "Bearer any",
            "Accept",
            "application/json",
            "OData-Version",
            "4.0",
            "Content-Type",
            "application/json");

    @AfterEach
    void stop() {
        dataverse.close();
    }

    @Test
    void newContactHasDefaultsAndWholeSeconds() {
        UUID id = dataverse.addContact(Map.of("firstname", "Ada", "lastname", "Byron"));

        assertThat(dataverse.contact(id))
                .containsEntry("donotemail", false)
                .containsEntry("followemail", true)
                .containsEntry("fullname", "Ada Byron")
                .containsEntry("statecode", 0)
                .containsEntry("modifiedon", Instant.parse("2026-10-02T08:15:30Z"))
                .doesNotContainKey("emailaddress1");
    }

    @Test
    void updateNeedsTheCurrentEtag() {
        UUID id = dataverse.addContact(Map.of());
        String etag = dataverse.etag(id);
        clock.advance(Duration.ofSeconds(2));

        int first = patch(id, "{\"donotemail\":true}", "If-Match", etag).statusCode();
        HttpResponse<String> second = patch(id, "{\"donotemail\":false}", "If-Match", etag);

        assertThat(first).isEqualTo(204);
        assertThat(second.statusCode()).isEqualTo(412);
        assertThat(json(second).at("/error/code").asText()).isEqualTo("0x80060882");
        assertThat(dataverse.contact(id))
                .containsEntry("donotemail", true)
                .containsEntry("modifiedon", Instant.parse("2026-10-02T08:15:32Z"))
                .containsEntry("modifiedby", dataverse.applicationUserId());
        assertThat(dataverse.counters().writesTo(id)).isEqualTo(1);
        assertThat(dataverse.counters().conflicts()).isEqualTo(1);
    }

    @Test
    void anyEditMovesTheEtag() {
        UUID id = dataverse.addContact(Map.of());
        String etag = dataverse.etag(id);

        dataverse.editContact(id, Map.of("lastname", "Byron"));

        assertThat(patch(id, "{\"donotemail\":true}", "If-Match", etag).statusCode())
                .isEqualTo(412);
    }

    @Test
    void patchWithoutConditionCreates() {
        UUID id = UUID.fromString("6f0c0000-0000-4000-8000-00000000000a");

        assertThat(patch(id, "{\"lastname\":\"x\"}", "If-Match", "*").statusCode())
                .isEqualTo(404);
        assertThat(patch(id, "{\"lastname\":\"x\"}").statusCode()).isEqualTo(204);
        assertThat(patch(id, "{\"lastname\":\"y\"}", "If-None-Match", "*").statusCode())
                .isEqualTo(412);
        assertThat(dataverse.contact(id)).containsEntry("lastname", "x");
    }

    @Test
    void createAnswersTheRowWhenAsked() {
        HttpResponse<String> created = web.send(
                "POST", "contacts?$select=lastname", "{\"lastname\":\"Byron\"}", "Prefer", "return=representation");

        UUID id = UUID.fromString(json(created).at("/contactid").asText());
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(json(created).at("/lastname").asText()).isEqualTo("Byron");
        assertThat(created.headers().firstValue("OData-EntityId").orElseThrow()).endsWith("contacts(" + id + ")");
        assertThat(web.send("POST", "contacts", "{\"contactid\":\"" + id + "\"}")
                        .body())
                .contains("0x80040237");
    }

    @Test
    void alternateKeyIsUnique() {
        dataverse.column(SimulatedColumn.text("new_didomiuserid", 100));
        dataverse.alternateKey("new_didomiuserid");
        dataverse.addContact(Map.of("new_didomiuserid", "ada"));
        UUID other = dataverse.addContact(Map.of());
        dataverse.addContact(Map.of());

        HttpResponse<String> created = web.send("POST", "contacts", "{\"new_didomiuserid\":\"ADA\"}");
        HttpResponse<String> changed = patch(other, "{\"new_didomiuserid\":\"ada\"}", "If-Match", "*");

        assertThat(created.statusCode()).isEqualTo(412);
        assertThat(created.body()).contains("0x80060892");
        assertThat(changed.body()).contains("0x80060892");
    }

    @Test
    void keyUrlsWorkForSafeValuesOnly() {
        dataverse.column(SimulatedColumn.text("new_didomiuserid", 100));
        dataverse.alternateKey("new_didomiuserid");
        dataverse.addContact(Map.of("new_didomiuserid", "o'brien@x"));
        dataverse.addContact(Map.of("new_didomiuserid", "a+b@x"));

        assertThat(web.get("contacts(new_didomiuserid='o''brien@x')").statusCode())
                .isEqualTo(200);
        assertThat(web.get("contacts(new_didomiuserid='a%2Bb@x')").statusCode()).isEqualTo(400);
        assertThat(web.get("contacts(new_didomiuserid='nobody')").body()).contains("0x80060891");
        assertThat(web.get("contacts(lastname='x')").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"donotemail":"true"}                             | 0x80048d19
            {"donotemail":1}                                  | 0x80048d19
            {"lastname":5}                                    | 0x80048d19
            {"new_nothing":true}                              | 0x80048d19
            {"fullname":"x"}                                  | 0x80048d19
            {"modifiedon":"2026-01-01T00:00:00Z"}             | 0x80048d19
            {"contactid":"6f0c0000-0000-4000-8000-00000000000a"} | 0x80048d19
            {"parentcustomerid":"x"}                          | 0x80048d19
            {"ParentCustomerId_account@odata.bind":"/accounts(6f0c0000-0000-4000-8000-00000000000a)"} | 0x80048d19
            {"donotemail":true                                | 0x80048d19
            {"donotemail":true,"donotemail":false}            | 0x80048d19
            {"lastname":"123456789012345678901234567890123456789012345678901"} | 0x80044331
            {"preferredcontactmethodcode":9}                  | 0x8004431a
            {"new_number":11}                                 | 0x8004432f
            {"new_number":3000000000}                         | 0x80048d19
            {"new_number":1.5}                                | 0x80048d19
            {"new_rate":10.5}                                 | 0x80044330
            {"new_topics":[1,2]}                              | 0x80048d19
            {"new_topics":"1,7"}                              | 0x8004431a
            {"new_day":"2026-01-01T00:00:00Z"}                | 0x80048d19
            {"new_time":"yesterday"}                          | 0x80048d19
            {"new_time":"1700-01-01T00:00:00Z"}               | 0x80040239
            {"statecode":1,"statuscode":1}                    | 0x80048408
            {"new_secret":true}                               | 0x8004f508
            """)
    void badValueIsRefused(String body, String code) {
        defineColumns();
        UUID id = dataverse.addContact(Map.of());
        String etag = dataverse.etag(id);

        HttpResponse<String> answer = patch(id, body, "If-Match", "*");

        assertThat(json(answer).at("/error/code").asText()).isEqualTo(code);
        assertThat(dataverse.etag(id)).isEqualTo(etag);
    }

    @Test
    void validValuesAreReturned() {
        defineColumns();
        UUID id = dataverse.addContact(Map.of());
        String body = "{\"new_number\":-5,\"new_rate\":1.005,\"new_topics\":\"9,1\",\"new_day\":\"2026-03-01\","
                + "\"new_time\":\"2026-03-01T10:00:00.9+02:00\",\"lastname\":\"\",\"statecode\":1,"
                + "\"parentcustomerid_account@odata.bind\":\"/accounts(6f0c0000-0000-4000-8000-00000000000a)\"}";

        assertThat(patch(id, body, "If-Match", "*").statusCode()).isEqualTo(204);

        JsonNode row = json(web.get("contacts(" + id + ")"));
        assertThat(row.path("new_number").intValue()).isEqualTo(-5);
        assertThat(row.path("new_rate").asText()).isEqualTo("1.01");
        assertThat(row.path("new_topics").asText()).isEqualTo("1,9");
        assertThat(row.path("new_day").asText()).isEqualTo("2026-03-01");
        assertThat(row.path("new_time").asText()).isEqualTo("2026-03-01T08:00:00Z");
        assertThat(row.path("lastname").isNull()).isTrue();
        assertThat(row.path("statuscode").intValue()).isEqualTo(2);
        assertThat(row.path("_parentcustomerid_value").asText()).isEqualTo("6f0c0000-0000-4000-8000-00000000000a");
        assertThat(row.path("new_secret").isNull()).isTrue();
    }

    @Test
    void deletedContactIsNotFound() {
        UUID id = dataverse.addContact(Map.of("emailaddress1", "a@x"));
        find("emailaddress1 eq 'a@x'", "contactid");

        assertThat(web.send("DELETE", "contacts(" + id + ")", "").statusCode()).isEqualTo(204);

        assertThat(web.get("contacts(" + id + ")").body()).contains("0x80040217");
        assertThat(json(find("emailaddress1 eq 'a@x'", "contactid")).at("/value"))
                .isEmpty();
        assertThat(dataverse.contactCount()).isZero();
        assertThat(dataverse.contact(id)).isEmpty();
    }

    @Test
    void bodyNeedsAContentType() {
        UUID id = dataverse.addContact(Map.of());

        assertThat(patch(id, "{\"donotemail\":true}", "Content-Type", "text/plain", "If-Match", "*")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void tagsOfWritesAreCounted() {
        UUID id = dataverse.addContact(Map.of());

        web.send("PATCH", "contacts(" + id + ")?tag=consent-bridge", "{\"donotemail\":true}", "If-Match", "*");

        assertThat(dataverse.counters().tags()).containsEntry("consent-bridge", 1L);
    }

    @Test
    void columnAddedLaterIsEmptyInOldRows() {
        UUID old = dataverse.addContact(Map.of());
        dataverse.column(SimulatedColumn.bool("new_newsletter"));
        UUID fresh = dataverse.addContact(Map.of());

        assertThat(dataverse.contact(old)).doesNotContainKey("new_newsletter");
        assertThat(dataverse.contact(fresh)).containsEntry("new_newsletter", false);
    }

    @Test
    void appRefusesInvalidEntries() {
        assertThatThrownBy(() -> dataverse.addContact(Map.of("donotemail", "yes")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void defineColumns() {
        dataverse.column(SimulatedColumn.integer("new_number", -10, 10));
        dataverse.column(SimulatedColumn.decimal("new_rate", BigDecimal.ZERO, BigDecimal.TEN, 2));
        dataverse.column(SimulatedColumn.multiChoice("new_topics", Map.of(1, "News", 9, "Offers")));
        dataverse.column(SimulatedColumn.dateTime("new_day", DateTimeBehavior.DATE_ONLY));
        dataverse.column(SimulatedColumn.dateTime("new_time", DateTimeBehavior.USER_LOCAL));
        dataverse.column(SimulatedColumn.bool("new_secret").secured());
    }

    private HttpResponse<String> find(String filter, String select) {
        return web.get("contacts?$select=" + select + "&$filter=" + encode(filter));
    }

    private HttpResponse<String> patch(UUID id, String body, String... headers) {
        return web.send("PATCH", "contacts(" + id + ")", body, headers);
    }
}
