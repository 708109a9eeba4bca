package io.github.consentbridge.simulators.dataverse;

import static io.github.consentbridge.simulators.http.Web.encode;
import static io.github.consentbridge.simulators.http.Web.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.simulators.http.Web;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContactQueryTest {
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
    void findsByFilterIgnoringCaseAndTrailingBlanks() {
        UUID id = dataverse.addContact(Map.of("emailaddress1", "Ada@Example.org"));
        dataverse.addContact(Map.of("emailaddress1", "other@example.org"));

        HttpResponse<String> found = find("emailaddress1 eq 'ada@example.ORG  '", "contactid,emailaddress1");

        assertThat(json(found).at("/value")).hasSize(1);
        assertThat(json(found).at("/value/0/contactid").asText()).isEqualTo(id.toString());
        assertThat(json(found).at("/value/0/@odata.etag").asText()).isEqualTo(dataverse.etag(id));
        assertThat(json(found).at("/value/0").has("lastname")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            lastname eq 'O''Brien' and donotemail eq false             | 1
            lastname eq 'Nobody' or statecode eq 0                     | 2
            donotemail ne false                                        | 1
            emailaddress1 eq null                                      | 2
            not (lastname eq 'O''Brien')                               | 1
            modifiedon ge 2026-10-02T08:15:30Z                         | 2
            modifiedon gt 2026-10-02T08:15:30Z                         | 0
            modifiedon lt 2026-10-02T10:15:31+02:00                    | 2
            preferredcontactmethodcode eq 1                            | 2
            """)
    void filterMatches(String filter, int hits) {
        dataverse.addContact(Map.of("lastname", "O'Brien"));
        dataverse.addContact(Map.of("lastname", "Byron", "donotemail", true));

        assertThat(json(find(filter, "contactid")).at("/value")).hasSize(hits);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            lastname eq 'O'Brien'              | unterminated
            lastname eq Byron                  | incompatible types
            donotemail eq 'true'               | incompatible types
            donotemail eq 1                    | incompatible types
            contactid eq 'ada'                 | incompatible types
            new_nothing eq 1                   | Could not find a property named 'new_nothing'
            lastname eq 'a' and                | Syntax error
            lastname like 'a'                  | Syntax error
            (lastname eq 'a'                   | Syntax error
            """)
    void brokenFilterIsRefused(String filter, String message) {
        HttpResponse<String> answer = find(filter, "contactid");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/error/code").asText()).isEqualTo("0x80060888");
        assertThat(json(answer).at("/error/message").asText()).contains(message);
    }

    @Test
    void inTakesJsonTextsWithAnyCharacters() {
        dataverse.addContact(Map.of("emailaddress1", "o'neil+x@example.org"));
        dataverse.addContact(Map.of("emailaddress1", "50%off&x=1#y"));
        dataverse.addContact(Map.of("emailaddress1", "météo"));

        HttpResponse<String> found =
                in("emailaddress1", "[\"o'neil+x@example.org\",\"50%off&x=1#y\",\"MÉTÉO\",\"no\"]");

        assertThat(json(found).at("/value")).hasSize(3);
    }

    @Test
    void oneInvalidGuidFailsTheWholeIn() {
        UUID id = dataverse.addContact(Map.of());

        assertThat(json(in("contactid", "[\"" + id + "\"]")).at("/value")).hasSize(1);
        assertThat(in("contactid", "[\"" + id + "\",\"ada\"]").statusCode()).isEqualTo(400);
    }

    @Test
    void moreThan500ConditionsAreRefused() {
        String filter = "lastname eq 'a'" + " or lastname eq 'a'".repeat(500);

        assertThat(json(find(filter, "contactid")).at("/error/code").asText()).isEqualTo("0x8004430c");
    }

    @Test
    void urlLengthIsLimited() {
        HttpResponse<String> answer = web.get("contacts?$filter=" + encode("lastname eq '" + "x".repeat(33_000) + "'"));

        assertThat(answer.statusCode()).isEqualTo(414);
    }

    @Test
    void pagesFollowNextLinks() {
        for (int i = 0; i < 7; i++) {
            dataverse.addContact(Map.of("lastname", "p" + i));
        }

        JsonNode first = json(web.get(
                "contacts?$select=lastname&$orderby=lastname%20desc,contactid", "Prefer", "odata.maxpagesize=3"));
        JsonNode second = follow(first);
        JsonNode third = follow(second);

        assertThat(first.at("/value/0/lastname").asText()).isEqualTo("p6");
        assertThat(second.at("/value/0/lastname").asText()).isEqualTo("p3");
        assertThat(third.at("/value")).hasSize(1);
        assertThat(third.has("@odata.nextLink")).isFalse();
    }

    @Test
    void topEndsPaging() {
        for (int i = 0; i < 7; i++) {
            dataverse.addContact(Map.of());
        }

        JsonNode page = json(web.get("contacts?$select=lastname&$top=2"));

        assertThat(page.at("/value")).hasSize(2);
        assertThat(page.has("@odata.nextLink")).isFalse();
    }

    @Test
    void unchangedRowIs304() {
        UUID id = dataverse.addContact(Map.of());

        assertThat(web.get("contacts(" + id + ")", "If-None-Match", dataverse.etag(id))
                        .statusCode())
                .isEqualTo(304);
        assertThat(web.get("contacts(" + id + ")", "If-None-Match", "null").statusCode())
                .isEqualTo(200);
    }

    @Test
    void unknownThingsInTheUrlAreRefused() {
        assertThat(web.get("contacts?$select=Lastname").statusCode()).isEqualTo(400);
        assertThat(web.get("contacts?select=lastname").statusCode()).isEqualTo(400);
        assertThat(web.get("contacts?$skip=1").statusCode()).isEqualTo(400);
        assertThat(web.get("contacts?$top=a").statusCode()).isEqualTo(400);
        assertThat(web.get("contactss").body()).contains("0x8006088a");
        assertThat(web.get("contacts?$filter=lastname%20eq%20@x").statusCode()).isEqualTo(400);
    }

    @Test
    void ownWritesCanBeLeftOut() {
        UUID written = dataverse.addContact(Map.of());
        UUID untouched = dataverse.addContact(Map.of());
        patch(written, "{\"donotemail\":true}", "If-Match", "*");

        HttpResponse<String> others = find("_modifiedby_value ne " + dataverse.applicationUserId(), "contactid");

        assertThat(json(others).at("/value")).hasSize(1);
        assertThat(json(others).at("/value/0/contactid").asText()).isEqualTo(untouched.toString());
        assertThat(dataverse.contact(untouched)).containsEntry("modifiedby", dataverse.staffUserId());
    }

    @Test
    void countStopsAt5000() {
        for (int i = 0; i < 5001; i++) {
            dataverse.addContact(Map.of());
        }

        assertThat(json(web.get("contacts?$select=contactid&$count=true&$top=1"))
                        .path("@odata.count")
                        .intValue())
                .isEqualTo(5000);
        assertThat(json(web.get("contacts?$select=contactid")).path("value")).hasSize(5000);
    }

    @Test
    void otherVersionsAndFormatsAreRefused() {
        assertThat(web.get("contacts?$top=1", "OData-Version", "4.01").statusCode())
                .isEqualTo(400);
        assertThat(web.get("contacts?$top=1", "Accept", "application/xml").statusCode())
                .isEqualTo(415);
    }

    private HttpResponse<String> find(String filter, String select) {
        return web.get("contacts?$select=" + select + "&$filter=" + encode(filter));
    }

    private HttpResponse<String> in(String property, String values) {
        return web.get("contacts?$select=contactid&$filter="
                + encode("Microsoft.Dynamics.CRM.In(PropertyName=@p,PropertyValues=@v)") + "&@p='" + property + "'&@v="
                + encode(values));
    }

    private HttpResponse<String> patch(UUID id, String body, String... headers) {
        return web.send("PATCH", "contacts(" + id + ")", body, headers);
    }

    private JsonNode follow(JsonNode page) {
        String link = page.path("@odata.nextLink").asText();
        String path = link.substring(link.indexOf("contacts?"));
        return json(web.get(path, "Prefer", "odata.maxpagesize=3"));
    }
}
