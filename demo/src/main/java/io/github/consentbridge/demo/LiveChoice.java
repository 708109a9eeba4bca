package io.github.consentbridge.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.demo.DemoSystems.Person;
import io.github.consentbridge.demo.LiveFeed.Kind;
import io.github.consentbridge.demo.LiveFeed.LiveEvent;
import io.github.consentbridge.demo.LiveFeed.Place;
import io.github.consentbridge.simulators.didomi.Delivery;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import java.util.List;

/**
 * A switch that somebody flips on one of the two sides.
 *
 * @param value Didomi's value, or the column's
 */
record LiveChoice(Place side, Person person, LiveField field, JsonNode value) {
    /**
     * Reads {@code {"key","side":"didomi|dynamics","field","value":true|false|"weekly"|100000001}}; for Dynamics a choice
     * column takes the option's number or Didomi's name of it.
     *
     * @throws IllegalArgumentException with one sentence if it makes no sense
     */
    static LiveChoice of(JsonNode request, DemoSystems systems) {
        Person person = systems.person(request.path("key").asText());
        LiveField field = LiveField.of(request.path("field").asText());
        JsonNode value = request.path("value");
        return switch (request.path("side").asText()) {
            case "didomi" -> new LiveChoice(Place.DIDOMI, person, field, inDidomi(field, value));
            case "dynamics" -> new LiveChoice(Place.DYNAMICS, person, field, inDynamics(field, value));
            default -> throw new IllegalArgumentException("no such side: use didomi or dynamics");
        };
    }

    private static JsonNode inDidomi(LiveField field, JsonNode value) {
        return require(field, value, field.options().containsKey(value.asText()));
    }

    private static JsonNode inDynamics(LiveField field, JsonNode value) {
        JsonNode option = value.isTextual() ? field.inColumn(value.asText()) : value;
        return require(field, option, field.options().containsValue(option.asInt()));
    }

    private static JsonNode require(LiveField field, JsonNode value, boolean isOption) {
        if (field.isChoice() ? !isOption : !value.isBoolean()) {
            throw new IllegalArgumentException(
                    field.isChoice() ? "choose one of the options of the field" : "the field takes true or false");
        }
        return value;
    }

    /** Makes it, now. Returns what Didomi has to deliver because of it. */
    List<Delivery> make(DemoSystems systems) {
        if (side == Place.DYNAMICS) {
            systems.edit(person.key(), field.column(), value.isBoolean() ? value.booleanValue() : value.intValue());
            return List.of();
        }
        SimulatedChoice choice = SimulatedChoice.by(person.key());
        String preference = field.preference();
        return systems.simulators()
                .didomi()
                .choose(
                        preference == null
                                ? choice.purpose(field.purpose(), value.booleanValue())
                                : choice.preference(field.purpose(), preference, value.asText()));
    }

    /** What the page says of it. */
    LiveEvent event() {
        String name = person.firstName();
        String sentence = side == Place.DIDOMI
                ? name + " " + field.deed(inWords()) + " in Didomi."
                : "Staff set “" + field.columnLabel() + "” to " + field.shown(value) + " on " + name
                        + "’s contact in Dynamics.";
        return new LiveEvent(Kind.CHANGED, side, null, person.key(), field.id(), value, sentence);
    }

    private String inWords() {
        return value.isBoolean() ? value.booleanValue() ? "granted" : "refused" : value.asText();
    }
}
