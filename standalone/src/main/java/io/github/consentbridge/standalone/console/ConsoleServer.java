package io.github.consentbridge.standalone.console;

import io.github.consentbridge.standalone.console.api.Api;
import io.github.consentbridge.standalone.console.api.ApiRoute;
import io.github.consentbridge.standalone.console.api.LastChecks;
import io.github.consentbridge.standalone.console.api.LiveResource;
import io.github.consentbridge.standalone.console.api.OverviewResource;
import io.github.consentbridge.standalone.console.events.EventHub;
import io.github.consentbridge.standalone.http.HttpLimits;
import io.github.consentbridge.standalone.http.WebServer;
import io.github.consentbridge.sync.intake.Proxies;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Serves the console on loopback until it is closed. */
public final class ConsoleServer implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final Sessions sessions;
    private final ConsoleSubject subject;
    private final EventHub events;
    private final ConsoleTimer timer;
    private final WebServer web;
    private final Optional<AutoCloseable> listening;

    private ConsoleServer(
            ConsoleSubject subject, Optional<LiveSystems> live, int port, Clock clock, SecureRandom random) {
        this.subject = subject;
        sessions = new Sessions(random, clock);
        events = new EventHub(
                ConsoleHeaders.on(Api.error(503, "too many pages are open: close some of them")), subject.outcomeLog());
        LastChecks checks = new LastChecks();
        OverviewResource overview = new OverviewResource(subject, checks);
        List<ApiRoute> routes = new ArrayList<>();
        routes.addAll(new SessionResource(sessions, subject.name(), live.isPresent(), events::endAll).routes());
        routes.addAll(overview.routes());
        live.map(LiveResource::new).map(LiveResource::routes).ifPresent(routes::addAll);
        listening = live.map(systems -> systems.listen(events::publish));
        timer = new ConsoleTimer(sessions, events, overview, subject, clock);
        AtomicInteger known = new AtomicInteger();
        web = WebServer.start(
                LOOPBACK,
                port,
                HttpLimits.standard(),
                Proxies.none(),
                new ConsoleSite(
                        sessions,
                        new StaticFiles(),
                        new RequestGuard(known::get),
                        new Api(routes, subject.outcomeLog()),
                        events,
                        subject.outcomeLog()));
        known.set(web.port());
        timer.start();
    }

    /**
     * Starts to serve.
     *
     * @param subject closed with the server
     * @param live both systems, if there is a page Live; empty otherwise
     * @param port 0 picks one
     * @throws io.github.consentbridge.mapping.failure.BridgeException if the port cannot be listened on
     */
    public static ConsoleServer start(ConsoleSubject subject, Optional<LiveSystems> live, int port, Clock clock) {
        return start(subject, live, port, clock, new SecureRandom());
    }

    /** The same with another source of tokens. */
    static ConsoleServer start(
            ConsoleSubject subject, Optional<LiveSystems> live, int port, Clock clock, SecureRandom random) {
        return new ConsoleServer(subject, live, port, clock, random);
    }

    /** The port that it listens on. */
    public int port() {
        return web.port();
    }

    /** The address that opens the console: once, and within five minutes of the start. Not to be logged. */
    public URI openingAddress() {
        return URI.create("http://" + LOOPBACK + ":" + port() + "/open/"
                + sessions.token().value());
    }

    /** Ends what is under way, and closes the subject. A repeat does nothing. */
    @Override
    public void close() {
        timer.close();
        listening.ifPresent(ConsoleServer::end);
        events.endAll();
        web.close();
        subject.close();
    }

    private static void end(AutoCloseable listening) {
        try {
            listening.close();
        } catch (Exception e) {
            throw new IllegalStateException("listening to the systems cannot be ended", e);
        }
    }
}
