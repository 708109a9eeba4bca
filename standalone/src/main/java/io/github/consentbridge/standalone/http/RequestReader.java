package io.github.consentbridge.standalone.http;

import com.sun.net.httpserver.HttpExchange;
import io.github.consentbridge.sync.intake.RequestBody;
import io.github.consentbridge.sync.intake.RequestHead;
import io.github.consentbridge.sync.intake.WebhookRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Translates the server's HTTP requests to the core's, within a bound on memory. */
public final class RequestReader {
    /** One more than the core accepts, so that the core refuses what is too large. */
    private static final int MAX_BYTES = RequestBody.MAX_BYTES + 1;

    /** Most bodies are smaller; larger ones have to share the memory. */
    private static final int SMALL = 1 << 16;

    /** How much of a body that is too large is read: if the rest stays unread, the sender does not get the answer. */
    private static final int MAX_SKIPPED = 1 << 24;

    private static final int LARGE_AT_ONCE = 6;
    private static final long SECONDS_TO_WAIT = 10;

    private final boolean behindProxy;
    private final Semaphore large = new Semaphore(LARGE_AT_ONCE, true);

    /** @param behindProxy whether our own proxy puts the sender's address last into X-Forwarded-For */
    public RequestReader(boolean behindProxy) {
        this.behindProxy = behindProxy;
    }

    @FunctionalInterface
    interface Handling {
        void handle(WebhookRequest request) throws IOException;
    }

    /**
     * Reads a request, at most 1 MiB and a byte of it, and hands it on.
     *
     * @return whether there was room for it; if not, nothing was handed on
     */
    boolean read(HttpExchange exchange, Handling handling) throws IOException {
        byte[] start = exchange.getRequestBody().readNBytes(SMALL);
        if (start.length < SMALL) {
            handling.handle(request(exchange, start));
            return true;
        }
        if (!hasRoom()) {
            return false;
        }
        try {
            handling.handle(request(exchange, withRest(start, exchange.getRequestBody())));
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

    private WebhookRequest request(HttpExchange exchange, byte[] body) {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
        RequestHead head = new RequestHead(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                headers,
                sourceAddress(exchange));
        return new WebhookRequest(head, RequestBody.of(body));
    }

    private String sourceAddress(HttpExchange exchange) {
        List<String> forwarded = exchange.getRequestHeaders().getOrDefault("X-Forwarded-For", List.of());
        if (behindProxy && !forwarded.isEmpty()) {
            String last = forwarded.get(forwarded.size() - 1);
            return last.substring(last.lastIndexOf(',') + 1).strip();
        }
        return exchange.getRemoteAddress().getAddress().getHostAddress();
    }
}
