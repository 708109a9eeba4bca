package io.github.consentbridge.aws;

import io.github.consentbridge.connectors.http.ServiceUrl;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Builds the SDK's clients for one environment. They get everything that the SDK would otherwise search for, which
 * costs time at the start. Waits are bounded so that a webhook that needs the secret and then the queue answers within
 * 20 seconds even if both fail; API Gateway gives up after 30.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html">{@code AWS_ENDPOINT_URL}</a>
 */
public final class AwsClients {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration READ = Duration.ofSeconds(5);
    private static final Duration WHOLE_CALL = Duration.ofSeconds(9);
    private static final int ATTEMPTS = 3;

    private final Map<String, String> environment;
    private final AwsCredentialsProvider credentials;
    private final Supplier<SdkHttpClient> http;
    private final ClientOverrideConfiguration configuration;

    AwsClients(Map<String, String> environment) {
        this(environment, credentials(environment));
    }

    AwsClients(Map<String, String> environment, AwsCredentialsProvider credentials) {
        this(environment, credentials, AwsClients::http, configuration(ATTEMPTS).build());
    }

    private AwsClients(
            Map<String, String> environment,
            AwsCredentialsProvider credentials,
            Supplier<SdkHttpClient> http,
            ClientOverrideConfiguration configuration) {
        this.environment = environment;
        this.credentials = credentials;
        this.http = http;
        this.configuration = configuration;
    }

    /** Clients for calls that may fail: one attempt each, and no connection is kept. */
    static AwsClients ofSingleCalls(
            Map<String, String> environment, AwsCredentialsProvider credentials, SdkHttpClient http) {
        return new AwsClients(
                environment,
                credentials,
                () -> http,
                configuration(1).putHeader("Connection", "close").build());
    }

    public SqsClient sqs() {
        return built(SqsClient.builder(), "SQS");
    }

    public DynamoDbClient dynamo() {
        return built(DynamoDbClient.builder(), "DYNAMODB");
    }

    SecretsManagerClient secretsManager() {
        return built(SecretsManagerClient.builder(), "SECRETS_MANAGER");
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C built(B builder, String service) {
        @Nullable ServiceUrl endpoint = AwsEndpoint.given(environment, service);
        if (endpoint != null) {
            builder.endpointOverride(endpoint.uri());
        }
        return builder.region(Region.of(environment.getOrDefault("AWS_REGION", "")))
                .credentialsProvider(credentials)
                .httpClient(http.get())
                .overrideConfiguration(configuration)
                .build();
    }

    private static ClientOverrideConfiguration.Builder configuration(int attempts) {
        return ClientOverrideConfiguration.builder()
                .apiCallAttemptTimeout(READ)
                .apiCallTimeout(WHOLE_CALL)
                .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(attempts)
                        .build());
    }

    private static SdkHttpClient http() {
        return UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(READ)
                .build();
    }

    /**
     * A function has its role's credentials in the environment, or at a container's address if it was started from a
     * snapshot, because those in the snapshot would have expired. For an operator the SDK's default chain searches for
     * them.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-activate.html#snapstart-credentials">SnapStart:
     *     credentials</a>
     */
    private static AwsCredentialsProvider credentials(Map<String, String> environment) {
        if (!environment.containsKey("AWS_LAMBDA_FUNCTION_NAME")) {
            return DefaultCredentialsProvider.builder().build();
        }
        return AwsCredentialsProviderChain.of(
                EnvironmentVariableCredentialsProvider.create(),
                ContainerCredentialsProvider.builder().build());
    }
}
