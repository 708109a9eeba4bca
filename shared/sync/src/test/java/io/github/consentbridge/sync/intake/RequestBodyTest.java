package io.github.consentbridge.sync.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.sync.queue.Delivery;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBodyTest {
    private static final String NO_TEXT = "the body is not text in UTF-8";
    private static final String MIB_OF_BLANKS = " ".repeat((1 << 20) - Requests.BODY.length());

    private final WebhookClient client = WebhookClient.didomi();

    private void assertStored(WebhookRequest request) {
        assertThat(client.status(request)).isEqualTo(202);
        assertThat(client.stored).extracting(Delivery::person).containsExactly("ada@example.org");
    }

    @Test
    void byteOrderMarkIsSkipped() {
        assertStored(Requests.delivery("\uFEFF" + Requests.BODY));
    }

    @Test
    void byteOrderMarkIsSkippedInBase64() {
        assertStored(Requests.encoded("\uFEFF" + Requests.BODY));
    }

    @Test
    void bodyOfOneMebibyteIsTaken() {
        assertStored(Requests.delivery(Requests.BODY + " ".repeat((1 << 20) - Requests.BODY.length())));
    }

    @Test
    void base64BodyOfOneMebibyteIsTaken() {
        assertStored(Requests.encoded(Requests.BODY + " ".repeat((1 << 20) - Requests.BODY.length())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "Identity", " identity "})
    void identityIsNoEncoding(String encoding) {
        assertStored(Requests.with(Requests.delivery(Requests.BODY), "Content-Encoding", encoding));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "br", "deflate", "gzip, identity"})
    void encodedContentIsRefused(String encoding) {
        client.assertRefused(
                Requests.with(Requests.delivery(Requests.BODY), "content-encoding", encoding),
                415,
                "only unencoded bodies are understood");
    }

    @Test
    void bodyOfMoreThanOneMebibyteIsRefused() {
        client.assertRefused(Requests.delivery(Requests.BODY + MIB_OF_BLANKS + " "), 413, "larger than 1 MiB");
        client.assertRefused(Requests.delivery("x".repeat(10_000_000)), 413, "larger than 1 MiB");
    }

    @Test
    void sizeIsCountedInBytes() {
        client.assertRefused(Requests.delivery("é".repeat((1 << 19) + 1)), 413, "larger than 1 MiB");
    }

    @Test
    void base64BodyOfMoreThanOneMebibyteIsRefused() {
        client.assertRefused(Requests.encoded(Requests.BODY + MIB_OF_BLANKS + " "), 413, "larger than 1 MiB");
        client.assertRefused(Requests.encoded(new byte[10_000_000]), 413, "larger than 1 MiB");
    }

    @Test
    void bytesOfMoreThanOneMebibyteAreRefused() {
        client.assertRefused(Requests.delivery(new byte[(1 << 20) + 1]), 413, "larger than 1 MiB");
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        String accented = Requests.BODY.replace("ada", "adé");
        byte[] overlong = {'"', (byte) 0xC0, (byte) 0x80, '"'};

        for (byte[] body : List.of(accented.getBytes(ISO_8859_1), Requests.BODY.getBytes(UTF_16), overlong)) {
            client.assertRefused(Requests.encoded(body), 400, NO_TEXT);
            client.assertRefused(Requests.delivery(body), 400, NO_TEXT);
        }
    }

    @Test
    void bodyThatIsNotBase64AsPromisedIsRefused() {
        client.assertRefused(Requests.delivery(RequestBody.ofBase64(Requests.BODY)), 400, NO_TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada\uD83D", "\uDE00ada", "a\uDE00\uD83Dda"})
    void unpairedSurrogateIsRefused(String person) {
        client.assertRefused(Requests.delivery(Requests.BODY.replace("ada", person)), 400, NO_TEXT);
    }
}
