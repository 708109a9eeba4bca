package io.github.consentbridge.runtimetests;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The operations of Secrets Manager and SQS that a webhook function calls: one secret, and a queue that stores
 * messages. A signature is required but not checked.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html">GetSecretValue</a>
 */
public final class AwsStub implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final List<String> sent = Collections.synchronizedList(new ArrayList<>());
    private final String secret;

    private AwsStub(HttpServer server, String secret) {
        this.server = server;
        this.secret = secret;
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Starts the stub with this secret. */
    public static AwsStub start(String secret) throws IOException {
        return new AwsStub(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), secret);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The bodies of the messages in order of arrival. */
    public List<String> sent() {
        return List.copyOf(sent);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
        JsonNode request = MAPPER.readTree(exchange.getRequestBody());
        boolean signed = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
                .startsWith("AWS4-HMAC-SHA256 Credential=");
        if (!signed) {
            reply(exchange, 403, error("MissingAuthenticationTokenException"));
            return;
        }
        switch (target) {
            case "secretsmanager.GetSecretValue" -> reply(exchange, 200, secretValue(request));
            case "AmazonSQS.SendMessage" -> reply(exchange, 200, taken(request));
            default -> reply(exchange, 400, error("UnknownOperationException"));
        }
    }

    private ObjectNode secretValue(JsonNode request) {
        return MAPPER.createObjectNode()
                .put("ARN", request.path("SecretId").asText())
                .put("Name", "bridge")
                .put("VersionId", "00000000-0000-0000-0000-000000000001")
                .put("SecretString", secret)
                .put("CreatedDate", Instant.now().getEpochSecond());
    }

    private ObjectNode taken(JsonNode request) {
        sent.add(request.path("MessageBody").asText());
        return MAPPER.createObjectNode().put("MessageId", "m-" + sent.size());
    }

    private static ObjectNode error(String type) {
        return MAPPER.createObjectNode().put("__type", type);
    }

    private static void reply(HttpExchange exchange, int status, ObjectNode body) throws IOException {
        byte[] bytes = body.toString().getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
