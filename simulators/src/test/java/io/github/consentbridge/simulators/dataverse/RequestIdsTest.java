package io.github.consentbridge.simulators.dataverse;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.simulators.http.Web;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdsTest {
    private static final String UUID_FORM = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

    private final DataverseSimulator dataverse = DataverseSimulator.start(new ManualClock("2026-10-02T08:15:30Z"));
    private final Web web = Web.of(dataverse.url() + "/api/data/v9.2/", "Authorization", "Bearer any");

    @AfterEach
    void stop() {
        dataverse.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"WhoAmI", "contacts(6f0c0000-0000-4000-8000-00000000000a)", "nothing", "contacts?$top=x"})
    void everyAnswerHasAnIdOfItsOwnInTwoHeaders(String path) {
        HttpResponse<String> first = web.get(path);
        HttpResponse<String> second = web.get(path);

        assertThat(id(first)).matches(UUID_FORM).isNotEqualTo(id(second));
        assertThat(first.headers().firstValue("REQ_ID")).contains(id(first));
    }

    @Test
    void refusedTokenAndScriptedFaultHaveAnIdToo() {
        dataverse.faults().next(RouteKind.WHO_AM_I, Fault.status(503));

        assertThat(id(web.get("WhoAmI"))).matches(UUID_FORM);
        assertThat(id(web.get("WhoAmI", "Authorization", "Basic x"))).matches(UUID_FORM);
    }

    @Test
    void everyPartOfABatchHasAnIdOfItsOwn() {
        UUID contact = dataverse.addContact(Map.of());
        String body = part(contact, "{\"donotemail\":true}") + part(contact, "{\"donotemail\":7}") + "--b--\r\n";

        HttpResponse<String> answer = web.send(
                "POST",
                "$batch",
                body,
                "Prefer",
                "odata.continue-on-error",
                "Content-Type",
                "multipart/mixed; boundary=\"b\"");

        List<String> ids = Pattern.compile("REQ_ID: (" + UUID_FORM + ")\r\n")
                .matcher(answer.body())
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
        assertThat(ids).hasSize(2).doesNotHaveDuplicates().doesNotContain(id(answer));
    }

    private static String part(UUID contact, String json) {
        return "--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
                + "PATCH /api/data/v9.2/contacts(" + contact + ") HTTP/1.1\r\n"
                + "Content-Type: application/json\r\nIf-Match: *\r\n\r\n" + json + "\r\n";
    }

    private static String id(HttpResponse<String> answer) {
        return answer.headers().firstValue("x-ms-service-request-id").orElse("");
    }
}
