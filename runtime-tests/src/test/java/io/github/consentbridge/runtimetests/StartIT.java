package io.github.consentbridge.runtimetests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The start of a function, before its first event. */
class StartIT {
    @ParameterizedTest
    @CsvSource({
        "DIDOMI_WEBHOOK, BRIDGE_SECRET_ID BRIDGE_QUEUE_URL",
        "DYNAMICS_WEBHOOK, BRIDGE_SECRET_ID BRIDGE_QUEUE_URL",
        "SYNC, BRIDGE_SECRET_ID BRIDGE_LEDGER_TABLE BRIDGE_HISTORY_TABLE BRIDGE_QUEUE_URL BRIDGE_DEAD_LETTER_QUEUE_URL",
        "RECONCILIATION, BRIDGE_SECRET_ID BRIDGE_LEDGER_TABLE BRIDGE_HISTORY_TABLE BRIDGE_RECONCILIATION_QUEUE_URL",
    })
    void everyMissingVariableIsNamedInOneSentence(BridgeFunction function, String variables) throws Exception {
        try (FunctionProcess process = Site.start(function, Map.of())) {
            JsonNode error = Site.json(process.initError().body());

            String all = error.toString();
            assertThat(all).contains("set in the environment: ").contains(variables.split(" ", -1));
        }
    }

    @Test
    void snapStartFunctionIsRestoredBeforeItsFirstEvent() throws Exception {
        try (Site site = new Site().with("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
                FunctionProcess process = site.start(BridgeFunction.DIDOMI_WEBHOOK)) {
            process.awaitRestore();

            Outcome outcome = process.invoke(Site.event("didomi-event-created"));

            assertThat(Site.json(outcome.body()).path("statusCode").asInt()).isEqualTo(202);
        }
    }
}
