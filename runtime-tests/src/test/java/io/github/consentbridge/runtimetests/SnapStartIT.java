package io.github.consentbridge.runtimetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.runtimetests.AwsStub.Call;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The webhook functions around SnapStart's snapshot, with AWS over https. */
class SnapStartIT {
    private static final String SECRET = """
            {"webhooks": {"didomi": {"values": ["%s"]}, "dynamics": {"values": ["%s"]}}}""".formatted(Site.KEY, Site.DYNAMICS_KEY);

    @TempDir
    private static Path folder;

    private static LoopbackCertificate certificate;
    private static Path integration;

    private final Map<String, String> variables = new HashMap<>();
    private AwsStub secretsManager;
    private AwsStub sqs;
    private AwsStub keys;

    @BeforeAll
    static void prepare() throws IOException {
        certificate = LoopbackCertificate.create(folder, Site.JAVA);
        integration = Site.ROOT.resolve("config/integration.json").toAbsolutePath();
    }

    @BeforeEach
    void start() throws IOException {
        secretsManager = AwsStub.start(SECRET, certificate);
        sqs = AwsStub.start(SECRET, certificate);
        keys = AwsStub.start(SECRET);
        variables.putAll(Map.of(
                "AWS_LAMBDA_INITIALIZATION_TYPE",
                "snap-start",
                "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                keys.url() + AwsStub.KEYS,
                "AWS_ENDPOINT_URL_SECRETS_MANAGER",
                secretsManager.url().toString(),
                "AWS_ENDPOINT_URL_SQS",
                sqs.url().toString(),
                "BRIDGE_INTEGRATION",
                integration.toString(),
                "BRIDGE_SECRET_ID",
                "bridge",
                "BRIDGE_QUEUE_URL",
                sqs.url() + "/123456789012/deliveries"));
    }

    @AfterEach
    void stop() {
        Stream.of(secretsManager, sqs, keys).forEach(AwsStub::close);
    }

    private FunctionProcess process(BridgeFunction function, String... options) {
        return Site.start(
                function,
                variables,
                Stream.concat(certificate.options().stream(), Stream.of(options))
                        .toList());
    }

    private static int status(FunctionProcess process, String event) throws IOException {
        return Site.json(process.invoke(Site.event(event)).body())
                .path("statusCode")
                .asInt();
    }

    @ParameterizedTest
    @CsvSource({"DIDOMI_WEBHOOK, didomi-event-created", "DYNAMICS_WEBHOOK, dynamics-update"})
    void hookConnectsToBothServicesAndNothingOfItIsUsedAfterTheRestore(BridgeFunction function, String event)
            throws IOException {
        try (FunctionProcess process = process(function)) {
            process.awaitSnapshot();
            List<Call> ofSecretsManager = secretsManager.calls();
            List<Call> ofSqs = sqs.calls();
            assertThat(keys.calls()).isEmpty();
            process.restore();
            int status = status(process, event);

            assertThat(status).as(process.log()).isEqualTo(202);
            assertPrimed(ofSecretsManager, secretsManager.calls());
            assertPrimed(ofSqs, sqs.calls());
            assertThat(keys.calls()).extracting(Call::target).containsExactly(AwsStub.KEYS);
            assertThat(sqs.sent()).hasSize(1);
        }
    }

    /** A service was connected to before the snapshot, without asking for anything; afterwards everything is new. */
    private static void assertPrimed(List<Call> before, List<Call> all) {
        assertThat(before).singleElement().satisfies(call -> {
            assertThat(call.authorization()).isEmpty();
            assertThat(call.isLast()).isTrue();
        });
        assertThat(all.subList(before.size(), all.size())).singleElement().satisfies(call -> {
            assertThat(call.authorization()).contains("Credential=" + AwsStub.KEY_ID + "/");
            assertThat(call.port()).as("connection").isNotEqualTo(before.get(0).port());
            assertThat(call.session())
                    .as("TLS session")
                    .isNotEqualTo(before.get(0).session());
        });
    }

    @Test
    void addressesAreLookedUpAfterTheRestore() throws IOException {
        String host = "aws." + LoopbackCertificate.DOMAIN;
        Path hosts = Files.writeString(folder.resolve("hosts"), "192.0.2.1 " + host);
        variables.put(
                "AWS_ENDPOINT_URL_SECRETS_MANAGER", secretsManager.url(host).toString());
        variables.put("AWS_ENDPOINT_URL_SQS", sqs.url(host).toString());
        try (FunctionProcess process = process(BridgeFunction.DIDOMI_WEBHOOK, "-Djdk.net.hosts.file=" + hosts)) {
            process.awaitSnapshot();
            Files.writeString(hosts, "127.0.0.1 " + host);
            process.restore();

            assertThat(status(process, "didomi-event-created"))
                    .as(process.log())
                    .isEqualTo(202);
        }
    }

    @Test
    void servicesThatDoNotAnswerOnlyDelayTheSnapshot() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            variables.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", "https://127.0.0.1:" + silent.getLocalPort());
            variables.put("AWS_ENDPOINT_URL_SQS", "https://127.0.0.1:1");
            try (FunctionProcess process = process(BridgeFunction.DIDOMI_WEBHOOK)) {
                process.awaitSnapshot();

                // From Java 24 on the JVM warns about the runtime client's native library.
                assertThat(process.log().lines().filter(line -> !line.isBlank() && !line.startsWith("WARNING: ")))
                        .isEmpty();
            }
        }
    }
}
