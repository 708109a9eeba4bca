package io.github.consentbridge.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.consentbridge.connectors.http.ServiceUrl;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * LocalStack's SQS and Secrets Manager, shared by all tests; each test has its own queues and secrets. {@code
 * AWS_ENDPOINT_URL_SQS} and {@code AWS_ENDPOINT_URL_SECRETS_MANAGER}, or {@code AWS_ENDPOINT_URL}, give their
 * endpoints; without them they run in a container. Without endpoints and Docker the tests are skipped with the reason.
 *
 * @see <a href="https://docs.localstack.cloud/aws/services/sqs/">SQS of LocalStack</a>
 */
public final class LocalStack {
    /**
     * The last version that starts without an account: since March 2026 {@code latest} requires LOCALSTACK_AUTH_TOKEN.
     */
    private static final DockerImageName IMAGE = DockerImageName.parse("localstack/localstack:4.14.0");

    private static final Supplier<String> ABSENCE = new Lazy<>(LocalStack::tellAbsence);

    private static final Supplier<SqsClient> SQS = new Lazy<>(
            () -> Emulators.clients("AWS_ENDPOINT_URL_SQS", address("SQS")).sqs());
    private static final Supplier<SecretsManagerClient> SECRETS_MANAGER =
            new Lazy<>(() -> Emulators.clients("AWS_ENDPOINT_URL_SECRETS_MANAGER", address("SECRETS_MANAGER"))
                    .secretsManager());

    private LocalStack() {}

    public static SqsClient sqs() {
        return SQS.get();
    }

    static SecretsManagerClient secretsManager() {
        return SECRETS_MANAGER.get();
    }

    /** A webhook function that uses them. */
    public static WebhookDeployment webhook(String secretId, String queueUrl, Clock clock) {
        Map<String, String> environment = new HashMap<>(Map.of("AWS_REGION", "eu-west-1"));
        environment.put("AWS_ENDPOINT_URL_SQS", address("SQS"));
        environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", address("SECRETS_MANAGER"));
        environment.put("BRIDGE_SECRET_ID", secretId);
        environment.put("BRIDGE_QUEUE_URL", queueUrl);
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
        AwsClients clients = new AwsClients(
                environment, StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")));
        return new WebhookDeployment(environment, clients, nowhere, clock);
    }

    /** The same queue on the endpoint's host: LocalStack may return a host that only its own DNS server resolves. */
    public static String reachable(String queueUrl) {
        return URI.create(address("SQS"))
                .resolve(URI.create(queueUrl).getRawPath())
                .toString();
    }

    /** @param service its suffix of {@code AWS_ENDPOINT_URL_} */
    private static String address(String service) {
        @Nullable ServiceUrl given = AwsEndpoint.given(System.getenv(), service);
        return given == null ? containerAddress() : given.toString();
    }

    private static String containerAddress() {
        assumeTrue(dockerIsHere(), ABSENCE);
        return Container.ADDRESS;
    }

    /**
     * Started once, even if that fails, because fetching the image takes minutes. Testcontainers removes it when this
     * process ends.
     */
    private static final class Container {
        static final String ADDRESS = start();

        private static String start() {
            LocalStackContainer container = new LocalStackContainer(IMAGE).withServices("sqs", "secretsmanager");
            container.start();
            return container.getEndpoint().toString();
        }
    }

    /** A remote Docker engine cannot be used, because the product accepts plain http only for this machine. */
    private static boolean dockerIsHere() {
        DockerClientFactory docker = DockerClientFactory.instance();
        return docker.isDockerAvailable() && Set.of("localhost", "127.0.0.1").contains(docker.dockerHostIpAddress());
    }

    /** Prints the reason to the console, because Maven prints only the number of skipped tests. */
    private static String tellAbsence() {
        String absence = "The tests on LocalStack are skipped: no Docker engine of this machine answers, and neither"
                + " AWS_ENDPOINT_URL_SQS and AWS_ENDPOINT_URL_SECRETS_MANAGER nor AWS_ENDPOINT_URL are set."
                + " ci/localstack starts it without Docker.";
        System.out.println(absence);
        return absence;
    }
}
