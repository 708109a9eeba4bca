package io.github.consentbridge.functions.registration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Receives answers like CloudFormation, which really provides a presigned URL in S3. */
final class CloudFormation implements AutoCloseable {
    /** CloudFormation's limit. */
    static final int MAX_BYTES = 4096;

    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpServer server;
    private final Deque<Integer> refusals = new ArrayDeque<>();
    final List<byte[]> answers = new ArrayList<>();
    int calls;

    @Nullable
    String contentType;

    CloudFormation() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.start();
    }

    /** Refuses one answer with each of these statuses. */
    void refuse(Integer... statuses) {
        refusals.addAll(List.of(statuses));
    }

    String responseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/answer?X-Amz-Signature=abc%2Fdef";
    }

    JsonNode answer() throws IOException {
        return MAPPER.readTree(answers.get(answers.size() - 1));
    }

    private synchronized void take(HttpExchange exchange) throws IOException {
        calls++;
        byte[] body = exchange.getRequestBody().readAllBytes();
        boolean asSigned = exchange.getRequestMethod().equals("PUT")
                && exchange.getRequestURI().getRawQuery().equals("X-Amz-Signature=abc%2Fdef");
        contentType = exchange.getRequestHeaders().getFirst("content-type");
        int status = !asSigned ? 403 : refusals.isEmpty() ? 200 : refusals.remove();
        if (status == 200) {
            answers.add(body);
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
