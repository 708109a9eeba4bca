package io.github.consentbridge.standalone.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.standalone.console.api.Api;
import io.github.consentbridge.standalone.console.api.ApiRoute;
import io.github.consentbridge.standalone.console.api.ContactLabels;
import io.github.consentbridge.standalone.console.api.DeadLetterResource;
import io.github.consentbridge.standalone.console.api.DeliveryTrial;
import io.github.consentbridge.standalone.console.api.LastChecks;
import io.github.consentbridge.standalone.console.api.LiveResource;
import io.github.consentbridge.standalone.console.api.MappingResource;
import io.github.consentbridge.standalone.console.api.OverviewResource;
import io.github.consentbridge.standalone.console.api.PeopleResource;
import io.github.consentbridge.standalone.console.api.RightsResource;
import io.github.consentbridge.standalone.console.api.TaskResource;
import io.github.consentbridge.standalone.console.events.EventHub;
import io.github.consentbridge.standalone.console.task.TaskEvents;
import io.github.consentbridge.standalone.console.task.Tasks;
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
import org.jspecify.annotations.Nullable;

/** Serves the console on loopback until it is closed. */
public final class ConsoleServer implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final Sessions sessions;
    private final ConsoleSubject subject;
    private final EventHub events;
    private final Tasks tasks;
    private final Optional<AutoCloseable> listening;
    private final ConsoleTimer timer;
    private final WebServer web;
    private final List<ApiRoute> routes;

    private ConsoleServer(
            ConsoleSubject subject, Optional<LiveSystems> live, int port, Clock clock, SecureRandom random) {
        this.subject = subject;
        sessions = new Sessions(random, clock);
        events = new EventHub(
                ConsoleHeaders.on(Api.error(503, "too many pages are open: close some of them")), subject.outcomeLog());
        LastChecks checks = new LastChecks();
        OverviewResource overview = new OverviewResource(subject, checks);
        tasks = new Tasks(subject, clock, new TaskEvents(events, System::nanoTime)::changed, checks::keep);
        routes = routes(overview, live, clock);
        listening = live.map(systems -> systems.listen(this::publish));
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

    private List<ApiRoute> routes(OverviewResource overview, Optional<LiveSystems> live, Clock clock) {
        ContactLabels labels = new ContactLabels(subject, clock);
        List<ApiRoute> all = new ArrayList<>();
        all.addAll(new SessionResource(sessions, subject.name(), live.isPresent(), events::endAll).routes());
        all.addAll(overview.routes());
        all.addAll(new PeopleResource(subject, labels, clock).routes());
        all.addAll(new RightsResource(subject).routes());
        all.addAll(new TaskResource(tasks).routes());
        all.addAll(new DeadLetterResource(subject, clock).routes());
        all.addAll(new MappingResource(subject, labels, new DeliveryTrial(subject, clock)).routes());
        live.ifPresent(systems -> all.addAll(new LiveResource(systems).routes()));
        return all;
    }

    /** Of what a person's systems show, only the newest state counts. */
    private void publish(String name, ObjectNode data) {
        @Nullable String state = name.equals("live-state") ? data.path("key").asText() : null;
        events.publish(name, state, data);
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

    /** What the page can ask, but for the events. */
    List<ApiRoute> routes() {
        return List.copyOf(routes);
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
        tasks.close();
        events.endAll();
        web.close();
        subject.close();
    }

    private static void end(AutoCloseable listener) {
        try {
            listener.close();
        } catch (Exception e) {
            throw new IllegalStateException("the live systems cannot be left", e);
        }
    }
}
