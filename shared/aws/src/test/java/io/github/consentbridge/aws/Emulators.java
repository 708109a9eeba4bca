package io.github.consentbridge.aws;

import io.github.consentbridge.aws.dynamo.DynamoHistory;
import io.github.consentbridge.aws.dynamo.DynamoTable;
import io.github.consentbridge.connectors.http.RetryPolicy.Sleeper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/**
 * DynamoDB and SQS inside this process, each started on first use and shared by all tests. Each test has its own tables
 * and queues. The clients are the product's.
 */
public final class Emulators {
    private static final AwsCredentialsProvider ANYBODY =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));

    private static @Nullable DynamoDBProxyServer dynamoServer;
    private static @Nullable DynamoDbClient dynamo;
    private static @Nullable SqsClient sqs;

    /** The recorded waits; tests do not really wait. */
    static final List<Duration> WAITS = Collections.synchronizedList(new ArrayList<>());

    static final Sleeper NO_SLEEP = WAITS::add;

    private Emulators() {}

    /** Clients with another endpoint for one service. */
    public static AwsClients clients(String endpoint, String url) {
        return new AwsClients(Map.of("AWS_REGION", "eu-west-1", endpoint, url), ANYBODY);
    }

    public static synchronized DynamoDbClient dynamo() {
        @Nullable DynamoDbClient known = dynamo;
        if (known == null) {
            known = clients("AWS_ENDPOINT_URL_DYNAMODB", startDynamo()).dynamo();
            dynamo = known;
        }
        return known;
    }

    /** A client of the same DynamoDB with an interceptor. */
    public static DynamoDbClient dynamo(ExecutionInterceptor fault) {
        DynamoDbClient usual = dynamo();
        return DynamoDbClient.builder()
                .region(Region.EU_WEST_1)
                .endpointOverride(
                        usual.serviceClientConfiguration().endpointOverride().orElseThrow())
                .credentialsProvider(ANYBODY)
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(config -> config.addExecutionInterceptor(fault))
                .build();
    }

    private static String startDynamo() {
        try {
            String port = Integer.toString(freePort());
            dynamoServer = ServerRunner.createServerFromCommandLineArgs(
                    new String[] {"-inMemory", "-port", port, "-disableTelemetry"});
            dynamoServer.start();
            return "http://127.0.0.1:" + port;
        } catch (Exception e) {
            throw new IllegalStateException("DynamoDB Local does not start", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public static synchronized SqsClient sqs() {
        @Nullable SqsClient known = sqs;
        if (known == null) {
            SQSRestServer server =
                    SQSRestServerBuilder.withInterface("127.0.0.1").withPort(0).start();
            int port = server.waitUntilStarted().localAddress().getPort();
            known = clients("AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:" + port).sqs();
            sqs = known;
        }
        return known;
    }

    /** The address of a new queue. */
    public static String newQueue() {
        return newQueue(sqs());
    }

    /** The URL of a new queue as SQS returns it. */
    public static String newQueue(SqsClient sqs) {
        String name = "q" + UUID.randomUUID();
        return sqs.createQueue(request -> request.queueName(name)).queueUrl();
    }

    /** The name of a new table like the template's. */
    public static String newTable() {
        String name = "t" + UUID.randomUUID();
        GlobalSecondaryIndex index = GlobalSecondaryIndex.builder()
                .indexName("contact")
                .keySchema(hashKey("contact"))
                .projection(kept -> kept.projectionType("INCLUDE").nonKeyAttributes("person"))
                .build();
        create(request -> request.tableName(name)
                .attributeDefinitions(text("id"), text("contact"))
                .keySchema(hashKey("id"))
                .globalSecondaryIndexes(index));
        return name;
    }

    /** The name of a new table like the template's for histories. */
    public static String newHistoryTable() {
        String name = "h" + UUID.randomUUID();
        create(request -> request.tableName(name)
                .attributeDefinitions(text("id"), number("n"))
                .keySchema(hashKey("id"), rangeKey("n")));
        return name;
    }

    private static void create(Consumer<CreateTableRequest.Builder> table) {
        try {
            dynamo().createTable(request -> table.accept(request.billingMode("PAY_PER_REQUEST")));
        } catch (ResourceInUseException e) {
            // The client has repeated the request, because the server took its time to start: the table is there.
        }
    }

    private static AttributeDefinition number(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType("N")
                .build();
    }

    private static KeySchemaElement rangeKey(String name) {
        return KeySchemaElement.builder().attributeName(name).keyType("RANGE").build();
    }

    /** How long {@link #history} keeps entries. */
    public static final Duration HISTORY_KEPT = Duration.ofDays(1095);

    public static DynamoHistory history(String name) {
        return new DynamoHistory(dynamo(), name, () -> HISTORY_KEPT);
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType("S")
                .build();
    }

    private static KeySchemaElement hashKey(String name) {
        return KeySchemaElement.builder().attributeName(name).keyType("HASH").build();
    }

    public static DynamoTable table(String name) {
        return new DynamoTable(dynamo(), name, NO_SLEEP);
    }

    public static List<Map<String, AttributeValue>> items(String table) {
        return dynamo().scan(request -> request.tableName(table)).items();
    }
}
