package io.github.consentbridge.mapping.delivery;

import static io.github.consentbridge.mapping.delivery.Deliveries.NEWSLETTER;
import static io.github.consentbridge.mapping.delivery.Deliveries.event;
import static io.github.consentbridge.mapping.delivery.Deliveries.news;
import static io.github.consentbridge.mapping.delivery.Deliveries.purpose;
import static io.github.consentbridge.mapping.delivery.Deliveries.purposes;
import static io.github.consentbridge.mapping.delivery.Deliveries.read;
import static io.github.consentbridge.mapping.delivery.Deliveries.reported;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedDeliveryExceptionTest {
    private static final String EVENT = event("event.created", purposes(purpose("newsletter", "true")));

    private static void assertRefused(String body) {
        assertThatExceptionOfType(MalformedDeliveryException.class)
                .isThrownBy(() -> read(body, NEWSLETTER))
                .withMessageNotContaining("ada")
                .withMessageNotContaining("secret")
                .withNoCause();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\uFEFF",
                "secret",
                "null",
                "5",
                "[]",
                "\"secret\"",
                "{",
                "{\"secret\"",
                "{\"secret\": tru",
                "{'type': 'ping'}",
                "{\"type\": \"ping\",}",
                "{\"n\": 0123, \"type\": \"ping\"}",
                "{\"n\": NaN, \"type\": \"ping\"}",
                "{}",
                "{\"type\": null}",
                "{\"type\": 5}",
                "{\"type\": \"\"}",
                "\u0000\u0001secret"
            })
    void garbageIsRefused(String body) {
        assertRefused(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "secret", "]", "null", "\u0000"})
    void textAfterTheBodyIsRefused(String trailing) {
        assertRefused(EVENT + trailing);
        assertRefused("{\"type\": \"ping\"} " + trailing);
    }

    @Test
    void byteOrderMarkIsSkipped() throws MalformedDeliveryException {
        assertThat(reported(news("\uFEFF" + EVENT, NEWSLETTER))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud83d", "\\uDE00", "\\uDE00\\uD83D", "\\uD83D\\uD83D\\uDE00"})
    void unpairedSurrogateInTheKeyIsRefused(String half) {
        assertRefused(EVENT.replace("ada@", "ada" + half + "@"));
    }

    @Test
    void surrogatePairIsRead() throws MalformedDeliveryException {
        String body = EVENT.replace("ada@", "\\uD83D\\uDE00@");

        assertThat(news(body, NEWSLETTER).person().value()).startsWith("\uD83D\uDE00@");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\": \"event.created\"}",
                "{\"type\": \"event.created\", \"parameters\": null}",
                "{\"type\": \"event.created\", \"parameters\": []}",
                "{\"type\": \"event.created\", \"parameters\": {}}",
                "{\"type\": \"event.created\", \"parameters\": {\"entity\": \"secret\"}}",
                "{\"type\": \"user.updated\", \"parameters\": {\"new_entity\": []}}",
                "{\"type\": \"user.created\", \"parameters\": {\"entity\": {\"organization_user_id\": \"ada\"}}}"
            })
    void wrongShapeIsRefused(String body) {
        assertRefused(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "2026-10-02", "2026-10-02T08:15:30", "1790928930", "2026-13-02T08:15:30Z", ""})
    void malformedTimeIsRefused(String time) {
        assertRefused(EVENT.replace("2026-10-02T08:15:30.120Z", time));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\": \"cpra\"}", "[\"cpra\"]", "5", "true"})
    void regulationThatIsNotAStringIsRefused(String regulation) {
        assertRefused(EVENT.replaceFirst("\\{", "{\"regulation\": " + regulation + ", "));
    }

    @Test
    void nestingIsReadUpToItsBound() throws MalformedDeliveryException {
        String body = EVENT.replaceFirst("\\{", "{\"deep\": " + "[".repeat(63) + "]".repeat(63) + ", ");

        assertThat(reported(news(body, NEWSLETTER))).hasSize(1);
    }

    @Test
    void deeperNestingIsRefused() {
        assertRefused(EVENT.replaceFirst("\\{", "{\"deep\": " + "[".repeat(64) + "]".repeat(64) + ", "));
        assertRefused("[".repeat(500_000));
        assertRefused("{\"a\":".repeat(100_000));
    }

    @Test
    void deeperNestingIsRefusedInAFlattenedKeyToo() {
        assertRefused("{\"type\": \"event.created\", \"entity" + "__a".repeat(70) + "\": 1}");
        assertRefused("{\"type\": \"event.created\", \"entity" + "__a".repeat(16_000) + "\": 1}");
    }

    @Test
    void hugeNumberIsNotAVersion() throws MalformedDeliveryException {
        String body = Deliveries.user("user.created", "\"x\": 1", purposes(purpose("newsletter", "true")));

        for (String version : new String[] {"1e999", "9".repeat(900), "-1.5", "\"7\"", "null"}) {
            assertThat(reported(news(body.replace("\"version\": 3", "\"version\": " + version), NEWSLETTER)))
                    .hasSize(1);
        }
    }
}
