package io.github.consentbridge.connectors.didomi;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.connectors.http.Bisection;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.connectors.http.RemoteFailure;
import io.github.consentbridge.connectors.http.RemoteResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One call of {@link DidomiClient#postEvents}: arrays in order, until the system as a whole fails. */
final class EventPoster {
    static final int MAX_EVENTS = 100;

    private final DidomiApi api;
    private final Function<DidomiEvent, Optional<String>> lookup;
    private final Map<String, String> options;
    private @Nullable RemoteException stopped;

    EventPoster(DidomiApi api, Function<DidomiEvent, Optional<String>> lookup, boolean silenceIntegrations) {
        this.api = api;
        this.lookup = lookup;
        this.options = silenceIntegrations ? Map.of("$disable_integrations", "true") : Map.of();
    }

    List<EventResult> post(List<DidomiEvent> events) {
        List<EventResult> results = new ArrayList<>(events.size());
        for (int start = 0; start < events.size(); start += MAX_EVENTS) {
            results.addAll(array(events.subList(start, Math.min(start + MAX_EVENTS, events.size()))));
        }
        return results;
    }

    private List<EventResult> array(List<DidomiEvent> events) {
        Bisection<DidomiEvent, EventResult> bisection = new Bisection<>(events, new Arrays());
        List<EventResult> results = bisection.send();
        bisection.stopCause().ifPresent(failure -> stopped = failure);
        return results;
    }

    /**
     * An array that is refused or fails is halved: it is not documented which element is at fault and whether the others
     * were stored. Repeats are harmless.
     */
    private final class Arrays implements Bisection.Requests<DidomiEvent, EventResult> {
        @Override
        public List<EventResult> send(List<DidomiEvent> events) {
            if (stopped != null) {
                return Collections.nCopies(events.size(), new EventResult.Failed(stopped));
            }
            Set<String> stored = api.post("/consents/events", options, json(events), EventPoster::idsIn);
            return events.stream().map(event -> confirmed(event, stored)).toList();
        }

        @Override
        public EventResult alone(DidomiEvent event, RemoteException failure) {
            return failure.concernsSystem() ? stopped(event, failure) : refused(event, failure);
        }

        @Override
        public EventResult stopped(DidomiEvent event, RemoteException failure) {
            return new EventResult.Failed(failure);
        }

        @Override
        public void probe() {
            new DidomiProbe(api).posts();
        }
    }

    private EventResult confirmed(DidomiEvent event, Set<String> stored) {
        RemoteFailure missing = RemoteFailure.withoutAnswer(RemoteException.Kind.UNAVAILABLE, "missing_event");
        return stored.contains(event.id())
                ? new EventResult.Posted()
                : orLookedUp(
                        event,
                        new EventResult.Failed(new DidomiException(missing, "Didomi's answer lacks a posted event")));
    }

    private EventResult refused(DidomiEvent event, RemoteException failure) {
        return orLookedUp(event, new EventResult.Rejected(failure.status(), failure.detail()));
    }

    private EventResult orLookedUp(DidomiEvent event, EventResult otherwise) {
        if (stopped != null) {
            return new EventResult.Failed(stopped);
        }
        try {
            return lookup.apply(event).isPresent() ? new EventResult.Posted() : otherwise;
        } catch (RemoteException failure) {
            if (!failure.concernsSystem()) {
                return otherwise;
            }
            stopped = failure;
            return new EventResult.Failed(failure);
        }
    }

    /** A single event is sent as an object. This is the documented form, and its refusal can only mean this event. */
    private static String json(List<DidomiEvent> events) {
        return events.size() == 1
                ? events.get(0).json()
                : events.stream().map(DidomiEvent::json).collect(Collectors.joining(",", "[", "]"));
    }

    private static Set<String> idsIn(RemoteResponse response) {
        if (!response.isSuccess()) {
            throw DidomiException.from(response);
        }
        JsonNode answer = DidomiJson.tryRead(response.body());
        if (!answer.isContainerNode()) {
            throw DidomiException.unreadable(response, "it is neither an event nor a list of them");
        }
        JsonNode data = answer.path("data");
        JsonNode events = data.isArray() ? data : answer;
        Set<String> ids = new HashSet<>();
        ids.add(answer.path("id").asText(""));
        events.forEach(event -> ids.add(event.path("id").asText("")));
        return ids;
    }
}
