package io.github.consentbridge.sync.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.mapping.consent.Side;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryJsonTest {
    private static Delivery delivery(String body) {
        return Delivery.received(Side.DIDOMI, "météo", Instant.parse("2026-03-01T08:00:00.123456Z"), body);
    }

    @Test
    void smallDeliveryIsPlainJson() {
        assertThat(DeliveryJson.write(delivery("{\"é\":1}")))
                .isEqualTo("""
                {"id":"%s","side":"didomi","person":"météo","received_at":"2026-03-01T08:00:00.123456Z",\
                "attempts":0,"body":"{\\"é\\":1}"}""".formatted(delivery("{\"é\":1}").id()));
    }

    @Test
    void failedDeliveryTellsSinceWhenAndWhy() {
        Delivery failed = delivery("{}")
                .failedAgain(Instant.parse("2026-03-01T09:00:00Z"), "first")
                .failedAgain(Instant.parse("2026-03-01T09:10:00Z"), "Dataverse answered 500");

        String text = DeliveryJson.write(failed);

        assertThat(text)
                .contains("\"attempts\":2")
                .contains("\"failing_since\":\"2026-03-01T09:00:00Z\",\"last_failure\":\"Dataverse answered 500\"");
        assertThat(DeliveryJson.read(text)).isEqualTo(failed);
    }

    @Test
    void replayedDeliveryStartsAnewAndRemembersWhatBecameOfIt() {
        Instant failedAt = Instant.parse("2026-03-01T09:10:00Z");
        Delivery failed = delivery("{}").failedAgain(failedAt, "500").failedAgain(failedAt, "500");

        Delivery replayed = failed.afresh(failedAt, "500; 2 attempts");

        assertThat(replayed.attempts()).isZero();
        assertThat(replayed.trouble()).isNull();
        assertThat(replayed.earlier()).isEqualTo(new Delivery.Earlier(2, 1, failedAt, "500; 2 attempts"));
        assertThat(DeliveryJson.read(DeliveryJson.write(replayed))).isEqualTo(replayed);
        assertThat(DeliveryJson.write(replayed)).contains("\"earlier\":{\"attempts\":2,\"replays\":1,");
    }

    /** As written by the version before failures were recorded. */
    @Test
    void messageOfAnEarlierVersionIsRead() {
        Delivery read = DeliveryJson.read("""
                {"id":"6f0c","side":"didomi","person":"ada","received_at":"2026-03-01T08:00:00Z","attempts":3,"body":"{}"}""");

        assertThat(read.attempts()).isEqualTo(3);
        assertThat(read.trouble()).isNull();
    }

    @Test
    void reasonIsShortenedBecauseAMessageHasAMaximumSize() {
        Delivery failed = delivery("{}").failedAgain(Instant.parse("2026-03-01T09:00:00Z"), "x".repeat(5000));

        assertThat(failed.trouble()).isNotNull();
        assertThat(failed.trouble().last()).hasSize(300).endsWith("…");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 60_000, 65_500, 70_000, 1 << 20})
    void deliveryOfAnySizeIsReadAsItWasWritten(int characters) {
        Delivery delivery = delivery("é".repeat(characters / 2));

        assertThat(DeliveryJson.read(DeliveryJson.write(delivery))).isEqualTo(delivery);
        assertThat(DeliveryJson.write(delivery).getBytes(UTF_8).length).isLessThanOrEqualTo(64 << 10);
    }

    /** SQS takes #x9, #xA, #xD, #x20 to #xD7FF, #xE000 to #xFFFD and #x10000 to #x10FFFF. */
    @ParameterizedTest
    @ValueSource(strings = {"\ufffe", "\uffff", "\ud83c", "\u0000", "\u001f", "🌦"})
    void textHasOnlyCharactersThatSqsTakes(String body) {
        String text = DeliveryJson.write(delivery(body));

        assertThat(text.codePoints())
                .allMatch(point ->
                        (point >= 0x20 && point <= 0xD7FF) || (point >= 0xE000 && point <= 0xFFFD) || point >= 0x10000);
        assertThat(DeliveryJson.read(text)).isEqualTo(delivery(body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "[]", "{}", "{\"gzip\":1}", "{\"gzip\":\"!\"}", "{\"gzip\":\"aGVsbG8=\"}", "ada"})
    void foreignTextIsRefusedAndNotQuoted(String text) {
        assertThatThrownBy(() -> DeliveryJson.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a queue message is not one of ours");
    }
}
