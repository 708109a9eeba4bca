package io.github.consentbridge.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.connectors.http.ServiceUrl;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.IntegrationReader;
import io.github.consentbridge.standalone.host.BridgeServer;
import io.github.consentbridge.standalone.http.HttpLimits;
import io.github.consentbridge.standalone.http.HttpRoutes;
import io.github.consentbridge.standalone.http.Pages;
import io.github.consentbridge.standalone.http.WebServer;
import io.github.consentbridge.sync.connections.Endpoints;
import io.github.consentbridge.sync.credentials.BridgeSecret;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.credentials.SecretReader;
import io.github.consentbridge.sync.intake.DidomiIntake;
import io.github.consentbridge.sync.intake.DynamicsIntake;
import io.github.consentbridge.sync.intake.Proxies;
import io.github.consentbridge.sync.logging.JsonOutcomeLog;
import io.github.consentbridge.sync.logging.OutcomeLog;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The one-machine host on loopback, which can be made to give each of its answers: as it is deployed, with an allow list,
 * and with little patience for slow senders.
 */
final class DescribedServer implements AutoCloseable {
    private static final String DIDOMI_KEY = "a-key-that-didomi-presents-0b7c";
    private static final String DYNAMICS_KEY = "a-key-that-dynamics-presents-9e1d";
    private static final String CLIENT = "client_id=consent-bridge&client_secret=a-client-secret-of-didomi-4f2a";
    private static final String SECRET = """
            {"webhooks": {
              "didomi": {"values": ["a-key-that-didomi-presents-0b7c"],
                         "client_id": "consent-bridge", "client_secrets": ["a-client-secret-of-didomi-4f2a"]},
              "dynamics": {"values": ["a-key-that-dynamics-presents-9e1d"]}}}""";
    private static final String DOCUMENT = """
            {"type_id": "microsoft-dynamics",
             "properties": {"organization_id": "acme", "bidirectional": true, "contact_key": "new_didomiuserid"%s},
             "mappings": [{"id": "new_newsletter", "value": {"purpose": "newsletter"}}]}""";
    private static final Clock CLOCK = Clock.systemUTC();
    private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);

    private final Secret secret = new Secret();
    private final BridgeServer bridge;
    private final BridgeServer selective;
    private final WebServer impatient;

    /** A secret that can be lost. */
    private static final class Secret implements Credentials {
        private volatile boolean lost;

        @Override
        public BridgeSecret current() {
            if (lost) {
                throw new CredentialsException("there is no secret");
            }
            return SecretReader.read(SECRET.getBytes(UTF_8));
        }

        @Override
        public BridgeSecret refreshed() {
            return current();
        }
    }

    private DescribedServer(Path folder) throws IOException {
        bridge = bridge(folder.resolve("bridge"), "");
        selective = bridge(folder.resolve("selective"), ", \"didomi_source_ips\": [\"192.0.2.1\"]");
        impatient = impatient();
    }

    static DescribedServer start(Path folder) throws IOException {
        return new DescribedServer(folder);
    }

    private static Integration integration(String properties) {
        return IntegrationReader.read(DOCUMENT.formatted(properties).getBytes(UTF_8), IntegrationReader.Place.FILE);
    }

    private BridgeServer bridge(Path data, String properties) {
        BridgeServer.Settings settings = new BridgeServer.Settings(
                data,
                "127.0.0.1",
                0,
                Proxies.none(),
                1,
                Optional.empty(),
                new Endpoints(ServiceUrl.parse("DIDOMI_API_URL", "http://127.0.0.1:9"), null),
                NOWHERE);
        return BridgeServer.start(integration(properties), log -> secret, settings, CLOCK);
    }

    private WebServer impatient() {
        OutcomeLog log = new JsonOutcomeLog(NOWHERE, CLOCK);
        Integration integration = integration("");
        HttpRoutes routes = new HttpRoutes(
                DidomiIntake.endpoint(integration, secret, (deliveries, delay) -> {}, log, CLOCK),
                DynamicsIntake.endpoint(integration, secret, (deliveries, delay) -> {}, log, CLOCK),
                new Pages(Map.of(), log),
                log);
        HttpLimits usual = HttpLimits.standard();
        HttpLimits limits = new HttpLimits(
                usual.connections(),
                usual.firstHead(),
                usual.keepAlive(),
                Duration.ofMillis(100),
                usual.body(),
                usual.room(),
                usual.linger(),
                usual.stop());
        return WebServer.start("127.0.0.1", 0, limits, Proxies.none(), routes);
    }

    /** What makes an answer differ. */
    enum Cause {
        NOTHING_TO_DO,
        USUAL,
        MALFORMED,
        NO_CREDENTIAL,
        FOREIGN_ADDRESS,
        OTHER_PATH,
        OTHER_METHOD,
        SLOW,
        LARGE,
        ENCODED,
        MANY_HEADERS,
        NO_SECRET
    }

    /** Sends a request of this operation, with something particular. */
    RawAnswer provoke(OpenApi.Operation operation, Cause cause) throws IOException {
        String key = key(operation);
        byte[] usual = body(operation, cause);
        return switch (cause) {
            case NOTHING_TO_DO, USUAL, MALFORMED -> send(bridge, operation, "", key, usual);
            case NO_CREDENTIAL -> send(bridge, operation, "", "", new byte[0]);
            case FOREIGN_ADDRESS -> send(selective, operation, "", key, usual);
            case OTHER_PATH -> send(bridge, operation, "/more", key, usual);
            case OTHER_METHOD -> RawAnswer.to(bridge.port(), "PUT " + operation.path() + " HTTP/1.1\r\n", new byte[0]);
            case SLOW -> incomplete(impatient.port(), operation, "Content-Length: 10\r\n");
            case LARGE -> incomplete(bridge.port(), operation, "Content-Length: 2000000\r\n");
            case ENCODED -> send(bridge, operation, "", key + "Content-Encoding: gzip\r\n", usual);
            case MANY_HEADERS -> send(bridge, operation, "", "X-More: 1\r\n".repeat(101), new byte[0]);
            case NO_SECRET -> withoutSecret(operation, usual);
        };
    }

    private RawAnswer withoutSecret(OpenApi.Operation operation, byte[] body) throws IOException {
        secret.lost = true;
        try {
            return send(bridge, operation, "", key(operation), body);
        } finally {
            secret.lost = false;
        }
    }

    /** Sends a delivery with its side's key. */
    RawAnswer deliver(OpenApi.Operation operation, byte[] body) throws IOException {
        return send(bridge, operation, "", key(operation), body);
    }

    private static RawAnswer send(
            BridgeServer to, OpenApi.Operation operation, String morePath, String headers, byte[] body)
            throws IOException {
        String length = operation.method().equals("POST") ? "Content-Length: " + body.length + "\r\n" : "";
        String line = operation + morePath + " HTTP/1.1\r\n";
        return RawAnswer.to(to.port(), line + headers + length, body);
    }

    private static RawAnswer incomplete(int port, OpenApi.Operation operation, String length) throws IOException {
        return RawAnswer.to(port, "POST " + operation.path() + " HTTP/1.1\r\n" + key(operation) + length, new byte[0]);
    }

    private static String key(OpenApi.Operation operation) {
        return switch (operation.id()) {
            case "deliverDidomi" -> "x-consent-bridge-key: " + DIDOMI_KEY + "\r\n";
            case "deliverDynamics" -> "x-consent-bridge-key: " + DYNAMICS_KEY + "\r\n";
            default -> "";
        };
    }

    private static byte[] body(OpenApi.Operation operation, Cause cause) throws IOException {
        boolean ignored = cause == Cause.NOTHING_TO_DO;
        boolean malformed = cause == Cause.MALFORMED;
        String body = switch (operation.id()) {
            case "deliverDidomi" ->
                malformed ? "[]" : ignored ? "{\"type\": \"proof.created\"}" : sample("didomi-event-created.json");
            case "deliverDynamics" ->
                malformed
                        ? "[]"
                        : ignored
                                ? "{\"MessageName\": \"Update\", \"PrimaryEntityName\": \"lead\"}"
                                : sample("dynamics-update.json");
            case "issueToken" -> (malformed ? "grant_type=password&" : "grant_type=client_credentials&") + CLIENT;
            default -> "";
        };
        return body.getBytes(UTF_8);
    }

    private static String sample(String name) throws IOException {
        return Files.readString(Template.ROOT.resolve("events/bodies").resolve(name));
    }

    @Override
    public void close() {
        bridge.close();
        selective.close();
        impatient.close();
    }
}
