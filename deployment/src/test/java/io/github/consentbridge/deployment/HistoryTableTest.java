package io.github.consentbridge.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** The table of histories fits its code, and is retained like the ledger. */
class HistoryTableTest {
    private static final String HISTORY = "io.github.consentbridge.aws.dynamo.DynamoHistory";

    private final Template template = Template.read();
    private final JsonNode table = template.resource("HistoryTable");

    @Test
    void isProtectedLikeTheLedger() {
        JsonNode ledger = template.resource("LedgerTable");

        assertThat(table.path("DeletionPolicy")).isEqualTo(ledger.path("DeletionPolicy"));
        assertThat(table.path("UpdateReplacePolicy")).isEqualTo(ledger.path("UpdateReplacePolicy"));
        for (String name : new String[] {
            "BillingMode",
            "DeletionProtectionEnabled",
            "TimeToLiveSpecification",
            "PointInTimeRecoverySpecification",
            "SSESpecification"
        }) {
            assertThat(table.path("Properties").has(name)).as(name).isTrue();
            assertThat(table.path("Properties").path(name))
                    .as(name)
                    .isEqualTo(ledger.path("Properties").path(name));
        }
    }

    @Test
    void hasTheKeyOfTheCode() {
        JsonNode key = table.at("/Properties/KeySchema");

        assertThat(key.at("/0/AttributeName").asText()).isEqualTo("id");
        assertThat(key.at("/1/AttributeName").asText()).isEqualTo("n");
        assertThat(key.at("/1/KeyType").asText()).isEqualTo("RANGE");
        assertThat(Code.textsOf(HISTORY))
                .contains(
                        "n",
                        table.at("/Properties/TimeToLiveSpecification/AttributeName")
                                .asText());
    }

    /** Whatever names the history names the adopted one, and the stack then makes none. */
    @Test
    void tableOfADeletedStackCanBeAdopted() {
        String condition = table.path("Condition").asText();
        String chosen = "{\"Fn::If\":[\"%s\",{\"Ref\":\"HistoryTable\"},{\"Ref\":\"ExistingHistoryTable\"}]}"
                .formatted(condition);

        assertThat(template.root().path("Conditions").path(condition).toString())
                .isEqualTo("{\"Fn::Equals\":[{\"Ref\":\"ExistingHistoryTable\"},\"\"]}");
        assertThat(template.root().toString()).contains(chosen);
        assertThat(template.root().toString().replace(chosen, ""))
                .doesNotContain("{\"Ref\":\"HistoryTable\"}", "HistoryTable.", "${HistoryTable");
    }
}
