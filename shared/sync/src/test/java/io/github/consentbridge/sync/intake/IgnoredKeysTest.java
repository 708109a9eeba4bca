package io.github.consentbridge.sync.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.sync.logging.Metric;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Deliveries whose organization user id names nobody. */
class IgnoredKeysTest {
    private static final String NOBODY = "{\"status\":\"ignored\",\"reason\":\"organization user id names nobody\"}";
    private static final String ADA = "ada@example.org";

    private static WebhookRequest didomi(String key) {
        return Requests.delivery(Requests.BODY.replace(ADA, key));
    }

    private static WebhookRequest dynamics(String sample, String key) {
        WebhookRequest request = SampleEvents.read(sample);
        return Requests.withBody(request, RequestBody.of(Requests.text(request).replace(ADA, key)));
    }

    private static void assertIgnored(WebhookClient client, WebhookRequest request, String key) {
        WebhookReply reply = client.send(request);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo(NOBODY);
        assertThat(client.stored).isEmpty();
        assertThat(client.counted.totals()).containsEntry(Metric.DELIVERIES_IGNORED, 1.0);
        assertThat(client.log()).contains("\"key\":\"" + key + "\"", "ignored_keys");
    }

    @ParameterizedTest
    @CsvSource({
        "undefined, undefined",
        "Undefined, undefined",
        "' null ', null",
        "NONE, none",
        "anonymous, anonymous",
        "[object Object], [object Object]",
        "0, 0",
        "'  ', ''",
    })
    void deliveryOfDidomiForNobodyIsIgnored(String key, String named) {
        assertIgnored(WebhookClient.didomi(), didomi(key), named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"undefined", "NULL", "0"})
    void deliveryOfDynamicsForNobodyIsIgnored(String key) {
        assertIgnored(WebhookClient.dynamics(""), dynamics("dynamics-update.json", key), key.toLowerCase(Locale.ROOT));
    }

    /** A merged row's key is that of the survivor, and a deleted row may be known by its id: the worker decides. */
    @ParameterizedTest
    @CsvSource({"dynamics-merged.json, blaise.old@example.org", "dynamics-delete.json, renée@example.org"})
    void deliveryWhoseKeyDoesNotDecideIsStored(String sample, String key) {
        WebhookClient client = WebhookClient.dynamics("\"on_contact_deleted\": \"withdraw\",");
        WebhookRequest request = SampleEvents.read(sample);

        int status = client.status(
                Requests.withBody(request, RequestBody.of(Requests.text(request).replace(key, "undefined"))));

        assertThat(status).isEqualTo(202);
    }

    @Test
    void ownListReplacesTheDefault() {
        WebhookClient client = WebhookClient.didomi("\"ignored_keys\": [\"guest\"],");

        assertThat(client.status(didomi("undefined"))).isEqualTo(202);
        assertThat(client.status(didomi("Guest"))).isEqualTo(200);
        assertThat(client.status(didomi(" "))).isEqualTo(200);
    }
}
