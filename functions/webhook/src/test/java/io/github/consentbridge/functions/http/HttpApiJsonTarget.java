package io.github.consentbridge.functions.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.sync.intake.RequestBody;
import io.github.consentbridge.sync.intake.WebhookRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Whatever Lambda hands on is a request or not JSON, and its body is text that can be stored or is refused. */
final class HttpApiJsonTarget {
    private HttpApiJsonTarget() {}

    static void read(byte[] input) {
        WebhookRequest request;
        try {
            request = HttpApiJson.read(new ByteArrayInputStream(input));
        } catch (IOException notJson) {
            return;
        }

        try {
            String text = request.body().text();
            assertThat(new String(text.getBytes(UTF_8), UTF_8)).isEqualTo(text);
        } catch (RequestBody.RefusedException e) {
            assertThat(e.answer().status()).isIn(400, 413);
        }
    }
}
