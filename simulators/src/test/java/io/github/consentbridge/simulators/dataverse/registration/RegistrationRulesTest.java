package io.github.consentbridge.simulators.dataverse.registration;

import static io.github.consentbridge.simulators.http.Web.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.simulators.dataverse.DataverseSimulator;
import io.github.consentbridge.simulators.dataverse.WebApi;
import io.github.consentbridge.simulators.http.ManualClock;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationRulesTest {
    private static final String URL = "https://hooks.acme.example";
    private static final String KEY = WebApi.header("x-key", "k1");

    private final DataverseSimulator dataverse = DataverseSimulator.start(new ManualClock("2026-10-02T08:15:30.120Z"));
    private final WebApi api = new WebApi(dataverse);

    @AfterEach
    void stop() {
        dataverse.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"contract\":8                 | \"contract\":12          | 0x8004431a",
                "\"contract\":8                 | \"contract\":\"8\"       | 0x80048d19",
                "\"contract\":8,                |                          | 0x80040203",
                "\"name\":\"bridge\",           |                          | 0x80040203",
                "\"authtype\":5                 | \"authtype\":10          | 0x8004431a",
                "\"authtype\":5                 | \"authtype\":2           | 0x80040203",
                "\"authtype\":5                 | \"authType\":5           | 0x80048d19",
                "hooks.acme.example             | hooks.acme.example:8443  | 0x80040203",
                "https://hooks.acme.example     | hooks.acme.example       | 0x80040203",
                "\"name\"                       | \"isauthvalueset\":true,\"name\" | 0x80048d19",
                "\"name\"                       | \"name\":\"a\",\"name\"  | 0x80048d19"
            })
    void badEndpointIsRefused(String part, String replacement, String code) {
        String body = WebApi.endpointBody(URL, 5, KEY).replace(part, replacement == null ? "" : replacement);

        assertThat(refusal("serviceendpoints", body)).isEqualTo(code);
        assertThat(api.find("serviceendpoints")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"stage\":40            | \"stage\":20                              | 0x80040203",
                "\"stage\":40            | \"stage\":30                              | 0x8004431a",
                "\"mode\":1,             |                                           | 0x80040203",
                "\"mode\":1              | \"mode\":1,\"configuration\":\"x\"        | 0x80040203",
                "donotemail              | donotemail,new_typo                       | 0x80041103",
                "sdkmessageid@           | SdkMessageId@                             | 0x80048d19",
                "/serviceendpoints(      | /contacts(                                | 0x80048d19",
                "\"mode\":1              | \"mode\":1,\"statecode\":1,\"statuscode\":1 | 0x80048408",
                "\"mode\":1              | \"mode\":true                             | 0x80048d19"
            })
    void badStepIsRefused(String part, String replacement, String code) {
        UUID endpoint = api.endpoint(URL, 5, KEY);
        String body =
                api.stepBody(endpoint, "Update", "donotemail").replace(part, replacement == null ? "" : replacement);

        assertThat(refusal("sdkmessageprocessingsteps", body)).isEqualTo(code);
        assertThat(api.find("sdkmessageprocessingsteps")).isEmpty();
    }

    @Test
    void stepOfAnUnknownEndpointIsRefused() {
        String body = api.stepBody(UUID.randomUUID(), "Update", "");

        assertThat(refusal("sdkmessageprocessingsteps", body)).isEqualTo("0x80040217");
    }

    @Test
    void filterOfAnotherMessageIsRefused() {
        UUID endpoint = api.endpoint(URL, 5, KEY);
        String update = api.stepBody(endpoint, "Update", "");
        String delete = api.stepBody(endpoint, "Delete", "");
        String mixed =
                update.replaceAll("/sdkmessages\\([^)]*\\)", delete.replaceAll(".*(/sdkmessages\\([^)]*\\)).*", "$1"));

        assertThat(refusal("sdkmessageprocessingsteps", mixed)).isEqualTo("0x80040203");
    }

    @ParameterizedTest
    @CsvSource({
        "Create, 0, Id, 0x80040203",
        "Create, 1, Target, 0x80040203",
        "Create, 2, Id, 0x80040203",
        "Delete, 1, Target, 0x80040203",
        "Update, 1, Id, 0x80040203",
        "Update, 3, Target, 0x8004431a"
    })
    void imageThatTheMessageCannotHaveIsRefused(String message, int type, String property, String code) {
        UUID step = api.step(api.endpoint(URL, 5, KEY), message, "");

        assertThat(refusal("sdkmessageprocessingstepimages", WebApi.imageBody(step, type, property, "donotemail")))
                .isEqualTo(code);
    }

    @Test
    void imageOfAnUnknownColumnIsRefused() {
        UUID step = api.step(api.endpoint(URL, 5, KEY), "Update", "");

        assertThat(refusal("sdkmessageprocessingstepimages", WebApi.imageBody(step, 1, "Target", "new_typo")))
                .isEqualTo("0x80041103");
    }

    @Test
    void failedChangeLeavesTheRowUnchanged() {
        UUID step = api.step(api.endpoint(URL, 5, KEY), "Update", "donotemail");
        String path = "sdkmessageprocessingsteps(" + step + ")";

        int status = api.send("PATCH", path, "{\"filteringattributes\":\"new_typo\"}")
                .statusCode();

        assertThat(status).isEqualTo(400);
        assertThat(json(api.send("GET", path, "")).path("filteringattributes").asText())
                .isEqualTo("donotemail");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serviceendpoints?$filter=name%20eq%20'o'neil'",
                "serviceendpoints?$filter=contract%20eq%20'8'",
                "serviceendpoints?$filter=nmae%20eq%20'a'",
                "serviceendpoints?$select=Name",
                "serviceendpoints?$expand=steps",
                "serviceendpoints?$skip=1",
                "serviceendpoints(bridge)",
                "sdkmessageprocessingsteps?$expand=sdkmessageid($select=nmae)",
                "sdkmessageprocessingsteps?$expand=sdkmessageid($filter=name)",
                "sdkmessagefilters?$filter=sdkmessage/name%20eq%20'Update'"
            })
    void badQueryIsRefused(String path) {
        assertThat(api.send("GET", path, "").statusCode()).isEqualTo(400);
    }

    @Test
    void messagesAreBuiltIn() {
        assertThat(api.send("POST", "sdkmessages", "{\"name\":\"Mine\"}").statusCode())
                .isEqualTo(405);
        assertThat(api.find("sdkmessages", "$filter", "name eq 'Update'")).hasSize(1);
        assertThat(api.find("sdkmessagefilters", "$filter", "sdkmessageid/name eq 'Update'"))
                .hasSizeGreaterThan(1);
    }

    private String refusal(String entitySet, String body) {
        HttpResponse<String> answer = api.send("POST", entitySet, body);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
        return json(answer).at("/error/code").asText();
    }
}
