package io.github.consentbridge.simulators.dataverse;

import static io.github.consentbridge.simulators.http.Web.encode;
import static io.github.consentbridge.simulators.http.Web.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.simulators.http.Web;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditTest {
    private static final String FUNCTION =
            "RetrieveAttributeChangeHistory(Target=@t,AttributeLogicalName=@a,PagingInfo=@p)";

    private final ManualClock clock = new ManualClock("2026-10-02T08:15:30.120Z");
    private final DataverseSimulator dataverse = DataverseSimulator.start(clock);
    private final Web web = Web.of(
            dataverse.url() + "/api/data/v9.2/", "Authorization", "Bearer any", "Content-Type", "application/json");

    @AfterEach
    void stop() {
        dataverse.close();
    }

    @Test
    void historyHasUserValuesAndTimeNewestFirst() {
        UUID id = dataverse.addContact(Map.of());
        dataverse.auditing("donotemail");
        dataverse.editContact(id, Map.of("donotemail", true, "donotphone", true));
        clock.advance(Duration.ofMinutes(1));
        web.send("PATCH", "contacts(" + id + ")", "{\"donotemail\":false}", "If-Match", "*");

        JsonNode details = details(history(id, "donotemail"));

        assertThat(details).hasSize(3);
        assertThat(details.at("/0/@odata.type").asText()).isEqualTo("#Microsoft.Dynamics.CRM.AttributeAuditDetail");
        assertThat(details.at("/0/OldValue/donotemail").booleanValue()).isTrue();
        assertThat(details.at("/0/NewValue/donotemail").booleanValue()).isFalse();
        assertThat(details.at("/0/AuditRecord/createdon").asText()).isEqualTo("2026-10-02T08:16:30Z");
        assertThat(details.at("/0/AuditRecord/_userid_value").asText())
                .isEqualTo(dataverse.applicationUserId().toString());
        assertThat(details.at("/1/AuditRecord/_userid_value").asText())
                .isEqualTo(dataverse.staffUserId().toString());
        assertThat(details.at("/2/AuditRecord/action").intValue()).isEqualTo(107);
        assertThat(details.at("/2").has("NewValue")).isFalse();
    }

    @Test
    void emptyValuesAreLeftOut() {
        dataverse.auditing("lastname");
        UUID id = dataverse.addContact(Map.of("lastname", "Byron"));

        JsonNode created = details(history(id, "lastname")).get(0);

        assertThat(created.path("OldValue").has("lastname")).isFalse();
        assertThat(created.at("/NewValue/lastname").asText()).isEqualTo("Byron");
        assertThat(created.at("/AuditRecord/action").intValue()).isEqualTo(1);
    }

    @Test
    void equalValueIsNotAChange() {
        UUID id = dataverse.addContact(Map.of());
        dataverse.auditing("donotemail");
        dataverse.editContact(id, Map.of("donotemail", false));

        assertThat(details(history(id, "donotemail"))).hasSize(1);
    }

    @Test
    void unauditedColumnHasNoHistory() {
        UUID id = dataverse.addContact(Map.of());
        dataverse.auditing("donotphone");
        dataverse.editContact(id, Map.of("donotemail", true));

        assertThat(details(history(id, "donotemail"))).isEmpty();
    }

    @Test
    void historyIsPaged() {
        UUID id = dataverse.addContact(Map.of());
        dataverse.auditing("lastname");
        for (int i = 0; i < 4; i++) {
            dataverse.editContact(id, Map.of("lastname", "p" + i));
        }

        JsonNode second =
                json(history(id, "lastname", "{\"PageNumber\":2,\"Count\":2}")).path("AuditDetailCollection");
        JsonNode third = json(history(id, "lastname", "{\"PageNumber\":3,\"Count\":2,\"ReturnTotalRecordCount\":true}"))
                .path("AuditDetailCollection");

        assertThat(second.at("/AuditDetails/0/NewValue/lastname").asText()).isEqualTo("p1");
        assertThat(second.path("MoreRecords").booleanValue()).isTrue();
        assertThat(third.path("AuditDetails")).hasSize(1);
        assertThat(third.path("MoreRecords").booleanValue()).isFalse();
        assertThat(third.path("TotalRecordCount").intValue()).isEqualTo(5);
    }

    @Test
    void metadataMarksAuditedColumns() {
        dataverse.auditing("donotemail");

        JsonNode columns = json(web.get("EntityDefinitions(LogicalName='contact')/Attributes?$select=IsAuditEnabled"
                        + "&$filter=" + encode("LogicalName eq 'donotemail' or LogicalName eq 'donotphone'")))
                .path("value");
        JsonNode table = json(web.get("EntityDefinitions(LogicalName='contact')?$select=IsAuditEnabled"));

        assertThat(columns.findValues("Value"))
                .extracting(JsonNode::booleanValue)
                .containsExactly(true, false);
        assertThat(table.at("/IsAuditEnabled/Value").booleanValue()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"prvReadAuditSummary", "prvReadRecordAuditHistory"})
    void readingNeedsPrivileges(String privilege) {
        UUID id = dataverse.addContact(Map.of());
        dataverse.privilege(privilege, false);

        HttpResponse<String> refused = history(id, "donotemail");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(json(refused).at("/error/code").asText()).isEqualTo("0x80040220");
        assertThat(json(refused).at("/error/message").asText()).contains(privilege);
    }

    @Test
    void rolledBackChangeLeavesNoRecord() {
        UUID id = dataverse.addContact(Map.of());
        dataverse.auditing("donotemail");
        String part = "Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: ";
        String changeSet = "--b\r\nContent-Type: multipart/mixed;boundary=c\r\n\r\n"
                + "--c\r\n" + part + "1\r\n\r\nPATCH contacts(" + id + ") HTTP/1.1\r\nIf-Match: *\r\n"
                + "Content-Type: application/json\r\n\r\n{\"donotemail\":true}\r\n"
                + "--c\r\n" + part + "2\r\n\r\nDELETE contacts(" + UUID.randomUUID() + ") HTTP/1.1\r\n\r\n\r\n"
                + "--c--\r\n--b--\r\n";

        HttpResponse<String> answer =
                web.send("POST", "$batch", changeSet, "Content-Type", "multipart/mixed;boundary=b");

        assertThat(answer.body()).contains("404 Not Found").contains("Does Not Exist");
        assertThat(details(history(id, "donotemail"))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            RetrieveAttributeChangeHistory                                                       | 400
            RetrieveAttributeChangeHistory(Target=@t)?@t={'@odata.id':'contacts(1)'}             | 400
            RetrieveAttributeChangeHistory(Target=@t,AttributeLogicalName=@a)?@t={}&@a='lastname'| 400
            RetrieveAttributeChangeHistory(Where=@t)?@t=1                                        | 400
            """)
    void malformedCallIsRefused(String call, int status) {
        int question = call.indexOf('?');
        String path = question < 0
                ? call
                : call.substring(0, question + 1)
                        + call.substring(question + 1).replace("{", "%7B").replace("}", "%7D");

        assertThat(web.get(path).statusCode()).isEqualTo(status);
    }

    @Test
    void missingContactAndColumnHaveNoHistory() {
        UUID id = dataverse.addContact(Map.of());

        assertThat(history(UUID.randomUUID(), "lastname").statusCode()).isEqualTo(404);
        assertThat(json(history(id, "new_none")).at("/error/code").asText()).isEqualTo("0x80041103");
    }

    private HttpResponse<String> history(UUID id, String column) {
        return history(id, column, "{\"PageNumber\":1,\"Count\":100}");
    }

    private HttpResponse<String> history(UUID id, String column, String paging) {
        return web.get(FUNCTION + "?@t=" + encode("{'@odata.id':'contacts(" + id + ")'}") + "&@a='" + column + "'&@p="
                + encode(paging));
    }

    private static JsonNode details(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer).at("/AuditDetailCollection/AuditDetails");
    }
}
