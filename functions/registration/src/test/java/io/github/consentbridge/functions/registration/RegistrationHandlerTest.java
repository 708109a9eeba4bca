package io.github.consentbridge.functions.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationHandlerTest {
    private final Stack stack;

    RegistrationHandlerTest() throws IOException {
        stack = new Stack();
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void createRegistersBothWebhooksAndReports() throws Exception {
        JsonNode answer = stack.create();

        assertThat(answer.path("Status").asText()).isEqualTo("SUCCESS");
        assertThat(answer.path("PhysicalResourceId").asText()).isEqualTo("consent-bridge-registration");
        assertThat(answer.at("/Data/Report").asText())
                .contains("Created the service endpoint", "Created the webhook in Didomi");
        assertThat(answer.at("/Data/LeftToDo").asText()).isEqualTo("Nothing.");
        assertThat(answer.at("/Data/Reminder").asText()).contains("System Administrator");
        assertThat(stack.simulators.didomi().webhooks()).containsExactly(URI.create(Stack.URL + "/webhooks/didomi"));
    }

    @Test
    void repeatedCreateChangesNothing() throws Exception {
        stack.create();

        JsonNode again = stack.create();

        assertThat(again.path("Status").asText()).isEqualTo("SUCCESS");
        assertThat(again.at("/Data/Report").asText())
                .contains("is as it should be")
                .doesNotContain("Created");
    }

    @Test
    void updateRestoresARemovedStep() throws Exception {
        stack.create();
        stack.removeStep("Update");

        JsonNode repaired = stack.request("Update");

        assertThat(repaired.at("/Data/Report").asText().lines().filter(line -> line.startsWith("Created")))
                .singleElement()
                .asString()
                .contains("Update");
        assertThat(stack.steps()).contains("Create", "Update", "Delete");
    }

    @Test
    void updateMovesToTheNewAddressAndKeepsThePhysicalId() throws Exception {
        stack.create();
        stack.properties.put("Url", "https://elsewhere.example.org");

        JsonNode moved = stack.request("Update");

        assertThat(moved.path("PhysicalResourceId").asText()).isEqualTo("consent-bridge-registration");
        assertThat(stack.simulators.didomi().webhooks())
                .containsExactly(URI.create("https://elsewhere.example.org/webhooks/didomi"));
    }

    @Test
    void failedUpdateKeepsThePhysicalId() throws Exception {
        stack.create();
        stack.properties.remove("Url");

        JsonNode failed = stack.request("Update");

        assertThat(failed.path("Status").asText()).isEqualTo("FAILED");
        assertThat(failed.path("PhysicalResourceId").asText()).isEqualTo("consent-bridge-registration");
    }

    @Test
    void deleteUnregistersAndIsRepeatable() throws Exception {
        stack.create();

        JsonNode deleted = stack.request("Delete");
        JsonNode again = stack.request("Delete");

        assertThat(deleted.at("/Data/Report").asText()).contains("Removed a service endpoint", "Removed a webhook");
        assertThat(stack.simulators.didomi().webhooks()).isEmpty();
        assertThat(again.path("Status").asText()).isEqualTo("SUCCESS");
    }

    @Test
    void failedDeleteHasAReason() throws Exception {
        stack.create();
        stack.wrongClientSecret();

        JsonNode failed = stack.request("Delete");

        assertThat(failed.path("Status").asText()).isEqualTo("FAILED");
        assertThat(failed.path("Reason").asText()).contains("Entra");
    }

    @Test
    void deleteAfterAFailedCreateNeedsNoCredentials() throws Exception {
        stack.noCredentials();
        stack.create();

        JsonNode deleted = stack.request("Delete");

        assertThat(deleted.path("Status").asText()).isEqualTo("SUCCESS");
    }

    @Test
    void deleteAfterAPartialCreateRemovesItsPart() throws Exception {
        stack.simulators.didomi().faults().always(RouteKind.INTEGRATIONS, Fault.status(503));
        JsonNode failed = stack.create();
        assertThat(failed.path("Status").asText()).isEqualTo("FAILED");
        assertThat(stack.steps()).hasSize(3);

        JsonNode deleted = stack.request("Delete");

        assertThat(stack.steps()).isEmpty();
        assertThat(deleted.path("Status").asText()).isEqualTo("SUCCESS");
        assertThat(stack.log()).contains("Didomi answered 503");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stack-Registration-1ABCDEFGHIJKL", "2026/11/26/[$LATEST]0a1b"})
    void deleteOfAnUnansweredCreateSucceeds(String idOfCloudFormation) throws Exception {
        stack.noCredentials();

        JsonNode deleted = stack.physicalId(idOfCloudFormation).request("Delete");

        assertThat(deleted.path("Status").asText()).isEqualTo("SUCCESS");
        assertThat(deleted.path("PhysicalResourceId").asText()).isEqualTo(idOfCloudFormation);
    }
}
