package io.github.consentbridge.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.demo.DemoSystems.Person;
import io.github.consentbridge.demo.LiveFeed.Kind;
import io.github.consentbridge.demo.LiveFeed.LiveEvent;
import io.github.consentbridge.demo.LiveFeed.Place;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns the lines of the bridge's log into events for the page. Safe for use by several threads. */
final class OutcomeEvents {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final LiveFeed feed;
    private final Map<String, Person> byHash;
    private final Map<String, AtomicLong> written = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> applied = new ConcurrentHashMap<>();
    private final Set<String> paused = ConcurrentHashMap.newKeySet();
    private volatile String lastIgnored = "";

    /** @param hash what the log calls a person */
    OutcomeEvents(LiveFeed feed, List<Person> people, UnaryOperator<String> hash) {
        this.feed = feed;
        this.byHash = people.stream().collect(Collectors.toMap(person -> hash.apply(person.key()), person -> person));
    }

    /** How often the bridge has written this person's contact so far. */
    long written(String key) {
        return counter(written, key).get();
    }

    /** How often the bridge has written this person's contact, or posted an event of them, so far. */
    long applied(String key) {
        return counter(applied, key).get();
    }

    /** Why the last delivery was ignored that was. */
    String lastIgnored() {
        return lastIgnored;
    }

    /** @param line as the bridge logged it */
    void read(String line) {
        try {
            JsonNode fields = MAPPER.readTree(line);
            publish(fields, byHash.get(fields.path("person").asText()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the bridge logged a line that is not JSON", e);
        }
    }

    private void publish(JsonNode line, @Nullable Person person) {
        switch (line.path("outcome").asText()) {
            case "delivery ignored" -> lastIgnored = line.path("why").asText();
            case "created", "updated" -> applied(line, person, true);
            case "posted" -> applied(line, person, false);
            case "superseded" ->
                say(Kind.DECIDED, person, "An older choice of " + name(person) + " came in: the newer one stands.");
            case "inferred" ->
                say(
                        Kind.DECIDED,
                        person,
                        "The bridge found a change of " + name(person) + " that was never delivered.");
            case "conflict" ->
                say(Kind.WAITING, person, name(person) + "’s contact changed meanwhile: the bridge reads it again.");
            case "paused" -> paused(system(line));
            case "resumed" -> {
                paused.remove(system(line));
                say(Kind.RECOVERED, null, system(line) + " answers again.");
            }
            case "record failed" ->
                say(
                        Kind.FAILED,
                        null,
                        "One contact cannot be written. Its delivery waits longer after each attempt; all others go on.");
            case "dead letter" -> say(Kind.FAILED, person, "A delivery was given up: see Dead letters for its reason.");
            default -> {
                // Says nothing that the page does not show otherwise.
            }
        }
    }

    /** Each delivery that meets the failure pauses the system again, which is worth one sentence. */
    private void paused(String system) {
        if (paused.add(system)) {
            say(Kind.WAITING, null, system + " does not answer: what is meant for it waits, and nothing is lost.");
        }
    }

    private void applied(JsonNode line, @Nullable Person person, boolean toDynamics) {
        String mapping = line.path("mapping").asText();
        String after = line.path("after").asText();
        if (person == null) {
            return;
        }
        LiveField.ofMapping(mapping).ifPresent(field -> {
            String made = line.path("winner").asText().equals("didomi") ? "in Didomi" : "in Dynamics";
            String choice = name(person) + " " + field.deed(after) + ".";
            say(Kind.DECIDED, person, "The newest choice stands, made " + made + ": " + choice);
            counter(applied, person.key()).incrementAndGet();
            paused.remove(toDynamics ? "Dynamics" : "Didomi");
            if (toDynamics) {
                counter(written, person.key()).incrementAndGet();
                wrote(field, person, after);
            } else {
                posted(field, person, after);
            }
        });
    }

    private void wrote(LiveField field, Person person, String after) {
        JsonNode value = field.inColumn(after);
        feed.publish(new LiveEvent(
                Kind.WRITTEN,
                Place.BRIDGE,
                Place.DYNAMICS,
                person.key(),
                field.id(),
                value,
                "The bridge set “" + field.columnLabel() + "” to " + field.shown(value) + " on " + name(person)
                        + "’s contact."));
    }

    private void posted(LiveField field, Person person, String after) {
        feed.publish(new LiveEvent(
                Kind.POSTED,
                Place.BRIDGE,
                Place.DIDOMI,
                person.key(),
                field.id(),
                MAPPER.getNodeFactory().textNode(after),
                "The bridge told Didomi that " + name(person) + " " + field.deed(after) + "."));
    }

    private void say(Kind kind, @Nullable Person person, String sentence) {
        feed.publish(new LiveEvent(kind, Place.BRIDGE, null, person == null ? null : person.key(), sentence));
    }

    private static String system(JsonNode line) {
        return line.path("system").asText().equals("DIDOMI") ? "Didomi" : "Dynamics";
    }

    private static String name(@Nullable Person person) {
        return person == null ? "a person" : person.firstName();
    }

    private static AtomicLong counter(Map<String, AtomicLong> counters, String key) {
        return counters.computeIfAbsent(key, any -> new AtomicLong());
    }
}
