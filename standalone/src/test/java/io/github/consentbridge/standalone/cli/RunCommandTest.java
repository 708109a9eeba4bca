package io.github.consentbridge.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What keeps {@code run} from starting. A bridge that starts serves until the test's time is over. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class RunCommandTest {
    private static final String DOCUMENT = """
            {"type_id": "microsoft-dynamics",
             "properties": {"organization_id": "acme", "bidirectional": true},
             "mappings": [{"id": "new_newsletter", "value": {"purpose": "newsletter"}}]}""";
    private static final String DIDOMI = """
            "didomi": {"key": "key-of-didomi", "secret": "secret-of-didomi"},""";
    private static final String DYNAMICS = """
            "microsoft-dynamics": {"client_id": "an-id", "client_secret": "of-the-registration",
                                   "tenant_id": "acme.onmicrosoft.com", "instance": "https://acme.crm4.dynamics.com"},""";
    private static final String FROM_DIDOMI = """
            "didomi": {"values": ["k5Zp0w8Qr2Xv6Lt9"]}""";
    private static final String FROM_DYNAMICS = """
            "dynamics": {"values": ["h3Nd7y1Bs4Gm8Jc2"]}""";
    private static final String SECRET = """
            {%s %s "webhooks": {%s, %s}}""".formatted(DIDOMI, DYNAMICS, FROM_DIDOMI, FROM_DYNAMICS);

    @TempDir
    Path folder;

    private String port = "0";
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private void write(String document, String secret) throws IOException {
        Files.writeString(folder.resolve("integration.json"), document);
        Path secrets = Files.writeString(folder.resolve("secrets.json"), secret);
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-------"));
    }

    private int run(String... more) {
        String[] arguments = {
            "run",
            "--port",
            port,
            "--config",
            folder.resolve("integration.json").toString(),
            "--secrets",
            folder.resolve("secrets.json").toString(),
            "--data",
            folder.resolve("data").toString()
        };
        String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return Bridge.execute(new Bridge(), new PrintWriter(out, true), new PrintWriter(err, true), all);
    }

    private void assertRefused(int exitCode, String... sentences) {
        assertThat(exitCode).as(err.toString()).isEqualTo(2);
        assertThat(err.toString()).contains(sentences);
        assertThat(out.toString()).doesNotContain("listening");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "didomi             | /didomi: is missing: write the key",
                "microsoft-dynamics | /microsoft-dynamics: is missing: write client_id",
                "webhooks.didomi    | /webhooks/didomi: lacks a credential for Didomi",
                "webhooks.dynamics  | /webhooks/dynamics: lacks a credential for Dynamics",
            })
    void incompleteSecretIsRefused(String part, String sentence) throws Exception {
        String secret = SECRET.replace(
                switch (part) {
                    case "didomi" -> DIDOMI;
                    case "microsoft-dynamics" -> DYNAMICS;
                    case "webhooks.didomi" -> FROM_DIDOMI + ",";
                    default -> ", " + FROM_DYNAMICS;
                },
                "");

        write(DOCUMENT, secret);

        assertRefused(run(), "secrets.json cannot be used", sentence);
    }

    @Test
    void webhookBlockThatAgreesOnNothingIsRefused() throws Exception {
        write(DOCUMENT, SECRET.replace(FROM_DIDOMI, "\"didomi\": {\"header\": \"x-key\"}"));

        assertRefused(run(), "/webhooks/didomi: lacks a credential for Didomi");
    }

    @Test
    void organizationMissingInBothIsRefused() throws Exception {
        write(DOCUMENT.replace("\"organization_id\": \"acme\", ", ""), SECRET);

        assertRefused(run(), "/didomi/organization_id: is missing", "properties.organization_id");
    }

    @Test
    void everythingThatIsWrongIsListedTogether() throws Exception {
        String document = DOCUMENT.replace("\"organization_id\": \"acme\"", "\"contact_kee\": \"contactid\"")
                .replace("new_newsletter", "New Newsletter");
        String secret = SECRET.replace(DIDOMI, "").replace("h3Nd7y1Bs4Gm8Jc2", "changeme");
        write(document, secret);
        port = "70000";

        int exitCode = run("--workers", "99", "--metrics-address", "everywhere");

        assertRefused(
                exitCode,
                "--workers must be 1 to 32",
                "--port must be 0 to 65535",
                "--metrics-address must be a host and a port, for example 127.0.0.1:9464, or off: it is 'everywhere'",
                "integration.json cannot be used",
                "/properties/contact_kee",
                "/mappings/0/id",
                "secrets.json cannot be used",
                "/didomi: is missing",
                "/didomi/organization_id: is missing",
                "/webhooks/dynamics/values/0: is a placeholder");
        assertThat(err.toString()).doesNotContain("changeme");
    }

    @Test
    void modeAndContentOfTheSecretAreReportedTogether() throws Exception {
        Files.writeString(folder.resolve("integration.json"), DOCUMENT);
        Path secrets = Files.writeString(folder.resolve("secrets.json"), SECRET.replace(DYNAMICS, ""));
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-r--r--"));

        assertRefused(run(), "can be read by others: run chmod 600", "/microsoft-dynamics: is missing");
    }

    @Test
    void missingFilesAreReportedTogether() {
        assertRefused(run(), "there is no integration document", "there is no secrets file");
        assertThat(err.toString().split("there is no secrets file")).hasSize(2);
    }
}
