package io.github.consentbridge.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.consentbridge.mapping.json.JsonTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** An AWS service on loopback with scripted answers in its JSON protocol, and credentials to call it. */
public final class ScriptedAws implements AutoCloseable {
    /** An answer; a status of 0 closes the connection without one. */
    public record Answer(int status, String body) {
        /** A refusal of the service. */
        public static Answer error(int status, String code) {
            return new Answer(status, "{\"__type\":\"%s\",\"message\":\"scripted\"}".formatted(code));
        }
    }

    private static final String KEY = "aws.accessKeyId";
    private static final String SECRET = "aws.secretAccessKey";

    /** How many are open in this process. */
    private static final AtomicInteger OPEN = new AtomicInteger();

    private final AtomicBoolean closed = new AtomicBoolean();
    private final HttpServer server;
    private final BiFunction<String, String, Answer> script;
    /** The requests in order. */
    public final List<String> actions = Collections.synchronizedList(new ArrayList<>());

    /**
     * @param script computes the answer from the action, such as {@code GetSecretValue} (the method if there is none),
     * and the request's body
     */
    public ScriptedAws(BiFunction<String, String, Answer> script) {
        this.script = script;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        provideCredentials();
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    /** One of the sources of an operator's credentials for the SDK; several tests may need it at once. */
    private static void provideCredentials() {
        synchronized (OPEN) {
            OPEN.incrementAndGet();
            System.setProperty(KEY, "test");
            System.setProperty(SECRET, "test");
        }
    }

    private static void withdrawCredentials() {
        synchronized (OPEN) {
            if (OPEN.decrementAndGet() == 0) {
                System.clearProperty(KEY);
                System.clearProperty(SECRET);
            }
        }
    }

    /** SQS's answer to {@code SendMessage}: the SDK does not take a message for stored without its checksum. */
    public static Answer stored(String request) {
        try {
            byte[] message = JsonTree.read(request).path("MessageBody").asText().getBytes(UTF_8);
            byte[] digest = MessageDigest.getInstance("MD5").digest(message);
            return new Answer(
                    200,
                    "{\"MessageId\":\"m\",\"MD5OfMessageBody\":\"%s\"}"
                            .formatted(HexFormat.of().formatHex(digest)));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Its endpoint, for {@code AWS_ENDPOINT_URL}. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            @Nullable String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            String action = target == null ? exchange.getRequestMethod() : target.substring(target.indexOf('.') + 1);
            String request = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            actions.add(action);
            Answer answer = script.apply(action, request);
            if (answer.status() > 0) {
                byte[] body = answer.body().getBytes(UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
                // Otherwise a client may send its next call on a connection that this server is about to close.
                exchange.getResponseHeaders().add("Connection", "close");
                exchange.sendResponseHeaders(answer.status(), body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            server.stop(0);
            withdrawCredentials();
        }
    }
}
