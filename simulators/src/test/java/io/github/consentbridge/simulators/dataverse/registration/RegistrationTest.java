package io.github.consentbridge.simulators.dataverse.registration;

import static io.github.consentbridge.simulators.http.Web.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.simulators.dataverse.DataverseSimulator;
import io.github.consentbridge.simulators.dataverse.WebApi;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.simulators.http.RouteKind;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrationTest {
    private static final String URL = "https://hooks.acme.example/webhooks/dynamics";
    private static final String KEY = WebApi.header("x-consent-bridge-key", "k1");

    private final DataverseSimulator dataverse = DataverseSimulator.start(new ManualClock("2026-10-02T08:15:30.120Z"));
    private final WebApi api = new WebApi(dataverse);

    @AfterEach
    void stop() {
        dataverse.close();
    }

    @Test
    void endpointIsFoundByNameAndItsKeyIsNeverReadable() {
        UUID id = api.endpoint(URL, 5, KEY);

        JsonNode found = api.find(
                "serviceendpoints",
                "$select",
                "serviceendpointid,name,url,authtype,isauthvalueset",
                "$filter",
                "contract eq 8 and name eq 'bridge'");

        assertThat(found).hasSize(1);
        assertThat(found.at("/0/serviceendpointid").asText()).isEqualTo(id.toString());
        assertThat(found.at("/0/isauthvalueset").asBoolean()).isTrue();
        assertThat(found.at("/0/url").asText()).isEqualTo(URL);
        assertThat(api.send("GET", "serviceendpoints(" + id + ")", "").body())
                .doesNotContain("k1")
                .doesNotContain("\"authvalue\"");
        assertThat(api.send("GET", "serviceendpoints?$select=authvalue", "").statusCode())
                .isEqualTo(400);
    }

    @Test
    void stepsAreListedWithMessageTableAndImages() {
        UUID endpoint = api.endpoint(URL, 5, KEY);
        UUID step = api.step(endpoint, "Update", "donotemail,statecode");
        api.image(step, 0, "Target", "donotemail");
        api.image(step, 1, "Target", "donotemail,modifiedon");

        JsonNode found = api.find(
                "sdkmessageprocessingsteps",
                "$select",
                "name,filteringattributes,mode,stage,statecode",
                "$filter",
                "_eventhandler_value eq " + endpoint,
                "$expand",
                "sdkmessageid($select=name),sdkmessagefilterid($select=primaryobjecttypecode),"
                        + "sdkmessageprocessingstepid_sdkmessageprocessingstepimage($select=entityalias,imagetype)");

        assertThat(found).hasSize(1);
        assertThat(found.at("/0/name").asText()).isEqualTo("bridge: Update of contact");
        assertThat(found.at("/0/filteringattributes").asText()).isEqualTo("donotemail,statecode");
        assertThat(found.at("/0/statecode").asInt()).isZero();
        assertThat(found.at("/0/sdkmessageid/name").asText()).isEqualTo("Update");
        assertThat(found.at("/0/sdkmessagefilterid/primaryobjecttypecode").asText())
                .isEqualTo("contact");
        assertThat(found.at("/0/sdkmessageprocessingstepid_sdkmessageprocessingstepimage"))
                .extracting(image -> image.path("entityalias").asText())
                .containsExactly("pre", "post");
    }

    @Test
    void imagesAreFoundByStepAndStepsThroughTheirEndpoint() {
        UUID endpoint = api.endpoint(URL, 5, KEY);
        UUID step = api.step(endpoint, "Delete", "");
        UUID image = api.image(step, 0, "Target", "donotemail");

        JsonNode images =
                api.find("sdkmessageprocessingstepimages", "$filter", "_sdkmessageprocessingstepid_value eq " + step);
        JsonNode steps = api.find(
                "serviceendpoints(" + endpoint + ")/serviceendpoint_sdkmessageprocessingstep", "$select", "name");

        assertThat(images.at("/0/sdkmessageprocessingstepimageid").asText()).isEqualTo(image.toString());
        assertThat(steps.at("/0/sdkmessageprocessingstepid").asText()).isEqualTo(step.toString());
    }

    @Test
    void patchRepairsAStep() {
        UUID step = api.step(api.endpoint(URL, 5, KEY), "Update", "donotemail");
        String path = "sdkmessageprocessingsteps(" + step + ")";

        int disabled = api.send("PATCH", path, "{\"statecode\":1,\"statuscode\":2}", "If-Match", "*")
                .statusCode();
        HttpResponse<String> repaired = api.send(
                "PATCH",
                path,
                "{\"statecode\":0,\"filteringattributes\":\"donotphone\"}",
                "If-Match",
                "*",
                "Prefer",
                "return=representation");

        assertThat(disabled).isEqualTo(204);
        assertThat(repaired.statusCode()).isEqualTo(200);
        assertThat(json(repaired).path("statuscode").asInt()).isEqualTo(1);
        assertThat(json(repaired).path("filteringattributes").asText()).isEqualTo("donotphone");
    }

    @Test
    void newAddressWithoutANewKeyDropsTheKey() {
        String path = "serviceendpoints(" + api.endpoint(URL, 5, KEY) + ")";

        api.send("PATCH", path, "{\"url\":\"https://other.example\"}");
        boolean afterAddressAlone =
                json(api.send("GET", path, "")).path("isauthvalueset").asBoolean();
        api.send("PATCH", path, WebApi.endpointBody(URL, 5, KEY));
        boolean afterBoth =
                json(api.send("GET", path, "")).path("isauthvalueset").asBoolean();

        assertThat(afterAddressAlone).isFalse();
        assertThat(afterBoth).isTrue();
    }

    @Test
    void endpointInUseCannotBeDeleted() {
        UUID endpoint = api.endpoint(URL, 5, KEY);
        UUID step = api.step(endpoint, "Delete", "");
        UUID image = api.image(step, 0, "Target", "donotemail");

        HttpResponse<String> tooEarly = api.send("DELETE", "serviceendpoints(" + endpoint + ")", "");
        int imageGone = api.send("DELETE", "sdkmessageprocessingstepimages(" + image + ")", "")
                .statusCode();
        int stepGone = api.send("DELETE", "sdkmessageprocessingsteps(" + step + ")", "")
                .statusCode();
        int endpointGone =
                api.send("DELETE", "serviceendpoints(" + endpoint + ")", "").statusCode();
        int again = api.send("DELETE", "serviceendpoints(" + endpoint + ")", "").statusCode();

        assertThat(tooEarly.statusCode()).isEqualTo(400);
        assertThat(json(tooEarly).at("/error/code").asText()).isEqualTo("0x8004f01f");
        assertThat(json(tooEarly).at("/error/message").asText()).contains("is referenced by 1 other components");
        assertThat(new int[] {imageGone, stepGone, endpointGone, again}).containsExactly(204, 204, 204, 404);
    }

    @Test
    void failedChangeSetRollsRegistrationBack() {
        UUID endpoint = api.endpoint(URL, 5, KEY);
        UUID step = api.step(endpoint, "Delete", "");
        UUID image = api.image(step, 0, "Target", "donotemail");
        String batch = "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n"
                + part(1, "DELETE sdkmessageprocessingsteps(" + step + ") HTTP/1.1\r\n\r\n")
                + part(2, "DELETE serviceendpoints(" + UUID.randomUUID() + ") HTTP/1.1\r\n\r\n")
                + "--c--\r\n\r\n--b--\r\n";

        api.send("POST", "$batch", batch, "Content-Type", "multipart/mixed; boundary=b");

        assertThat(api.send("GET", "sdkmessageprocessingsteps(" + step + ")", "")
                        .statusCode())
                .isEqualTo(200);
        assertThat(api.send("GET", "sdkmessageprocessingstepimages(" + image + ")", "")
                        .statusCode())
                .isEqualTo(200);
    }

    private static String part(int contentId, String request) {
        return "--c\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: " + contentId
                + "\r\n\r\n" + request;
    }

    @Test
    void conditionalPatchOfAMissingEndpointDoesNotCreateIt() {
        HttpResponse<String> answer = api.send(
                "PATCH", "serviceendpoints(" + UUID.randomUUID() + ")", "{\"name\":\"bridge\"}", "If-Match", "*");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).at("/error/code").asText()).isEqualTo("0x80040217");
    }

    @ParameterizedTest
    @CsvSource({
        "prvCreateServiceEndpoint, POST, serviceendpoints",
        "prvReadServiceEndpoint, GET, serviceendpoints",
        "prvCreateSdkMessageProcessingStep, POST, sdkmessageprocessingsteps",
        "prvReadSdkMessageProcessingStep, GET, sdkmessageprocessingsteps",
        "prvCreateSdkMessageProcessingStepImage, POST, sdkmessageprocessingstepimages",
        "prvReadSdkMessage, GET, sdkmessages",
        "prvReadSdkMessage, GET, sdkmessagefilters",
        "prvReadContact, GET, contacts"
    })
    void missingPrivilegeIsNamed(String privilege, String method, String path) {
        dataverse.privilege(privilege, false);

        HttpResponse<String> answer = api.send(method, path, method.equals("POST") ? "{}" : "");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(json(answer).at("/error/code").asText()).isEqualTo("0x80040220");
        assertThat(json(answer).at("/error/message").asText())
                .startsWith("Principal user (Id=" + dataverse.applicationUserId())
                .contains("is missing " + privilege + " privilege");
    }

    @Test
    void grantedPrivilegeSufficesAndUnknownOneIsRefused() {
        dataverse.privilege("prvReadServiceEndpoint", false);
        dataverse.privilege("prvReadServiceEndpoint", true);

        assertThat(api.find("serviceendpoints")).isEmpty();
        assertThatThrownBy(() -> dataverse.privilege("prvReadServiceEndpoints", false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void scriptedFaultsApplyToRegistration() {
        dataverse.faults().next(RouteKind.REGISTRATION, Fault.status(503));

        assertThat(api.send("GET", "serviceendpoints", "").statusCode()).isEqualTo(503);
        assertThat(api.send("GET", "serviceendpoints", "").statusCode()).isEqualTo(200);
    }
}
