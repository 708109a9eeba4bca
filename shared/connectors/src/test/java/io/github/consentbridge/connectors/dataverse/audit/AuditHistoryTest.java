package io.github.consentbridge.connectors.dataverse.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.consentbridge.connectors.dataverse.DataverseClient;
import io.github.consentbridge.connectors.dataverse.api.DataverseEnvironment;
import io.github.consentbridge.connectors.dataverse.api.DataverseException;
import io.github.consentbridge.connectors.dataverse.contact.ContactRow;
import io.github.consentbridge.connectors.dataverse.contact.ContactWrite;
import io.github.consentbridge.connectors.dataverse.metadata.ColumnMetadata;
import io.github.consentbridge.connectors.http.FakeTime;
import io.github.consentbridge.connectors.http.FixedTokens;
import io.github.consentbridge.connectors.http.RemoteException.Kind;
import io.github.consentbridge.connectors.http.ScriptedServer;
import io.github.consentbridge.simulators.dataverse.DataverseSimulator;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditHistoryTest {
    private final FakeTime time = new FakeTime("2026-10-02T08:00:00Z");
    private final DataverseSimulator dataverse = DataverseSimulator.start(time);
    private final ScriptedServer server = new ScriptedServer();
    private final UUID contact = dataverse.addContact(Map.of("lastname", "Byron"));

    @AfterEach
    void stop() {
        dataverse.close();
        server.close();
    }

    @Test
    void changesHaveTimeUserAndBothValues() {
        dataverse.auditing("donotemail", "lastname");
        Instant first = time.instant();
        dataverse.editContact(contact, Map.of("donotemail", true, "lastname", ""));
        time.advance(Duration.ofMinutes(5));
        ContactRow row = simulated()
                .findContacts("contactid", List.of(contact.toString()), List.of("donotemail"))
                .get(0);
        simulated().write(List.of(new ContactWrite.Update(contact, row.etag(), Map.of("donotemail", false))));

        ColumnHistory history = simulated().history(contact, "donotemail");

        assertThat(history)
                .isEqualTo(new ColumnHistory.Known(List.of(
                        new ColumnChange(
                                first.plus(Duration.ofMinutes(5)), dataverse.applicationUserId(), 2, true, false),
                        new ColumnChange(first, dataverse.staffUserId(), 2, false, true))));
        assertThat(simulated().history(contact, "lastname"))
                .isEqualTo(new ColumnHistory.Known(
                        List.of(new ColumnChange(first, dataverse.staffUserId(), 2, "Byron", null))));
    }

    @Test
    void longHistoryIsReadToItsEnd() {
        dataverse.auditing("lastname");
        for (int i = 0; i < 250; i++) {
            dataverse.editContact(contact, Map.of("lastname", "p" + i));
        }
        DataverseClient client = simulated();

        ColumnHistory history = client.history(contact, "lastname");

        assertThat(((ColumnHistory.Known) history).changes()).hasSize(250);
        assertThat(client.requests()).isEqualTo(3);
    }

    @Test
    void columnWithoutAuditingHasNoChanges() {
        dataverse.editContact(contact, Map.of("donotemail", true));

        assertThat(simulated().history(contact, "donotemail")).isEqualTo(new ColumnHistory.Known(List.of()));
        assertThat(simulated().columns(List.of("donotemail")).get("donotemail").audited())
                .isFalse();
    }

    @Test
    void metadataNamesAuditedColumns() {
        dataverse.auditing("donotemail");
        DataverseClient client = simulated();

        Map<String, ColumnMetadata> columns = client.columns(List.of("donotemail", "donotphone"));

        assertThat(columns.get("donotemail").audited()).isTrue();
        assertThat(columns.get("donotphone").audited()).isFalse();
        assertThat(client.requests()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"prvReadAuditSummary", "prvReadRecordAuditHistory"})
    void missingPrivilegeIsNotAFailure(String privilege) {
        dataverse.privilege(privilege, false);

        ColumnHistory history = simulated().history(contact, "donotemail");

        assertThat(history).isEqualTo(new ColumnHistory.Withheld("the application user lacks " + privilege));
    }

    @Test
    void deletedContactHasNoHistory() {
        dataverse.deleteContact(contact);

        assertThat(simulated().history(contact, "donotemail")).isEqualTo(new ColumnHistory.Known(List.of()));
    }

    @Test
    void outageIsAFailure() {
        dataverse.faults().always(RouteKind.AUDIT_HISTORY, Fault.status(503));

        DataverseException failure =
                catchThrowableOfType(DataverseException.class, () -> simulated().history(contact, "donotemail"));

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void throttlingAndLostAnswersAreRetried() {
        dataverse.auditing("donotemail");
        dataverse.editContact(contact, Map.of("donotemail", true));
        dataverse
                .faults()
                .next(
                        RouteKind.AUDIT_HISTORY,
                        Fault.throttled(Duration.ofSeconds(2)),
                        Fault.dropAfterCommit(),
                        Fault.garbage());

        ColumnHistory history = simulated().history(contact, "donotemail");

        assertThat(((ColumnHistory.Known) history).changes()).hasSize(1);
    }

    @Test
    void requestNamesContactAndColumnByAliases() {
        server.then(200, "{\"AuditDetailCollection\":{\"MoreRecords\":false,\"AuditDetails\":[]}}");

        scripted().history(UUID.fromString("6f0c0000-0000-4000-8000-00000000000a"), "new_x");

        assertThat(server.asked(0).target())
                .isEqualTo("/api/data/v9.2/RetrieveAttributeChangeHistory(Target=@t,AttributeLogicalName=@a,"
                        + "PagingInfo=@p)?@t=%7B%27%40odata.id%27%3A%27contacts%286f0c0000-0000-4000-8000-00000000000a"
                        + "%29%27%7D&@a='new_x'&@p=%7B%22PageNumber%22%3A1%2C%22Count%22%3A100%7D");
    }

    @Test
    void pagingCookieIsReturnedUnchanged() {
        server.then(200, """
                {"AuditDetailCollection":{"MoreRecords":true,"PagingCookie":"<cookie page=\\"1\\"/>","AuditDetails":[{}]}}""");
        server.then(200, "{\"AuditDetailCollection\":{\"MoreRecords\":false,\"AuditDetails\":[]}}");

        scripted().history(contact, "new_x");

        assertThat(server.asked(1).target())
                .endsWith("&@p=%7B%22PageNumber%22%3A2%2C%22Count%22%3A100%2C%22PagingCookie%22%3A"
                        + "%22%3Ccookie%20page%3D%5C%221%5C%22%2F%3E%22%7D");
    }

    @Test
    void endlessHistoryIsWithheld() {
        for (int i = 0; i < 101; i++) {
            server.then(200, "{\"AuditDetailCollection\":{\"MoreRecords\":true,\"AuditDetails\":[{}]}}");
        }

        assertThat(scripted().history(contact, "new_x")).isInstanceOf(ColumnHistory.Withheld.class);

        assertThat(server.asked()).hasSize(100);
    }

    @Test
    void historyWithoutTimesIsWithheld() {
        server.then(200, """
                {"AuditDetailCollection":{"MoreRecords":false,"PagingCookie":"","TotalRecordCount":1,"AuditDetails":[
                 {"@odata.type":"#Microsoft.Dynamics.CRM.AttributeAuditDetail","InvalidNewValueAttributes":[],
                  "LocLabelLanguageCode":0,"DeletedAttributes":{"Count":0,"Keys":[],"Values":[]},
                  "OldValue":{"@odata.type":"#Microsoft.Dynamics.CRM.contact"},
                  "NewValue":{"@odata.type":"#Microsoft.Dynamics.CRM.contact","new_x":true}}]}}""");

        assertThat(scripted().history(contact, "new_x")).isInstanceOf(ColumnHistory.Withheld.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html/>",
                "{}",
                "{\"AuditDetailCollection\":{}}",
                "{\"AuditDetailCollection\":{\"MoreRecords\":true,\"AuditDetails\":[]}}",
            })
    void garbageIsNotAHistory(String body) {
        for (int i = 0; i < 4; i++) {
            server.then(200, body);
        }

        DataverseException failure =
                catchThrowableOfType(DataverseException.class, () -> scripted().history(contact, "new_x"));

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void columnNameCannotChangeTheQuery() {
        assertThatIllegalArgumentException().isThrownBy(() -> scripted().history(contact, "x'&@p=1"));
    }

    private DataverseClient simulated() {
        return client(dataverse.url().toString());
    }

    private DataverseClient scripted() {
        return client(server.url());
    }

    private DataverseClient client(String url) {
        return new DataverseClient(DataverseEnvironment.parse(url), new FixedTokens(), time.settings());
    }
}
