package io.github.consentbridge.sync.intake.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.sync.credentials.BridgeSecret.Client;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokensTest {
    /** 1791626400 in seconds. */
    private static final Instant NOW = Instant.parse("2026-10-10T10:00:00Z");

    private static final String CURRENT = "demo-client-secret-0123456789";
    private static final String PREVIOUS = "former-client-secret-0123456789";
    private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
    private static final String CLAIMS = """
            {"iss":"consent-bridge","aud":"consent-bridge/webhooks/didomi","iat":1791626400,"exp":1791712800}""";

    /** Computed with Python's hmac module from the two texts above and the current secret. */
    private static final String TOKEN = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
            + "eyJpc3MiOiJjb25zZW50LWJyaWRnZSIsImF1ZCI6ImNvbnNlbnQtYnJpZGdlL3dlY"
            + "mhvb2tzL2RpZG9taSIsImlhdCI6MTc5MTYyNjQwMCwiZXhwIjoxNzkxNzEyODAwfQ"
            + ".4Whd2tEsZ7P5ZxOUntUwx5VRKmVyfmyogCXlVhg2oas";

    private final Client client = client(CURRENT, PREVIOUS);
    private final AccessTokens tokens = at(NOW);

    private static Client client(String... secrets) {
        return new Client("didomi", Stream.of(secrets).map(Secret::of).toList());
    }

    private static AccessTokens at(Instant time) {
        return new AccessTokens(Clock.fixed(time, ZoneOffset.UTC));
    }

    /** A token of these texts, signed as ours are. */
    private static String signed(String header, String claims, String secret) {
        String signed = Hs256.encode(header.getBytes(UTF_8)) + "." + Hs256.encode(claims.getBytes(UTF_8));
        return signed + "." + Hs256.signature(Secret.of(secret), signed);
    }

    private void assertRefused(String token) {
        assertThat(tokens.accepts(client, token)).isFalse();
    }

    @Test
    void signatureIsThatOfTheStandardsExample() {
        byte[] key = Base64.getUrlDecoder()
                .decode("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow");
        String signed = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
                + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

        assertThat(Hs256.signature(key, signed)).isEqualTo("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    }

    @Test
    void tokenIsSignedWithThePresentedSecret() {
        assertThat(tokens.issue(Secret.of(CURRENT))).isEqualTo(TOKEN);
    }

    @Test
    void tokenEndsWithTheSecretThatObtainedIt() {
        String token = tokens.issue(Secret.of(PREVIOUS));

        assertThat(tokens.accepts(client, token)).isTrue();
        assertThat(tokens.accepts(client(CURRENT), token)).isFalse();
        assertThat(tokens.accepts(client(CURRENT), TOKEN)).isTrue();
    }

    @Test
    void tokenIsAcceptedForOneDay() {
        Instant end = NOW.plus(Duration.ofHours(24));

        assertThat(at(NOW).accepts(client, TOKEN)).isTrue();
        assertThat(at(end.minusSeconds(1)).accepts(client, TOKEN)).isTrue();
        assertThat(at(end).accepts(client, TOKEN)).isFalse();
        assertThat(at(end.plusSeconds(1)).accepts(client, TOKEN)).isFalse();
    }

    @Test
    void tokenIsAcceptedAsLongAsItsSecretIsKept() {
        assertThat(tokens.accepts(client("rotated-client-secret", CURRENT), TOKEN))
                .isTrue();
        assertThat(tokens.accepts(client("rotated-client-secret", PREVIOUS), TOKEN))
                .isFalse();
    }

    @Test
    void noCharacterCanBeAltered() {
        for (int index = 0; index < TOKEN.length(); index++) {
            for (char other : new char[] {'A', 'B', 'l', '.', '=', ' ', 'é'}) {
                String altered = TOKEN.substring(0, index) + other + TOKEN.substring(index + 1);
                if (!altered.equals(TOKEN)) {
                    assertThat(tokens.accepts(client, altered)).as(altered).isFalse();
                }
            }
        }
    }

    @Test
    void otherSpellingsOfTheSignatureAreRefused() {
        String withUnusedBits = TOKEN.substring(0, TOKEN.length() - 1) + (char) (TOKEN.charAt(TOKEN.length() - 1) + 1);

        assertThat(Base64.getUrlDecoder().decode(withUnusedBits.substring(TOKEN.lastIndexOf('.') + 1)))
                .isEqualTo(Base64.getUrlDecoder().decode(TOKEN.substring(TOKEN.lastIndexOf('.') + 1)));
        assertRefused(withUnusedBits);
        assertRefused(TOKEN + "=");
        assertRefused(TOKEN + ".");
        assertRefused(TOKEN + " ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"none\",\"typ\":\"JWT\"}",
                "{\"alg\":\"None\"}",
                "{\"alg\":\"HS512\",\"typ\":\"JWT\"}",
                "{\"alg\":\"RS256\",\"typ\":\"JWT\"}",
                "{\"typ\":\"JWT\"}",
                "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"crit\":[\"b64\"],\"b64\":false}",
                "{}",
                ""
            })
    void otherHeaderIsRefusedHoweverItIsSigned(String header) {
        String signed = signed(header, CLAIMS, CURRENT);

        assertRefused(signed);
        assertRefused(signed.substring(0, signed.lastIndexOf('.') + 1));
        assertRefused(signed.substring(0, signed.lastIndexOf('.')));
    }

    @Test
    void unsignedTokenIsRefused() {
        assertRefused(TOKEN.substring(0, TOKEN.lastIndexOf('.') + 1));
        assertRefused(TOKEN.substring(0, TOKEN.lastIndexOf('.')));
    }

    @Test
    void tokenOfAnotherSecretIsRefused() {
        assertRefused(signed(HEADER, CLAIMS, "foreign-client-secret-0123456789"));
        assertRefused(signed(HEADER, CLAIMS, "didomi"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"aud\":\"consent-bridge/webhooks/didomi\"|\"aud\":\"consent-bridge/webhooks/dynamics\"",
                "\"aud\":\"consent-bridge/webhooks/didomi\"|\"aud\":[\"consent-bridge/webhooks/didomi\"]",
                "\"aud\":\"consent-bridge/webhooks/didomi\"|\"aud\":null",
                "\"aud\"|\"xud\"",
                "\"iss\":\"consent-bridge\"|\"iss\":\"didomi\"",
                "\"iss\"|\"xss\"",
                "\"exp\":1791712800|\"exp\":1791626400",
                "\"exp\":1791712800|\"exp\":-1",
                "\"exp\":1791712800|\"exp\":null",
                "\"exp\":1791712800|\"exp\":\"1791712800\"",
                "\"exp\":1791712800|\"exp\":1791712800.5",
                "\"exp\":1791712800|\"exp\":99999999999999999999",
                "\"exp\"|\"xxp\""
            })
    void otherClaimsAreRefusedAlthoughWellSigned(String claim, String other) {
        String claims = CLAIMS.replace(claim, other);

        assertThat(claims).isNotEqualTo(CLAIMS);
        assertRefused(signed(HEADER, claims, CURRENT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "5", "garbage", "{\"iss\":"})
    void wellSignedPayloadThatIsNoTokenIsRefused(String payload) {
        assertRefused(signed(HEADER, payload, CURRENT));
    }

    @Test
    void wellSignedPayloadThatIsNotBase64IsRefused() {
        String signed = TOKEN.substring(0, TOKEN.indexOf('.')) + ".%%%";

        assertRefused(signed + "." + Hs256.signature(Secret.of(CURRENT), signed));
    }

    @Test
    void malformedAndHugeTokensAreRefused() {
        for (String token : List.of("", ".", "..", "...", "a.b.c", "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.", "\uD83D")) {
            assertRefused(token);
        }
        assertRefused(signed(HEADER, CLAIMS + " ".repeat(1_000), CURRENT));
        assertRefused(TOKEN.repeat(10_000));
    }
}
