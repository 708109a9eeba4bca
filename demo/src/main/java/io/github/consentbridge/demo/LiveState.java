package io.github.consentbridge.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.demo.DemoSystems.Person;
import io.github.consentbridge.simulators.didomi.DidomiSimulator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What both simulated systems show, read from them. For one thread. */
final class LiveState {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final DemoSystems systems;
    private final Map<String, ObjectNode> published = new LinkedHashMap<>();

    LiveState(DemoSystems systems) {
        this.systems = systems;
    }

    /** {@code {"didomi":{"newsletter":true,…},"dynamics":{"new_newsletter":true,…}}}. */
    ObjectNode of(Person person) {
        ObjectNode state = NODES.objectNode();
        ObjectNode didomi = state.putObject("didomi");
        ObjectNode dynamics = state.putObject("dynamics");
        Map<String, Object> contact = systems.simulators().dataverse().contact(person.contactId());
        for (LiveField field : LiveField.ALL) {
            didomi.set(field.id(), inDidomi(person, field));
            dynamics.set(field.column(), node(contact.get(field.column())));
        }
        return state;
    }

    private JsonNode inDidomi(Person person, LiveField field) {
        DidomiSimulator didomi = systems.simulators().didomi();
        String preference = field.preference();
        return preference == null
                ? node(didomi.enabled(person.key(), field.purpose()).orElse(null))
                : node(didomi.preference(person.key(), field.purpose(), preference)
                        .orElse(null));
    }

    private static JsonNode node(@Nullable Object value) {
        if (value instanceof Boolean flag) {
            return NODES.booleanNode(flag);
        }
        return value instanceof Integer number
                ? NODES.numberNode(number)
                : value == null ? NODES.nullNode() : NODES.textNode(value.toString());
    }

    /** Adds people, fields and values to the answer of {@code GET /api/live}. */
    void describe(ObjectNode answer) {
        ArrayNode people = answer.putArray("people");
        ObjectNode state = NODES.objectNode();
        for (Person person : systems.everyone()) {
            people.addObject().put("key", person.key()).put("name", person.firstName() + " " + person.lastName());
            state.set(person.key(), of(person));
        }
        ArrayNode fields = answer.putArray("fields");
        LiveField.ALL.forEach(field -> fields.add(field.json()));
        answer.set("state", state);
    }

    /** Publishes the state of people whose values have changed since the last time. */
    void publishChanges(LiveFeed feed) {
        for (Person person : systems.everyone()) {
            ObjectNode now = of(person);
            if (!now.equals(published.put(person.key(), now))) {
                ObjectNode state = NODES.objectNode().put("key", person.key());
                feed.publishState(state.setAll(now));
            }
        }
    }
}
