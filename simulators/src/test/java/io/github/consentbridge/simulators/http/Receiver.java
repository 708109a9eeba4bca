package io.github.consentbridge.simulators.http;

import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A webhook that accepts everything and issues tokens to one client under {@code /token}. */
public final class Receiver implements Service, AutoCloseable {
    public static final String CLIENT_ID = "client";
    /** Contains a character that a form must encode. */
    public static final String CLIENT_SECRET = "se&cret";

    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private final Faults faults = new Faults();
    private final SimulatorServer server = SimulatorServer.bind(0);

    private Receiver() {}

    public static Receiver start() {
        Receiver receiver = new Receiver();
        receiver.server.serve(receiver, receiver.faults, new RequestCounters());
        return receiver;
    }

    public URI url(String path) {
        return URI.create(server.url() + path);
    }

    /** Webhook calls are of kind {@link RouteKind#UNKNOWN}, logins of kind {@link RouteKind#TOKEN}. */
    public Faults faults() {
        return faults;
    }

    /** The received calls that {@link #next} has not returned, oldest first, without those that got a fault. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /** Waits for the next call. */
    public Call next() throws InterruptedException {
        Call call = calls.poll(5, TimeUnit.SECONDS);
        if (call == null) {
            throw new AssertionError("no call came");
        }
        return call;
    }

    @Override
    public RouteKind kind(Call call) {
        return call.rawPath().equals("/token") ? RouteKind.TOKEN : RouteKind.UNKNOWN;
    }

    @Override
    public Reply answer(Call call) {
        calls.add(call);
        return kind(call) == RouteKind.TOKEN ? token(call) : Reply.empty(202);
    }

    @Override
    public Reply error(int status) {
        return Reply.empty(status);
    }

    @Override
    public void close() {
        server.close();
    }

    private static Reply token(Call call) {
        String credentials = call.bodyText() + call.header("Authorization").orElse("");
        boolean known = credentials.contains("se&cret")
                || credentials.contains("se%26cret")
                || credentials.contains("Y2xpZW50OnNlJTI2Y3JldA==");
        return Reply.json(
                known ? 200 : 401, Json.object().put("access_token", "issued").put("expires_in", 60));
    }
}
