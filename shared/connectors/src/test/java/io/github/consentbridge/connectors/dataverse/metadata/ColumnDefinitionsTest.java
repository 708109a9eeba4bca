package io.github.consentbridge.connectors.dataverse.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.consentbridge.connectors.dataverse.BatchAnswer;
import io.github.consentbridge.connectors.dataverse.DataverseClient;
import io.github.consentbridge.connectors.dataverse.api.DataverseEnvironment;
import io.github.consentbridge.connectors.dataverse.api.DataverseException;
import io.github.consentbridge.connectors.http.FakeTime;
import io.github.consentbridge.connectors.http.FixedTokens;
import io.github.consentbridge.connectors.http.ScriptedServer;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ColumnDefinitionsTest {
    private static final String COMMON = """
            {"value":[
             {"LogicalName":"new_name","AttributeTypeName":{"Value":"StringType"},"IsValidForRead":true,
              "IsValidForCreate":true,"IsValidForUpdate":true,"IsSecured":true,
              "IsAuditEnabled":{"Value":true,"CanBeChanged":true}},
             {"LogicalName":"new_frequency","AttributeTypeName":{"Value":"PicklistType"},"IsValidForRead":true,
              "IsValidForCreate":true,"IsValidForUpdate":false,"IsSecured":false},
             {"LogicalName":"contactid","AttributeTypeName":{"Value":"UniqueidentifierType"},"IsValidForRead":true,
              "IsValidForCreate":true,"IsValidForUpdate":false,"IsSecured":false}]}""";
    private static final String NAME = "{\"value\":[{\"LogicalName\":\"new_name\",\"MaxLength\":100}]}";
    private static final String FREQUENCY = """
            {"value":[{"LogicalName":"new_frequency","DefaultFormValue":100000001,"OptionSet":null,
             "GlobalOptionSet":{"Options":[{"Value":100000001},{"Value":100000002}]}}]}""";

    private final ScriptedServer server = new ScriptedServer();
    private final DataverseClient client = new DataverseClient(
            DataverseEnvironment.parse(server.url()),
            new FixedTokens(),
            new FakeTime("2026-10-02T08:00:00Z").settings());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void twoRequestsReadAllMetadataOfExistingColumns() {
        server.then(200, COMMON);
        server.then(200, parts(FREQUENCY, NAME), "Content-Type", BatchAnswer.TYPE);

        Map<String, ColumnMetadata> columns =
                client.columns(List.of("new_name", "new_frequency", "contactid", "new_missing"));

        assertThat(columns).containsOnlyKeys("new_name", "new_frequency", "contactid");
        assertThat(columns.get("new_name"))
                .isEqualTo(new ColumnMetadata(
                        "new_name",
                        "StringType",
                        true,
                        true,
                        true,
                        true,
                        true,
                        100,
                        null,
                        null,
                        null,
                        null,
                        Set.of(),
                        null));
        assertThat(columns.get("new_frequency").options()).containsExactlyInAnyOrder(100000001, 100000002);
        assertThat(columns.get("new_frequency").defaultValue()).isEqualTo(100000001);
        assertThat(columns.get("new_frequency").validForUpdate()).isFalse();
        assertThat(columns.get("new_frequency").audited()).isFalse();
        assertThat(client.requests()).isEqualTo(2);
    }

    @Test
    void onlyTheNamedColumnsAreRead() {
        server.then(200, "{\"value\":[]}");

        Map<String, ColumnMetadata> columns = client.columns(List.of("new_name", "new_b"));

        assertThat(columns).isEmpty();
        assertThat(server.asked(0).target())
                .isEqualTo("/api/data/v9.2/EntityDefinitions(LogicalName='contact')/Attributes?$select=LogicalName,"
                        + "AttributeTypeName,IsValidForRead,IsValidForCreate,IsValidForUpdate,IsSecured,IsAuditEnabled"
                        + "&$filter=LogicalName%20eq%20'new_name'%20or%20LogicalName%20eq%20'new_b'");
    }

    @Test
    void batchReadsEachNeededTypeOnce() {
        server.then(200, COMMON);
        server.then(200, parts(FREQUENCY, NAME), "Content-Type", BatchAnswer.TYPE);

        client.columns(List.of("new_name", "new_frequency", "contactid"));

        assertThat(server.asked(1).body())
                .contains("/Attributes/Microsoft.Dynamics.CRM.StringAttributeMetadata?$select=LogicalName,MaxLength"
                        + "&$filter=LogicalName%20eq%20'new_name' HTTP/1.1\r\n")
                .contains("/Attributes/Microsoft.Dynamics.CRM.PicklistAttributeMetadata?$select=LogicalName,"
                        + "DefaultFormValue&$expand=OptionSet($select=Options),GlobalOptionSet($select=Options)")
                .doesNotContain("Uniqueidentifier");
    }

    @Test
    void numberColumnsHaveLimits() {
        server.then(200, COMMON.replace("StringType", "DecimalType").replace("PicklistType", "BooleanType"));
        server.then(
                200,
                parts(
                        "{\"value\":[{\"LogicalName\":\"new_name\",\"MinValue\":-100000000000.5,\"MaxValue\":10,"
                                + "\"Precision\":2}]}",
                        "{\"value\":[{\"LogicalName\":\"new_frequency\",\"DefaultValue\":false}]}"),
                "Content-Type",
                BatchAnswer.TYPE);

        Map<String, ColumnMetadata> columns = client.columns(List.of("new_name", "new_frequency", "contactid"));

        assertThat(columns.get("new_name").min()).isEqualTo(new BigDecimal("-100000000000.5"));
        assertThat(columns.get("new_name").max()).isEqualTo(new BigDecimal("10"));
        assertThat(columns.get("new_name").precision()).isEqualTo(2);
        assertThat(columns.get("new_frequency").defaultValue()).isEqualTo(false);
    }

    @Test
    void missingDefinitionsFailInsteadOfRemovingLimits() {
        for (int i = 0; i < 4; i++) {
            server.then((exchange, asked) -> ScriptedServer.reply(
                    exchange,
                    200,
                    asked.method().equals("GET") ? COMMON : parts(FREQUENCY),
                    "Content-Type",
                    BatchAnswer.TYPE));
        }

        DataverseException failure =
                catchThrowableOfType(DataverseException.class, () -> client.columns(List.of("new_name")));

        assertThat(failure).isNotNull();
    }

    private static String parts(String... bodies) {
        BatchAnswer answer = new BatchAnswer();
        for (String body : bodies) {
            answer.part("HTTP/1.1 200 OK\nContent-Type: application/json\n\n" + body);
        }
        return answer.end();
    }
}
