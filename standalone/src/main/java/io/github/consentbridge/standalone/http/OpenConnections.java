package io.github.consentbridge.standalone.http;

import io.github.consentbridge.standalone.http.OpenConnection.Use;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Request;

/**
 * All connections of a server: bounds their number and ends what takes too long. A new connection is always accepted, so
 * that those who only hold connections open keep nobody out; the one that has been idle longest makes room for it.
 */
final class OpenConnections implements Connection.Listener, AutoCloseable {
    private static final long LOOK_EVERY_MILLISECONDS = 250;

    private final HttpLimits limits;
    private final Map<Connection, OpenConnection> open = new ConcurrentHashMap<>();
    private final Thread timer = new Thread(this::lookAgainAndAgain, "http-timer");
    private volatile boolean closing;

    OpenConnections(HttpLimits limits) {
        this.limits = limits;
    }

    void start() {
        timer.setDaemon(true);
        timer.start();
    }

    @Override
    public void onOpened(Connection connection) {
        open.put(connection, new OpenConnection(connection.getEndPoint(), limits));
        if (open.size() > limits.connections()) {
            longestIn(Use.IDLE).or(() -> longestIn(Use.BODY)).ifPresentOrElse(OpenConnection::close, connection::close);
        }
    }

    @Override
    public void onClosed(Connection connection) {
        open.remove(connection);
    }

    /** The connection on which a request came. */
    OpenConnection of(Request request) {
        Connection connection = request.getConnectionMetaData().getConnection();
        OpenConnection known = open.get(connection);
        // Unknown only if it has just been closed: then nothing has to be watched.
        return known == null ? new OpenConnection(connection.getEndPoint(), limits) : known;
    }

    private Optional<OpenConnection> longestIn(Use use) {
        return open.values().stream()
                .filter(one -> one.nanosIn(use).isPresent())
                .max(Comparator.comparingLong(one -> one.nanosIn(use).orElse(-1)));
    }

    private void lookAgainAndAgain() {
        try {
            while (true) {
                Thread.sleep(LOOK_EVERY_MILLISECONDS);
                look();
            }
        } catch (InterruptedException e) {
            // By close(); nobody is connected any more.
            return;
        }
    }

    private void look() {
        long now = System.nanoTime();
        for (OpenConnection one : open.values()) {
            if (closing && one.nanosIn(Use.IDLE).isPresent()) {
                one.close();
            } else {
                one.endIfExpired(now);
            }
        }
    }

    boolean isClosing() {
        return closing;
    }

    /** From now on, connections without a request are closed. */
    void beginToClose() {
        closing = true;
        look();
    }

    void closeAll() {
        open.values().forEach(OpenConnection::close);
    }

    @Override
    public void close() {
        timer.interrupt();
    }
}
