package io.github.consentbridge.standalone.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.failure.ExitCode;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The JDK's HTTP server, with bounds on threads, time and headers. */
public final class WebServer implements AutoCloseable {
    private static final int STOP_SECONDS = 10;
    private static final int BACKLOG = 1024;
    private static final String STOPPING = "{\"status\":\"unavailable\",\"reason\":\"stopping, send it again\"}";

    static {
        // Read once, when the first server of the process is created. Without the first, each answer on a kept-alive
        // connection waits 40 ms for the acknowledgement of its head; the others end clients that send a byte a minute.
        setIfAbsent("sun.net.httpserver.nodelay", "true");
        setIfAbsent("sun.net.httpserver.maxReqTime", "30");
        setIfAbsent("sun.net.httpserver.maxRspTime", "30");
        setIfAbsent("sun.net.httpserver.maxReqHeaders", "100");
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final HttpHandler handler;
    private final int maxThreads;
    private final Semaphore slots;
    private volatile boolean closing;

    private WebServer(HttpServer server, ExecutorService threads, int maxThreads, HttpHandler handler) {
        this.server = server;
        this.threads = threads;
        this.handler = handler;
        this.maxThreads = maxThreads;
        this.slots = new Semaphore(maxThreads);
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /**
     * Starts to accept.
     *
     * @param host a name or an address
     * @param port 0 picks one
     * @param maxThreads how many requests at once; more wait
     * @throws BridgeException if the address cannot be listened on
     */
    public static WebServer start(String host, int port, int maxThreads, HttpHandler handler) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                maxThreads, maxThreads, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), WebServer::thread);
        threads.allowCoreThreadTimeOut(true);
        try {
            HttpServer server =
                    HttpServer.create(new InetSocketAddress(InetAddress.getAllByName(host)[0], port), BACKLOG);
            WebServer web = new WebServer(server, threads, maxThreads, handler);
            server.setExecutor(threads);
            server.createContext("/", web::handle);
            server.start();
            return web;
        } catch (BindException e) {
            throw new BridgeException(ExitCode.USAGE, "port " + port + " is taken: choose another --port", e);
        } catch (IOException e) {
            throw new BridgeException(ExitCode.USAGE, "cannot listen on " + host + ": check --host", e);
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "http");
        thread.setDaemon(true);
        return thread;
    }

    private void handle(HttpExchange exchange) throws IOException {
        slots.acquireUninterruptibly();
        try (exchange) {
            if (closing) {
                answer(exchange, 503, STOPPING);
            } else {
                handler.handle(exchange);
            }
        } finally {
            slots.release();
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    /** Finishes the requests in progress. HttpServer.stop(seconds) would always wait the full time, even if there are none. */
    @Override
    public void close() {
        closing = true;
        try {
            boolean idle = slots.tryAcquire(maxThreads, STOP_SECONDS, TimeUnit.SECONDS);
            if (idle) {
                slots.release(maxThreads);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop(0);
        // Never shutdownNow: an interrupt in the middle of a read would close the store's file.
        threads.shutdown();
    }
}
