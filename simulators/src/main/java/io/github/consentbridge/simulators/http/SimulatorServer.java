package io.github.consentbridge.simulators.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Serves one simulated system over HTTP on 127.0.0.1. */
public final class SimulatorServer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SimulatorServer.class.getName());

    static {
        // Head and body of an answer are two writes: with Nagle's algorithm each kept-alive answer waits 40 ms.
        setDefault("sun.net.httpserver.nodelay", "true");
        // Closing idle connections early would make clients fail occasionally.
        setDefault("sun.net.httpserver.idleInterval", "600");
        setDefault("sun.net.httpserver.maxIdleConnections", "1000");
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private volatile Duration latency = Duration.ZERO;

    private SimulatorServer(HttpServer server) {
        this.server = server;
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "simulator-" + server.getAddress().getPort());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Binds the port, so that {@link #url} is known before the system is built; answers nothing yet.
     *
     * @param port 0 picks a free one
     * @throws UncheckedIOException if the port is in use
     */
    public static SimulatorServer bind(int port) {
        try {
            // Not getLoopbackAddress(), which may be ::1: the URLs contain 127.0.0.1.
            InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            return new SimulatorServer(HttpServer.create(new InetSocketAddress(loopback, port), 1024));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts answering. */
    public void serve(Service service, Faults faults, RequestCounters counters) {
        server.setExecutor(threads);
        server.createContext("/", exchange -> handle(exchange, service, faults, counters));
        server.start();
    }

    /** {@code http://127.0.0.1:PORT}, without a slash at the end. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Delays each answer by this much real time, as a network does; for benchmarks. */
    public void latency(Duration time) {
        latency = time;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }

    private void handle(HttpExchange exchange, Service service, Faults faults, RequestCounters counters) {
        // Closing an exchange before an answer closes its connection.
        try (exchange) {
            Call call = read(exchange);
            RouteKind kind = service.kind(call);
            counters.received(kind);
            delay();
            Reply reply = service.marked(faults.answer(service, kind, call));
            counters.answered(reply.status());
            send(exchange, reply);
        } catch (ConnectionDropped | IOException e) {
            LOG.log(Level.FINE, "connection closed without a full answer", e);
        } catch (RuntimeException e) {
            // A bug of the simulator: without the trace it would look like a scripted drop.
            LOG.log(Level.SEVERE, "simulator failed", e);
        }
    }

    private void delay() {
        if (latency.isZero()) {
            return;
        }
        try {
            Thread.sleep(latency.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectionDropped();
        }
    }

    private static Call read(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
        URI uri = exchange.getRequestURI();
        String target = uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
        return new Call(
                exchange.getRequestMethod(),
                target,
                headers,
                exchange.getRequestBody().readAllBytes());
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        byte[] body = reply.body();
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            OutputStream out = exchange.getResponseBody();
            out.write(body, 0, reply.isTruncated() ? body.length / 2 : body.length);
            out.flush();
        }
    }

    private static void setDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
