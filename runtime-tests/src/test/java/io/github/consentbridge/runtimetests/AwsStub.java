package io.github.consentbridge.runtimetests;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The operations of Secrets Manager and SQS that a webhook function calls: one secret, and a queue that stores
 * messages. A signature is required but not checked. At {@link #KEYS} are the keys of the function's role, as Lambda
 * offers them to a restored function.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html">GetSecretValue</a>
 */
public final class AwsStub implements AutoCloseable {
    /** The path of the role's keys. */
    public static final String KEYS = "/keys";

    static final String KEY_ID = "AKIDOFTHEROLE";

    private static final JsonMapper MAPPER = new JsonMapper();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final List<String> sent = Collections.synchronizedList(new ArrayList<>());
    private final List<Call> calls = Collections.synchronizedList(new ArrayList<>());
    private final String secret;

    /**
     * A request.
     *
     * @param target the operation, or the path of a request without one
     * @param authorization empty if it is not signed
     * @param isLast whether the client asks for the connection to be closed
     * @param port of the client's end of the connection
     * @param session when its TLS session began, in milliseconds of the epoch; a resumed session keeps its begin
     */
    record Call(String target, String authorization, boolean isLast, int port, long session) {}

    private AwsStub(HttpServer server, String secret) {
        this.server = server;
        this.secret = secret;
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Starts the stub with this secret. */
    public static AwsStub start(String secret) throws IOException {
        return new AwsStub(HttpServer.create(loopback(), 0), secret);
    }

    /** The same over https. */
    public static AwsStub start(String secret, LoopbackCertificate certificate) throws IOException {
        HttpsServer server = HttpsServer.create(loopback(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.server()));
        return new AwsStub(server, secret);
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    public URI url() {
        return url("127.0.0.1");
    }

    /** Its address under another name of this machine. */
    URI url(String host) {
        return URI.create((server instanceof HttpsServer ? "https://" : "http://") + host + ":"
                + server.getAddress().getPort());
    }

    /** The requests in order of arrival. */
    List<Call> calls() {
        return List.copyOf(calls);
    }

    /** The bodies of the messages in order of arrival. */
    public List<String> sent() {
        return List.copyOf(sent);
    }

    private void answer(HttpExchange exchange) throws IOException {
        Call call = call(exchange);
        calls.add(call);
        JsonNode request = MAPPER.readTree(exchange.getRequestBody());
        if (call.target().equals(KEYS)) {
            reply(exchange, 200, keys());
            return;
        }
        if (!call.authorization().startsWith("AWS4-HMAC-SHA256 Credential=")) {
            reply(exchange, 403, error("MissingAuthenticationTokenException"));
            return;
        }
        switch (call.target()) {
            case "secretsmanager.GetSecretValue" -> reply(exchange, 200, secretValue(request));
            case "AmazonSQS.SendMessage" -> reply(exchange, 200, taken(request));
            default -> reply(exchange, 400, error("UnknownOperationException"));
        }
    }

    private static Call call(HttpExchange exchange) {
        return new Call(
                header(exchange, "X-Amz-Target", exchange.getRequestURI().getPath()),
                header(exchange, "Authorization", ""),
                header(exchange, "Connection", "").equals("close"),
                exchange.getRemoteAddress().getPort(),
                exchange instanceof HttpsExchange https ? https.getSSLSession().getCreationTime() : 0);
    }

    private static String header(HttpExchange exchange, String name, String otherwise) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse(otherwise);
    }

    private static ObjectNode keys() {
        return MAPPER.createObjectNode()
                .put("AccessKeyId", KEY_ID)
                .put("SecretAccessKey", "secret-of-the-role")
                .put("Token", "session")
                .put("Expiration", Instant.now().plus(Duration.ofHours(1)).toString());
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
        String body = request.path("MessageBody").asText();
        sent.add(body);
        return MAPPER.createObjectNode().put("MessageId", "m-" + sent.size()).put("MD5OfMessageBody", md5(body));
    }

    /** The SDK does not take a message for stored without it. */
    private static String md5(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
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
