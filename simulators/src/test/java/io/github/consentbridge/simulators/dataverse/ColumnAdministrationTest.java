package io.github.consentbridge.simulators.dataverse;

import static io.github.consentbridge.simulators.http.Web.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.http.ManualClock;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An administrator restricts columns that clients already write. */
class ColumnAdministrationTest {
    private final DataverseSimulator dataverse = DataverseSimulator.start(new ManualClock("2026-10-02T08:15:30Z"));
    private final WebApi web = new WebApi(dataverse);
    private UUID contact;

    @BeforeEach
    void define() {
        dataverse.column(SimulatedColumn.bool("new_news"));
        dataverse.column(SimulatedColumn.text("new_note", 100));
        dataverse.column(SimulatedColumn.integer("new_visits", 0, 1000));
        contact = dataverse.addContact(Map.of());
    }

    @AfterEach
    void stop() {
        dataverse.close();
    }

    @Test
    void refusalNamesEverySecuredColumnOfTheRequest() {
        dataverse.administration().security("new_news", true);
        dataverse.administration().security("new_note", true);

        HttpResponse<String> update = patch("{\"new_news\":true,\"new_visits\":1,\"new_note\":\"x\"}");
        HttpResponse<String> create = web.send("POST", "contacts", "{\"new_news\":true}");

        assertRefused(
                update,
                403,
                "0x8004f508",
                "Caller user does not have update permissions for the new_news, new_note attribute(s) on entity contact.");
        assertRefused(
                create,
                403,
                "0x8004f508",
                "Caller user does not have create permissions for the new_news attribute(s) on entity contact.");
        assertThat(dataverse.contact(contact)).doesNotContainKey("new_visits");
    }

    @Test
    void profileLiftsTheRestriction() {
        dataverse.administration().security("new_news", true);
        dataverse.administration().security("new_news", false);

        assertThat(patch("{\"new_news\":true}").statusCode()).isEqualTo(204);
    }

    @Test
    void shorterTextAndSmallerRangeNameColumnAndLimit() {
        dataverse.administration().maxLength("new_note", 10);
        dataverse.administration().range("new_visits", BigDecimal.ZERO, BigDecimal.TEN);

        HttpResponse<String> text = patch("{\"new_note\":\"more than ten\"}");
        HttpResponse<String> number = patch("{\"new_visits\":11}");

        assertRefused(
                text,
                400,
                "0x80044331",
                "A validation error occurred.  The length of the 'new_note' attribute of the 'contact' entity exceeded"
                        + " the maximum allowed length of '10'.");
        assertRefused(
                number,
                400,
                "0x8004432f",
                "A validation error occurred.  The value 11 of 'new_visits' on record of type 'contact' is outside the"
                        + " valid range.");
    }

    @Test
    void unknownColumnIsAMistakeOfTheTest() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dataverse.administration().security("new_nothing", true));
    }

    private HttpResponse<String> patch(String body) {
        return web.send("PATCH", "contacts(" + contact + ")", body, "If-Match", "*");
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String code, String message) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).at("/error/code").asText()).isEqualTo(code);
        assertThat(json(answer).at("/error/message").asText()).isEqualTo(message);
    }
}
