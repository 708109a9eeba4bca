package io.github.consentbridge.standalone.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Makes of an HTTP request what API Gateway would make of it. */
public final class RequestReader {
    /** More than any handler takes, so that the handler itself says that it is too much. */
    private static final int MAX_BYTES = (1 << 20) + 1;

    /** Bodies of this size are the rule; larger ones have to share the memory. */
    private static final int SMALL = 1 << 16;

    /** Who sends more than we take is read to the end, within reason: else the answer is lost with the connection. */
    private static final int MAX_SKIPPED = 1 << 24;

    private static final int LARGE_AT_ONCE = 6;
    private static final long SECONDS_TO_WAIT = 10;

    private final boolean behindProxy;
    private final Semaphore large = new Semaphore(LARGE_AT_ONCE, true);

    /** @param behindProxy whether the last address of X-Forwarded-For is the sender's, as our own proxy saw it */
    public RequestReader(boolean behindProxy) {
        this.behindProxy = behindProxy;
    }

    /** A handler that is called with the request. */
    @FunctionalInterface
    interface Handling {
        void handle(APIGatewayV2HTTPEvent request) throws IOException;
    }

    /**
     * Reads a request, at most 1 MiB and a byte of it, and hands it on.
     *
     * @return whether there was room for it; if not, nothing was handed on
     */
    boolean read(HttpExchange exchange, Handling handling) throws IOException {
        byte[] start = exchange.getRequestBody().readNBytes(SMALL);
        if (start.length < SMALL) {
            handling.handle(event(exchange, start));
            return true;
        }
        if (!hasRoom()) {
            return false;
        }
        try {
            handling.handle(event(exchange, withRest(start, exchange.getRequestBody())));
            return true;
        } finally {
            large.release();
        }
    }

    private boolean hasRoom() {
        try {
            return large.tryAcquire(SECONDS_TO_WAIT, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static byte[] withRest(byte[] start, InputStream body) throws IOException {
        byte[] rest = body.readNBytes(MAX_BYTES - start.length);
        byte[] skipped = new byte[SMALL];
        int left = MAX_SKIPPED;
        for (int read = 0; read >= 0 && left > 0; left -= read) {
            read = body.read(skipped);
        }
        return ByteBuffer.allocate(start.length + rest.length)
                .put(start)
                .put(rest)
                .array();
    }

    private APIGatewayV2HTTPEvent event(HttpExchange exchange, byte[] body) {
        Optional<String> text = text(body);
        return APIGatewayV2HTTPEvent.builder()
                .withVersion("2.0")
                .withRawPath(exchange.getRequestURI().getRawPath())
                .withHeaders(headers(exchange))
                .withRequestContext(context(exchange))
                .withBody(text.orElseGet(() -> Base64.getEncoder().encodeToString(body)))
                .withIsBase64Encoded(text.isEmpty())
                .build();
    }

    /** What is not UTF-8 is passed on in Base64, for the handler to refuse. */
    private static Optional<String> text(byte[] body) {
        try {
            return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> headers(HttpExchange exchange) {
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        return headers;
    }

    private RequestContext context(HttpExchange exchange) {
        RequestContext.Http http = RequestContext.Http.builder()
                .withMethod(exchange.getRequestMethod())
                .withPath(exchange.getRequestURI().getRawPath())
                .withProtocol(exchange.getProtocol())
                .withSourceIp(sender(exchange))
                .build();
        return RequestContext.builder().withHttp(http).build();
    }

    private String sender(HttpExchange exchange) {
        List<String> forwarded = exchange.getRequestHeaders().getOrDefault("X-Forwarded-For", List.of());
        if (behindProxy && !forwarded.isEmpty()) {
            String last = forwarded.get(forwarded.size() - 1);
            return last.substring(last.lastIndexOf(',') + 1).strip();
        }
        return exchange.getRemoteAddress().getAddress().getHostAddress();
    }
}
