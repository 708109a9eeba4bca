package io.github.consentbridge.standalone.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.sync.intake.Proxies;
import io.github.consentbridge.sync.intake.RequestHead;
import io.github.consentbridge.sync.intake.WebhookReply;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** An HTTP server, with bounds on connections, memory and time. Its threads never wait for a peer or for the site. */
public final class WebServer implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final int MAX_THREADS = 8;
    private static final int BUFFER_CAPACITY = 1 << 16;
    private static final long MAX_BUFFERS = 4L << 20;
    private static final WebhookReply ENDING =
            WebhookReply.json(503, "{\"status\":\"unavailable\",\"reason\":\"stopping, send it again\"}");
    private static final WebhookReply TOO_MANY_HEADERS =
            WebhookReply.json(431, "{\"status\":\"refused\",\"reason\":\"too many headers\"}");

    private final Server server;
    private final ServerConnector connector;
    private final OpenConnections connections;
    private final HttpLimits limits;
    private final Proxies proxies;
    private final Site site;
    private final LargeBodies large;

    private WebServer(HttpLimits limits, Proxies proxies, Site site, LargeBodies large) {
        this.limits = limits;
        this.proxies = proxies;
        this.site = site;
        this.large = large;
        connections = new OpenConnections(limits);
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 1);
        threads.setName("http");
        threads.setDaemon(true);
        server = new Server(
                threads, null, new ArrayByteBufferPool(0, -1, BUFFER_CAPACITY, -1, MAX_BUFFERS, MAX_BUFFERS));
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration()));
        connector.setIdleTimeout(limits.keepAlive().toMillis());
        connector.setAcceptQueueSize(BACKLOG);
        connector.addBean(connections);
        server.addConnector(connector);
        server.setErrorHandler(WebServer::refuse);
        server.setHandler(new GracefulHandler(new Requests()));
        server.setStopTimeout(limits.stop().toMillis());
    }

    private static HttpConfiguration configuration() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HttpLimits.MAX_HEAD_BYTES);
        // Paths are compared as they were sent and never decoded, so none is ambiguous.
        http.setUriCompliance(UriCompliance.UNSAFE);
        return http;
    }

    /**
     * Starts to accept.
     *
     * @param host a name or an address
     * @param port 0 picks one
     * @throws BridgeException if the address cannot be listened on
     */
    public static WebServer start(String host, int port, HttpLimits limits, Proxies proxies, Site site) {
        return start(host, port, limits, proxies, site, LargeBodies.ofHeap());
    }

    static WebServer start(String host, int port, HttpLimits limits, Proxies proxies, Site site, LargeBodies large) {
        WebServer web = new WebServer(limits, proxies, site, large);
        try {
            web.connector.setHost(InetAddress.getAllByName(host)[0].getHostAddress());
            web.connector.setPort(port);
            web.server.start();
            web.connections.start();
            return web;
        } catch (Exception e) {
            web.close();
            throw cannotListen(e, host, port);
        }
    }

    private static BridgeException cannotListen(Exception e, String host, int port) {
        boolean taken = e.getCause() instanceof BindException bind
                && String.valueOf(bind.getMessage()).contains("in use");
        String sentence = taken
                ? "port " + port + " is taken: choose another --port"
                : "cannot listen on " + host + " and port " + port + ": check --host and --port";
        return new BridgeException(ExitCode.USAGE, sentence, e);
    }

    /** Jetty calls it for each request, on a thread that must not block. */
    private final class Requests extends Handler.Abstract.NonBlocking {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            // Jetty would end an answer that takes longer than a connection may be idle; the site's own bounds count.
            request.addIdleTimeoutListener(timeout -> false);
            Exchange exchange =
                    new Exchange(head(request), request, response, callback, connections.of(request), limits, large);
            if (request.getHeaders().size() > HttpLimits.MAX_HEADERS) {
                exchange.reply(TOO_MANY_HEADERS);
            } else if (connections.isClosing()) {
                exchange.reply(ENDING);
            } else {
                site.handle(exchange);
            }
            return true;
        }
    }

    private RequestHead head(Request request) {
        HttpFields fields = request.getHeaders();
        Map<String, String> headers = new HashMap<>();
        fields.forEach(field -> headers.merge(
                field.getLowerCaseName(), String.valueOf(field.getValue()), (first, next) -> first + "," + next));
        String path = request.getHttpURI().getPath();
        SocketAddress caller = request.getConnectionMetaData().getRemoteSocketAddress();
        String address =
                caller instanceof InetSocketAddress known ? known.getAddress().getHostAddress() : "";
        return new RequestHead(
                request.getMethod(),
                path == null ? "" : path,
                headers,
                proxies.sender(address, fields.getValuesList("X-Forwarded-For")));
    }

    /** Answers what is not HTTP, or exceeds a bound of the server itself. */
    private static boolean refuse(Request request, Response response, Callback callback) {
        if (response.getStatus() == 500) {
            // Dataverse does not retry a 500.
            response.setStatus(503);
        }
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        String word = response.getStatus() < 500 ? "refused" : "unavailable";
        response.write(true, ByteBuffer.wrap(("{\"status\":\"" + word + "\"}").getBytes(UTF_8)), callback);
        return true;
    }

    public int port() {
        return connector.getLocalPort();
    }

    /** Refuses new connections, answers the requests in progress, at most for the limits' time, and ends. */
    @Override
    public void close() {
        connector.close();
        connections.beginToClose();
        try {
            server.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            // Not all requests were done in time. Their connections are closed all the same; their senders send again.
            connections.closeAll();
        }
        connections.close();
        site.close();
    }
}
