package io.github.consentbridge.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.consentbridge.aws.direct.WebhookDeployment;
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
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * SQS and Secrets Manager of LocalStack, shared by all tests: each has queues and secrets of its own. They are where
 * {@code AWS_ENDPOINT_URL_SQS} and {@code AWS_ENDPOINT_URL_SECRETS_MANAGER}, or {@code AWS_ENDPOINT_URL}, say, otherwise in a
 * container. A test that asks for them where there are neither endpoints nor Docker is skipped, and it is said why.
 *
 * @see <a href="https://docs.localstack.cloud/aws/services/sqs/">SQS of LocalStack</a>
 */
public final class LocalStack {
    /** The last that starts without an account: since March 2026 {@code latest} wants LOCALSTACK_AUTH_TOKEN and stops. */
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

    /** A webhook function beside them. */
    public static WebhookDeployment webhook(String secretId, String queueUrl, Clock clock) {
        Map<String, String> environment = new HashMap<>(
                Map.of("AWS_REGION", "eu-west-1", "AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "test"));
        environment.put("AWS_ENDPOINT_URL_SQS", address("SQS"));
        environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", address("SECRETS_MANAGER"));
        environment.put("BRIDGE_SECRET_ID", secretId);
        environment.put("BRIDGE_QUEUE_URL", queueUrl);
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
        return new WebhookDeployment(environment, nowhere, clock);
    }

    /** The same queue on the host that is really asked: LocalStack may name one that only its own DNS server knows. */
    public static String reachable(String queueUrl) {
        return URI.create(address("SQS"))
                .resolve(URI.create(queueUrl).getRawPath())
                .toString();
    }

    /** @param service as {@code AWS_ENDPOINT_URL_} names it */
    private static String address(String service) {
        @Nullable ServiceUrl given = AwsEndpoint.given(System.getenv(), service);
        return given == null ? containerAddress() : given.toString();
    }

    private static String containerAddress() {
        assumeTrue(dockerIsHere(), ABSENCE);
        return Container.ADDRESS;
    }

    /** Started once, even in vain: fetching an image takes minutes. Testcontainers removes it when this process ends. */
    private static final class Container {
        static final String ADDRESS = start();

        private static String start() {
            LocalStackContainer container = new LocalStackContainer(IMAGE).withServices("sqs", "secretsmanager");
            container.start();
            return container.getEndpoint().toString();
        }
    }

    /** An engine on another machine is of no use: the product takes plain http for this one only. */
    private static boolean dockerIsHere() {
        DockerClientFactory docker = DockerClientFactory.instance();
        return docker.isDockerAvailable() && Set.of("localhost", "127.0.0.1").contains(docker.dockerHostIpAddress());
    }

    /** Lazy on the console too: Maven prints how many tests were skipped, but not why. */
    private static String tellAbsence() {
        String absence = "The tests on LocalStack are skipped: no Docker engine of this machine answers, and neither"
                + " AWS_ENDPOINT_URL_SQS and AWS_ENDPOINT_URL_SECRETS_MANAGER nor AWS_ENDPOINT_URL are set."
                + " ci/localstack starts it without Docker.";
        System.out.println(absence);
        return absence;
    }
}
