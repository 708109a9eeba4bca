package io.github.consentbridge.sync.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.consentbridge.mapping.json.ConfigurationException;
import io.github.consentbridge.mapping.json.Problem;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which values a secret may have. */
class SecretReaderQualityTest {
    private static final String GENERATE = "; generate one with: openssl rand -hex 32";
    private static final String TOO_LITTLE =
            "contains too little that cannot be guessed: its characters repeat or follow each other" + GENERATE;
    private static final String PLACEHOLDER = "is a placeholder" + GENERATE;

    private static void read(String json) {
        SecretReader.read(json.getBytes(UTF_8));
    }

    private static List<Problem> problems(String json) {
        return catchThrowableOfType(ConfigurationException.class, () -> read(json))
                .problems();
    }

    private static String values(String value) {
        return "{\"webhooks\": {\"dynamics\": {\"values\": [\"%s\"]}}}".formatted(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "…",
                "...",
                "****************",
                "changeme",
                "CHANGE-ME-CHANGE-ME-1",
                "<the key of the webhook>",
                "${WEBHOOK_KEY_OF_DYNAMICS}",
                "{{ webhook_key_of_dynamics }}",
                "your-webhook-secret",
                "xxxxxxxxxxxxxxxxxxxx",
                "replace_me_before_use",
                "placeholder-0123456789",
                "password",
                "YOUR_SECRET_HERE_PLEASE",
            })
    void placeholderIsRefused(String value) {
        assertThat(problems(values(value))).containsExactly(new Problem("/webhooks/dynamics/values/0", PLACEHOLDER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0f3a9c2b7d1e485", "k-4hZ"})
    void shortValueIsRefused(String value) {
        String problem = value.isEmpty() ? PLACEHOLDER : "must be at least 16 characters long" + GENERATE;

        assertThat(problems(values(value))).containsExactly(new Problem("/webhooks/dynamics/values/0", problem));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aaaaaaaaaaaaaaaa", "abababababababab", "abcdabcdabcdabcd", "1234123412341234", "hunter2hunter2hunter2",
                "abcdefghijklmnop", "0123456789abcdef", "zyxwvutsrqponmlk", "1111222233334444", "00000000000000000001",
            })
    void valueWithTooLittleInItIsRefused(String value) {
        assertThat(problems(values(value))).containsExactly(new Problem("/webhooks/dynamics/values/0", TOO_LITTLE));
    }

    @Test
    void clientSecretsAreHeldToTheSame() {
        String json = """
                {"webhooks": {"didomi": {"client_id": "didomi",
                   "client_secrets": ["short", "changeme", "aaaaaaaaaaaaaaaa", "q8Zr-1vTn_4Lp.0sWd"]}}}""";

        assertThat(problems(json))
                .containsExactly(
                        new Problem(
                                "/webhooks/didomi/client_secrets/0", "must be at least 16 characters long" + GENERATE),
                        new Problem("/webhooks/didomi/client_secrets/1", PLACEHOLDER),
                        new Problem("/webhooks/didomi/client_secrets/2", TOO_LITTLE));
    }

    /** What commands for random values print, at the shortest length that is accepted. */
    @Test
    void randomValuesAreAccepted() {
        Random random = new Random(7);
        for (int attempt = 0; attempt < 20_000; attempt++) {
            byte[] bytes = new byte[16];
            random.nextBytes(bytes);
            String hex = HexFormat.of().formatHex(bytes);
            String base64 = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);

            assertThat(SecretQuality.problem(hex)).as(hex).isEmpty();
            assertThat(SecretQuality.problem(hex.substring(16))).as(hex).isEmpty();
            assertThat(SecretQuality.problem(base64)).as(base64).isEmpty();
            assertThat(SecretQuality.problemOfKey(hex)).as(hex).isEmpty();
            assertThat(SecretQuality.problemOfKey(base64)).as(base64).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "demo, must contain at least 16 random bytes: 32 hexadecimal digits; or 22 characters of Base64",
        "0f3a9c2b7d1e48560f3b9d2c7e1f485, must contain at least 16 random bytes: 32 hexadecimal digits; or 22 characters of Base64",
        "q8Zr1vTn4Lp0sWdx5cY7a, must contain at least 16 random bytes: 32 hexadecimal digits; or 22 characters of Base64",
        "tiny but spaced, must contain at least 16 random bytes: 32 hexadecimal digits; or 22 characters of Base64",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, contains too little that cannot be guessed: its characters repeat or follow each other",
        "changeme, is a placeholder",
    })
    void weakLogKeyIsRefused(String key, String problem) {
        assertThat(problems("{\"log_key\": \"%s\"}".formatted(key)))
                .containsExactly(new Problem("/log_key", problem.replace(';', ',') + GENERATE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0f3a9c2b7d1e48560f3b9d2c7e1f4852",
                "q8Zr1vTn4Lp0sWdx5cY7aQ",
                "q8Zr1vTn4Lp0sWdx5cY7aQ==",
                "seventeen odd oxen",
            })
    void logKeyOfSixteenBytesIsAccepted(String key) {
        assertThatCode(() -> read("{\"log_key\": \"%s\"}".formatted(key))).doesNotThrowAnyException();
    }

    /** Vendors decide how theirs look: only what cannot be one is refused. */
    @Test
    void placeholdersOfTheVendorsValuesAreRefused() {
        String json = """
                {"didomi": {"key": "…", "secret": "<secret>"},
                 "microsoft-dynamics": {"client_id": "your-client-id", "client_secret": "changeme", "tenant_id": "...",
                   "instance": "https://acme.crm4.dynamics.com"}}""";

        assertThat(problems(json))
                .extracting(Problem::pointer)
                .contains(
                        "/didomi/key",
                        "/didomi/secret",
                        "/microsoft-dynamics/client_id",
                        "/microsoft-dynamics/client_secret",
                        "/microsoft-dynamics/tenant_id");
    }

    @Test
    void shortValuesOfTheVendorsAreAccepted() {
        assertThatCode(() -> read("{\"didomi\": {\"key\": \"k1\", \"secret\": \"s3cr3t\"}}"))
                .doesNotThrowAnyException();
    }

    @Test
    void oneValueForTwoPurposesIsRefused() {
        String json = """
                {"didomi": {"key": "k1", "secret": "q8Zr1vTn4Lp0sWdx5cY7aQ"},
                 "webhooks": {"didomi": {"values": ["0f3a9c2b7d1e4856-didomi", "0f3a9c2b7d1e4856-former"], "client_id": "didomi",
                                         "client_secrets": ["0f3a9c2b7d1e4856-didomi"]},
                              "dynamics": {"values": ["0f3a9c2b7d1e4856-own", "0f3a9c2b7d1e4856-former"]}},
                 "log_key": "q8Zr1vTn4Lp0sWdx5cY7aQ"}""";
        String same = "is the same as %s: use each value for one purpose only" + GENERATE;

        assertThat(problems(json))
                .containsExactly(
                        new Problem("/webhooks/didomi/client_secrets/0", same.formatted("/webhooks/didomi/values/0")),
                        new Problem("/webhooks/dynamics/values/1", same.formatted("/webhooks/didomi/values/1")),
                        new Problem("/log_key", same.formatted("/didomi/secret")));
    }

    @Test
    void messagesContainNoValue() {
        String json = """
                {"webhooks": {"didomi": {"values": ["hunter2hunter2hunter2"]}, "dynamics": {"values": ["hunter2hunter2hunter2"]}},
                 "log_key": "hunter2"}""";

        assertThat(problems(json))
                .hasSize(4)
                .allSatisfy(problem -> assertThat(problem.message()).doesNotContain("hunter2"));
    }
}
