package io.github.consentbridge.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** The table fits the ledger's code and is retained. */
class LedgerTest {
    private static final String LEDGER = "io.github.consentbridge.aws.dynamo.DynamoLedger";
    private static final String TABLE = "io.github.consentbridge.aws.dynamo.DynamoTable";

    private final Template template = Template.read();
    private final JsonNode table = template.resource("LedgerTable");

    @Test
    void isRetainedOnDeletionAndReplacement() {
        assertThat(table.path("DeletionPolicy").asText()).isEqualTo("Retain");
        assertThat(table.path("UpdateReplacePolicy").asText()).isEqualTo("Retain");
    }

    @Test
    void cannotBeDeletedByMistake() {
        assertThat(table.at("/Properties/DeletionProtectionEnabled").booleanValue())
                .isTrue();
    }

    /** Whatever names the ledger names the adopted one, and the stack then makes none. */
    @Test
    void tableOfADeletedStackCanBeAdopted() {
        String condition = table.path("Condition").asText();

        assertThat(template.root().path("Conditions").path(condition).toString())
                .isEqualTo("{\"Fn::Equals\":[{\"Ref\":\"ExistingLedgerTable\"},\"\"]}");
        assertThat(template.root().toString().replace(chosen(condition), ""))
                .doesNotContain("{\"Ref\":\"LedgerTable\"}", "LedgerTable.", "${LedgerTable");
        assertThat(template.root().toString()).contains(chosen(condition));
    }

    private static String chosen(String condition) {
        return "{\"Fn::If\":[\"%s\",{\"Ref\":\"LedgerTable\"},{\"Ref\":\"ExistingLedgerTable\"}]}".formatted(condition);
    }

    @Test
    void hasTheKeyOfTheCode() {
        String key = onlyKey(table.at("/Properties/KeySchema"));

        assertThat(key).isEqualTo("id");
        assertThat(Code.textsOf(TABLE)).contains(key);
    }

    @Test
    void findsPeopleByContact() {
        JsonNode index = table.at("/Properties/GlobalSecondaryIndexes/0");
        String projected = index.at("/Projection/NonKeyAttributes/0").asText();

        assertThat(index.path("IndexName").asText()).isEqualTo(onlyKey(index.path("KeySchema")));
        assertThat(projected).isEqualTo("person");
        assertThat(Code.textsOf(LEDGER)).contains(index.path("IndexName").asText(), projected);
    }

    @Test
    void expiresByTheAttributeOfTheCode() {
        String attribute =
                table.at("/Properties/TimeToLiveSpecification/AttributeName").asText();

        assertThat(attribute).isEqualTo("expires_at");
        assertThat(Code.textsOf(LEDGER)).contains(attribute);
    }

    @Test
    void hasPointInTimeRecoveryAndEncryption() {
        assertThat(table.at("/Properties/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled")
                        .booleanValue())
                .isTrue();
        assertThat(table.at("/Properties/SSESpecification/SSEEnabled").booleanValue())
                .isTrue();
        assertThat(table.at("/Properties/BillingMode").asText()).isEqualTo("PAY_PER_REQUEST");
    }

    private static String onlyKey(JsonNode schema) {
        assertThat(schema).hasSize(1);
        assertThat(schema.at("/0/KeyType").asText()).isEqualTo("HASH");
        return schema.at("/0/AttributeName").asText();
    }
}
