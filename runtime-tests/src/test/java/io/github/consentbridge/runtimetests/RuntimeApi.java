package io.github.consentbridge.runtimetests;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Lambda's runtime API for one function's process: provides events and receives results.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Lambda runtime API</a>
 */
final class RuntimeApi implements AutoCloseable {
    private static final String ROOT = "/2018-06-01/runtime/";
    private static final int NO_BODY = -1;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
    private final Map<String, CompletableFuture<Outcome>> running = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> initialized = new CompletableFuture<>();
    private final CompletableFuture<Void> restored = new CompletableFuture<>();
    private final CompletableFuture<Outcome> broken = new CompletableFuture<>();

    private record Invocation(String id, String event, Instant deadline) {}

    private RuntimeApi(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext(ROOT + "invocation/next", this::next);
        server.createContext(ROOT + "invocation/", this::result);
        server.createContext(ROOT + "init/error", this::initError);
        server.createContext(ROOT + "restore/next", this::awaitRestore);
        server.createContext(ROOT + "restore/error", this::initError);
        server.start();
    }

    static RuntimeApi start() throws IOException {
        return new RuntimeApi(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Queues this event for the function, which handles events in order. */
    CompletableFuture<Outcome> invoke(String event, Duration time) {
        Invocation invocation = new Invocation(
                UUID.randomUUID().toString(), event, Instant.now().plus(time));
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        running.put(invocation.id(), outcome);
        waiting.add(invocation);
        return outcome;
    }

    /** Completes when the function requests its first event. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    /**
     * Completes when the process is ready for its snapshot, which only a SnapStart function ever is: its hooks have run, and
     * it has requested to be restored.
     */
    CompletableFuture<Void> initialized() {
        return initialized;
    }

    /** Lets the process continue after the snapshot. */
    void restore() {
        restored.complete(null);
    }

    /** Completes when the function reports that it could not be initialized or restored. */
    CompletableFuture<Outcome> broken() {
        return broken;
    }

    private void next(HttpExchange exchange) throws IOException {
        ready.complete(null);
        try {
            Invocation invocation = waiting.take();
            exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", invocation.id());
            exchange.getResponseHeaders()
                    .set(
                            "Lambda-Runtime-Deadline-Ms",
                            Long.toString(invocation.deadline().toEpochMilli()));
            exchange.getResponseHeaders()
                    .set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-west-1:123456789012:function:f");
            reply(exchange, 200, invocation.event());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void result(HttpExchange exchange) throws IOException {
        String[] path =
                exchange.getRequestURI().getPath().substring(ROOT.length()).split("/", -1);
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        reply(exchange, 202, "");
        running.get(path[1]).complete(new Outcome(path[2].equals("error"), body));
    }

    private void initError(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        reply(exchange, 202, "");
        broken.complete(new Outcome(true, body));
    }

    private void awaitRestore(HttpExchange exchange) throws IOException {
        initialized.complete(null);
        try {
            restored.get();
            reply(exchange, 200, "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IOException(e);
        }
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? NO_BODY : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
