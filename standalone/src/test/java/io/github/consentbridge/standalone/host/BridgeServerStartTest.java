package io.github.consentbridge.standalone.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.connectors.http.ServiceUrl;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.IntegrationReader;
import io.github.consentbridge.standalone.BridgeProcess;
import io.github.consentbridge.sync.connections.Endpoints;
import io.github.consentbridge.sync.intake.Proxies;
import io.github.consentbridge.sync.storage.StorageException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BridgeServerStartTest {
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    Path folder;

    /** The control file is written after the port is open. */
    @Test
    void startThatFailsAfterListeningLeavesNothingOpen() throws Exception {
        int port = freePort();
        Path data = folder.resolve("data");
        Files.createDirectory(data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path obstacle = Files.createDirectories(data.resolve("control.json/obstacle"));

        assertThatThrownBy(() -> start(port)).isInstanceOf(StorageException.class);

        try (ServerSocket ours = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(ours.isBound()).isTrue();
        }
        Files.delete(obstacle);
        Files.delete(data.resolve("control.json"));
        try (BridgeServer bridge = start(port)) {
            assertThat(bridge.port()).isEqualTo(port);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    private BridgeServer start(int port) throws IOException {
        Path secrets = folder.resolve("secrets.json");
        BridgeProcess.writeSecret(secrets, """
                {"didomi": {"key": "key-of-didomi", "secret": "secret-of-didomi", "organization_id": "acme"}}""");
        Integration integration = IntegrationReader.read("""
                {"type_id": "microsoft-dynamics",
                 "mappings": [{"id": "new_newsletter", "value": {"purpose": "newsletter"}}]}""".getBytes(UTF_8), IntegrationReader.Place.FILE);
        BridgeServer.Settings settings = new BridgeServer.Settings(
                folder.resolve("data"),
                "127.0.0.1",
                port,
                Proxies.none(),
                1,
                Optional.empty(),
                new Endpoints(ServiceUrl.parse("DIDOMI_API_URL", "http://127.0.0.1:9"), null),
                new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
        return BridgeServer.start(integration, log -> new FileCredentials(secrets, CLOCK, log), settings, CLOCK);
    }
}
