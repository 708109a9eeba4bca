package io.github.consentbridge.simulators.dataverse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.simulators.http.ManualClock;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which changes cause which deliveries. */
class ChangeDeliveriesTest {
    private static final URI ANYWHERE = URI.create("https://hooks.acme.example");

    private final DataverseSimulator dataverse = DataverseSimulator.start(new ManualClock("2026-10-02T08:15:30.120Z"));
    private final WebApi api = new WebApi(dataverse);
    private final UUID contact = dataverse.addContact(Map.of("externaluseridentifier", "ada", "donotphone", true));

    @AfterEach
    void stop() {
        dataverse.close();
    }

    @Test
    void nothingIsDeliveredWithoutAStep() {
        dataverse.editContact(contact, Map.of("donotemail", true));

        assertThat(dataverse.pending()).isEmpty();
    }

    @Test
    void createUpdateAndDeleteByStaffAreDelivered() {
        dataverse.registerWebhook(ANYWHERE, Map.of(), "donotemail");

        UUID added = dataverse.addContact(Map.of());
        dataverse.editContact(added, Map.of("donotemail", true));
        dataverse.deleteContact(added);

        assertThat(dataverse.pending())
                .extracting(DataverseDelivery::message)
                .containsExactly("Create", "Update", "Delete");
        assertThat(dataverse.pending()).extracting(DataverseDelivery::contactId).containsOnly(added);
        assertThat(Context.of(dataverse.pending().get(1))
                        .root()
                        .path("InitiatingUserId")
                        .asText())
                .isEqualTo(dataverse.staffUserId().toString());
    }

    @Test
    void updateOfAFilteredColumnIsDeliveredEvenIfEqual() {
        dataverse.registerWebhook(ANYWHERE, Map.of(), "donotemail", "donotphone");

        dataverse.editContact(contact, Map.of("donotbulkemail", true));
        assertThat(dataverse.pending()).isEmpty();
        dataverse.editContact(contact, Map.of("donotphone", true));

        assertThat(dataverse.pending()).hasSize(1);
    }

    @Test
    void ownWritesCarryOurUserAndTheirTag() {
        dataverse.registerWebhook(ANYWHERE, Map.of(), "donotemail");
        String path = "contacts(" + contact + ")?tag=consent-bridge%3A1";

        api.send("PATCH", path, "{\"donotemail\":true}", "If-Match", "*");
        api.send("POST", "contacts?tag=t2", "{\"lastname\":\"Byron\"}");
        api.send("DELETE", "contacts(" + contact + ")?tag=t3", "");

        List<Context> contexts = dataverse.pending().stream().map(Context::of).toList();
        assertThat(contexts)
                .extracting(context -> context.sharedVariable("tag"))
                .containsExactly("consent-bridge:1", "t2", "t3");
        assertThat(contexts)
                .extracting(context -> context.root().path("InitiatingUserId").asText())
                .containsOnly(dataverse.applicationUserId().toString());
    }

    @Test
    void partOfABatchIsDeliveredWithItsTag() {
        dataverse.registerWebhook(ANYWHERE, Map.of(), "donotemail");

        batch(false, patch("{\"donotemail\":true}"));

        assertThat(dataverse.pending()).hasSize(1);
        assertThat(Context.of(dataverse.pending().get(0)).sharedVariable("tag")).isEqualTo("b1");
    }

    @Test
    void rolledBackChangeIsNotDelivered() {
        dataverse.registerWebhook(ANYWHERE, Map.of(), "donotemail");

        batch(true, patch("{\"donotemail\":true}"), patch("{\"new_typo\":true}"));
        assertThat(dataverse.pending()).isEmpty();
        batch(true, patch("{\"donotemail\":true}"), patch("{\"donotemail\":false}"));

        assertThat(dataverse.pending()).hasSize(2);
    }

    @Test
    void refusedWriteIsNotDelivered() {
        dataverse.registerWebhook(ANYWHERE, Map.of(), "donotemail");

        int status = api.send("PATCH", "contacts(" + contact + ")", "{\"donotemail\":true}", "If-Match", "W/\"1\"")
                .statusCode();

        assertThat(status).isEqualTo(412);
        assertThat(dataverse.pending()).isEmpty();
    }

    @Test
    void disabledStepDeliversNothingUntilItIsEnabled() {
        UUID step = api.step(api.endpoint(ANYWHERE, 5, WebApi.header("k", "v")), "Update", "donotemail");
        String path = "sdkmessageprocessingsteps(" + step + ")";

        api.send("PATCH", path, "{\"statecode\":1,\"statuscode\":2}");
        dataverse.editContact(contact, Map.of("donotemail", true));
        assertThat(dataverse.pending()).isEmpty();
        api.send("PATCH", path, "{\"statecode\":0}");
        dataverse.editContact(contact, Map.of("donotemail", false));

        assertThat(dataverse.pending()).hasSize(1);
    }

    @Test
    void stepsOfOtherTablesAndSynchronousOnesDeliverNothing() {
        UUID endpoint = api.endpoint(ANYWHERE, 5, WebApi.header("k", "v"));
        String account = api.find(
                        "sdkmessagefilters",
                        "$filter",
                        "primaryobjecttypecode eq 'account' and sdkmessageid/name eq 'Update'")
                .at("/0/sdkmessagefilterid")
                .asText();
        String body = api.stepBody(endpoint, "Update", "");

        api.create("sdkmessageprocessingsteps", body.replace("\"mode\":1", "\"mode\":0"));
        api.create(
                "sdkmessageprocessingsteps",
                body.replaceAll("/sdkmessagefilters\\([^)]*\\)", "/sdkmessagefilters(" + account + ")"));
        dataverse.editContact(contact, Map.of("donotemail", true));

        assertThat(dataverse.pending()).isEmpty();
    }

    @Test
    void eachStepHasItsOwnDeliveryOfTheSameOperation() {
        dataverse.registerWebhook(ANYWHERE, Map.of(), "donotemail");
        dataverse.registerWebhook(ANYWHERE, Map.of(), "donotemail");

        dataverse.editContact(contact, Map.of("donotemail", true));

        List<Context> contexts = dataverse.pending().stream().map(Context::of).toList();
        assertThat(contexts).hasSize(2);
        assertThat(contexts)
                .extracting(context -> context.root().path("OperationId"))
                .containsOnly(contexts.get(0).root().path("OperationId"));
        assertThat(contexts)
                .extracting(context -> context.root().at("/OwningExtension/Id"))
                .doesNotHaveDuplicates();
    }

    @Test
    void pluginWritesInTheSameMessageAsOurUser() {
        dataverse.registerWebhook(ANYWHERE, Map.of(), "donotemail", "donotbulkemail");
        dataverse.plugin("donotemail", value -> Map.of("donotbulkemail", value));
        String etag = dataverse.etag(contact);

        api.send("PATCH", "contacts(" + contact + ")", "{\"donotemail\":true}", "If-Match", etag);

        assertThat(dataverse.contact(contact)).containsEntry("donotbulkemail", true);
        assertThat(dataverse.pending()).hasSize(1);
        Context context = Context.of(dataverse.pending().get(0));
        assertThat(context.attribute("donotbulkemail").asBoolean()).isTrue();
        assertThat(context.root().path("InitiatingUserId").asText())
                .isEqualTo(dataverse.applicationUserId().toString());
        assertThat(Context.keys(Context.value(context.root().at("/ParentContext/InputParameters"), "Target")
                        .path("Attributes")))
                .contains("donotemail")
                .doesNotContain("donotbulkemail");
    }

    @Test
    void pluginNeedsAColumnThatExists() {
        assertThatThrownBy(() -> dataverse.plugin("new_typo", value -> Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void deactivationIsAnUpdateOfState() {
        dataverse.registerWebhook(ANYWHERE, Map.of(), "donotemail", "statecode");

        dataverse.deactivateContact(contact);

        Context context = Context.of(dataverse.pending().get(0));
        assertThat(context.attribute("statecode").path("Value").asInt()).isEqualTo(1);
        assertThat(context.attribute("statuscode").path("Value").asInt()).isEqualTo(2);
        assertThat(dataverse.contact(contact)).containsEntry("statecode", 1).containsEntry("statuscode", 2);
    }

    @Test
    void mergeKeepsTheSurvivorsKeyAndDeliversBothChanges() {
        UUID survivor = dataverse.addContact(Map.of("externaluseridentifier", "grace"));
        dataverse.registerWebhook(ANYWHERE, Map.of(), "donotphone", "statecode");

        dataverse.mergeContacts(survivor, contact, Map.of("donotphone", true));

        assertThat(dataverse.contact(survivor))
                .containsEntry("externaluseridentifier", "grace")
                .containsEntry("donotphone", true)
                .containsEntry("statecode", 0);
        assertThat(dataverse.contact(contact))
                .containsEntry("statecode", 1)
                .containsEntry("merged", true)
                .containsEntry("masterid", survivor);
        assertThat(dataverse.pending()).extracting(DataverseDelivery::contactId).containsExactly(survivor, contact);
        Context winner = Context.of(dataverse.pending().get(0));
        assertThat(winner.root().path("Depth").asInt()).isEqualTo(2);
        assertThat(winner.root().at("/ParentContext/MessageName").asText()).isEqualTo("Merge");
        assertThat(Context.keys(winner.root().at("/ParentContext/InputParameters")))
                .containsExactly("Target", "SubordinateId", "UpdateContent", "PerformParentingChecks");
        Context loser = Context.of(dataverse.pending().get(1));
        assertThat(loser.root().at("/ParentContext/MessageName").asText()).isEqualTo("Merge");
        assertThat(loser.root().path("InitiatingUserId").asText())
                .isEqualTo(dataverse.staffUserId().toString());
        assertThat(loser.root().path("UserId")).isNotEqualTo(loser.root().path("InitiatingUserId"));
    }

    @Test
    void mergeStepGetsBothIds() {
        UUID survivor = dataverse.addContact(Map.of());
        api.step(api.endpoint(ANYWHERE, 5, WebApi.header("k", "v")), "Merge", "");

        dataverse.mergeContacts(survivor, contact, Map.of());

        assertThat(dataverse.pending()).extracting(DataverseDelivery::message).containsExactly("Merge");
        Context context = Context.of(dataverse.pending().get(0));
        assertThat(context.target().path("Id").asText()).isEqualTo(survivor.toString());
        assertThat(Context.value(context.root().path("InputParameters"), "SubordinateId")
                        .asText())
                .isEqualTo(contact.toString());
    }

    private String patch(String body) {
        return "PATCH contacts(" + contact + ")?tag=b1 HTTP/1.1\r\nContent-Type: application/json\r\n\r\n" + body
                + "\r\n";
    }

    private void batch(boolean changeSet, String... requests) {
        String boundary = changeSet ? "c" : "b";
        StringBuilder parts = new StringBuilder();
        for (int i = 0; i < requests.length; i++) {
            parts.append("--")
                    .append(boundary)
                    .append("\r\nContent-Type: application/http\r\n")
                    .append("Content-Transfer-Encoding: binary\r\nContent-ID: ")
                    .append(i + 1)
                    .append("\r\n\r\n")
                    .append(requests[i]);
        }
        parts.append("--").append(boundary).append("--\r\n");
        String body = changeSet
                ? "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n" + parts + "\r\n--b--\r\n"
                : parts.toString();
        int status = api.send(
                        "POST",
                        "$batch",
                        body,
                        "Content-Type",
                        "multipart/mixed; boundary=b",
                        "Prefer",
                        "odata.continue-on-error")
                .statusCode();
        assertThat(status).isEqualTo(200);
    }
}
