package io.github.consentbridge.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.connectors.http.RemoteSettings;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.IntegrationReader;
import io.github.consentbridge.mapping.document.IntegrationReader.Place;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.simulators.Simulators;
import io.github.consentbridge.standalone.console.ConsoleSubject;
import io.github.consentbridge.standalone.host.BridgeServer;
import io.github.consentbridge.standalone.host.ControlFile;
import io.github.consentbridge.standalone.host.FileCredentials;
import io.github.consentbridge.standalone.host.RunningBridge;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.intake.Proxies;
import io.github.consentbridge.sync.logging.JsonOutcomeLog;
import io.github.consentbridge.sync.logging.PersonHash;
import io.github.consentbridge.sync.operations.Operations;
import io.github.consentbridge.sync.registration.BridgeUrl;
import io.github.consentbridge.sync.registration.Registration;
import io.github.consentbridge.sync.registration.RegistrationReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** A bridge between simulated systems, with its data in a new folder. */
final class Demo implements AutoCloseable {
    static final String KEY = "demo-webhook-key-0123456789";
    private static final String DYNAMICS_KEY = "demo-dynamics-key-9876543210";
    private static final String CLIENT_SECRET = "demo-client-secret-for-didomis-login";
    private static final String HEADER = "x-consent-bridge-key";

    private final DemoSystems systems;
    private final Path folder;
    private final OutcomeLines lines;
    private final PrintStream outcomeLog;
    private final String logKey = newLogKey();
    private final Clock clock;
    private final BridgeServer bridge;
    private final DemoSubject subject;
    private final RegistrationReport registered;

    /**
     * Starts everything.
     *
     * @param port of the bridge; 0 picks one
     */
    public Demo(Path folder, int port, Clock clock) throws IOException {
        this.folder = folder;
        this.systems = new DemoSystems(clock);
        this.clock = clock;
        this.lines = new OutcomeLines(Files.newOutputStream(folder.resolve("bridge.log")));
        this.outcomeLog = new PrintStream(lines, true, UTF_8);
        Path secretsFile = ownerOnly(folder.resolve("secrets.json"), secrets(systems.simulators()));
        byte[] document = resource("/demo/integration.json");
        Files.write(folder.resolve("integration.json"), document);
        Integration integration = IntegrationReader.read(document, Place.FILE);
        Credentials secrets = new FileCredentials(secretsFile, clock, new JsonOutcomeLog(outcomeLog, clock));
        this.bridge = BridgeServer.start(
                integration,
                log -> new FileCredentials(secretsFile, clock, log),
                new BridgeServer.Settings(
                        folder.resolve("data"),
                        "127.0.0.1",
                        port,
                        Proxies.none(),
                        1,
                        Optional.empty(),
                        systems.endpoints(),
                        outcomeLog),
                clock);
        Connections connections =
                new Connections(integration, secrets, systems.endpoints(), RemoteSettings.standard(clock));
        this.subject = subject(integration, secrets, connections, new String(document, UTF_8));
        this.registered = new Registration(integration, secrets, connections)
                .register(BridgeUrl.parse("the demo's address", bridge.url("").toString()));
    }

    private DemoSubject subject(
            Integration integration, Credentials secrets, Connections connections, String document) {
        Path data = folder.resolve("data");
        RunningBridge running = new RunningBridge(ControlFile.read(data).orElseThrow());
        DemoHost host = new DemoHost(integration, secrets, connections, bridge, running, data);
        return new DemoSubject(host, document, new JsonOutcomeLog(outcomeLog, clock));
    }

    private static Path ownerOnly(Path file, String text) throws IOException {
        if (Files.getFileStore(file.getParent()).supportsFileAttributeView("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        return Files.writeString(file, text);
    }

    private String secrets(Simulators simulators) {
        return """
                {"didomi": {"key": "%s", "secret": "%s"},
                 "microsoft-dynamics": {"client_id": "%s", "client_secret": "%s", "tenant_id": "%s", "instance": "%s"},
                 "webhooks": {"didomi": {"header": "%7$s", "values": ["%8$s"],
                                         "client_id": "demo", "client_secrets": ["%9$s"]},
                              "dynamics": {"header": "%7$s", "values": ["%10$s"]}},
                 "log_key": "%11$s"}""".formatted(
                        simulators.didomi().key(),
                        simulators.didomi().secret(),
                        simulators.entra().clientId(),
                        simulators.entra().clientSecret(),
                        simulators.entra().tenantId(),
                        simulators.dataverse().url(),
                        HEADER,
                        KEY,
                        CLIENT_SECRET,
                        DYNAMICS_KEY,
                        logKey);
    }

    private static String newLogKey() {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    static byte[] resource(String name) throws IOException {
        try (InputStream in = Demo.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    /**
     * Plays the sample deliveries, then changes in the simulated systems.
     *
     * @param told takes the outcome of each step as soon as it is known
     */
    public void play(Consumer<DemoOutcome> told) throws IOException, InterruptedException {
        told.accept(new DemoOutcome("the bridge registers its webhooks", "done", registered.created()));
        for (DemoStep step : DemoStep.all(systems, bridge)) {
            told.accept(step.run(systems, bridge));
        }
    }

    /**
     * Begins to deliver by itself what both systems notify. To be called once, after the story.
     *
     * @param throttledFor how long Dynamics throttles when it is asked to
     */
    public DemoLive live(Duration throttledFor) throws InterruptedException {
        PersonHash people = new PersonHash(logKey.getBytes(UTF_8));
        return new DemoLive(
                systems, bridge, lines, key -> people.inLogs(new OrganizationUserId(key)), throttledFor, clock);
    }

    /** What a console works on. */
    public ConsoleSubject subject() {
        return subject;
    }

    /** The organization user ids of its people. */
    public Iterable<String> people() {
        return systems.people();
    }

    /** What an operator can ask of it. */
    public Operations operations() {
        return bridge.operations();
    }

    /** How to continue by hand. */
    public List<String> hints() {
        Simulators simulators = systems.simulators();
        return List.of(
                "the bridge listens on " + bridge.url("") + " and logs to " + folder.resolve("bridge.log"),
                "simulated Didomi " + simulators.didomi().url() + ", Dataverse "
                        + simulators.dataverse().url() + ", Entra "
                        + simulators.entra().url(),
                "send a delivery:  curl -i -H '" + HEADER + ": " + KEY + "' -d @BODY.json "
                        + bridge.url("/webhooks/didomi"),
                "work on it with the other commands, in another terminal:",
                "    export BRIDGE_CONFIG=" + folder.resolve("integration.json") + " BRIDGE_SECRETS="
                        + folder.resolve("secrets.json") + " BRIDGE_DATA=" + folder.resolve("data"),
                "    export DIDOMI_API_URL=" + simulators.didomi().url() + " ENTRA_LOGIN_URL="
                        + simulators.entra().url(),
                "    ./bridge explain ada@example.org",
                "    ./bridge explain ada@example.org --history");
    }

    @Override
    public void close() {
        bridge.close();
        systems.close();
        outcomeLog.close();
    }
}
