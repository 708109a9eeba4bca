package io.github.consentbridge.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.demo.DemoSystems.Person;
import io.github.consentbridge.demo.LiveFeed.Kind;
import io.github.consentbridge.demo.LiveFeed.LiveEvent;
import io.github.consentbridge.demo.LiveFeed.Place;
import io.github.consentbridge.simulators.Simulators;
import io.github.consentbridge.simulators.dataverse.DataverseDelivery;
import io.github.consentbridge.simulators.deliveries.DeliveringSystem;
import io.github.consentbridge.simulators.deliveries.NumberedDelivery;
import io.github.consentbridge.simulators.didomi.Delivery;
import io.github.consentbridge.simulators.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends what the simulated systems have to deliver, one by one, and says what becomes of it. For one thread. */
final class DeliveryPump {
    private final DemoSystems systems;
    private final LiveFeed feed;
    private final OutcomeEvents outcomes;

    DeliveryPump(DemoSystems systems, LiveFeed feed, OutcomeEvents outcomes) {
        this.systems = systems;
        this.feed = feed;
        this.outcomes = outcomes;
    }

    /** Makes one attempt at each pending delivery. */
    void deliverAll() {
        Simulators simulators = systems.simulators();
        for (Delivery delivery : simulators.didomi().pending()) {
            @Nullable Person person = personOf(delivery);
            say(
                    Kind.DELIVERY,
                    Place.DIDOMI,
                    person,
                    "Didomi notifies the bridge of " + choice(person) + " (" + delivery.type() + ").");
            send(simulators.didomi(), delivery, Place.DIDOMI, person);
        }
        for (DataverseDelivery delivery : simulators.dataverse().pending()) {
            @Nullable Person person = personOf(delivery);
            say(
                    Kind.DELIVERY,
                    Place.DYNAMICS,
                    person,
                    "Dynamics notifies the bridge of a change of " + contact(person) + ".");
            send(simulators.dataverse(), delivery, Place.DYNAMICS, person);
        }
    }

    private <D extends NumberedDelivery> void send(
            DeliveringSystem<D> system, D delivery, Place from, @Nullable Person person) {
        for (int status : system.deliver(index(system, delivery))) {
            answered(status, from, person);
        }
    }

    private static <D extends NumberedDelivery> int index(DeliveringSystem<D> system, D delivery) {
        return system.pending().indexOf(delivery);
    }

    private void answered(int status, Place to, @Nullable Person person) {
        Kind kind = status / 100 == 2 ? Kind.ACCEPTED : Kind.FAILED;
        String key = person == null ? null : person.key();
        feed.publish(new LiveEvent(kind, Place.BRIDGE, to, key, answer(status)));
    }

    private String answer(int status) {
        return switch (status) {
            case 202 -> "The bridge stored the delivery and answered 202.";
            case 200 -> "The bridge answered 200 and does nothing: " + outcomes.lastIgnored() + ".";
            case 0 -> "The bridge did not answer; the delivery is sent again.";
            default -> "The bridge answered " + status + "; the delivery is sent again.";
        };
    }

    /** Loses everything that is pending, as when a network fails. */
    void loseAll() {
        List<String> lost = new ArrayList<>();
        Simulators simulators = systems.simulators();
        while (!simulators.didomi().pending().isEmpty()) {
            @Nullable Person person = personOf(simulators.didomi().lose(0));
            lost(lost, Place.DIDOMI, person, "Didomi’s notification of " + choice(person) + " got lost.");
        }
        while (!simulators.dataverse().pending().isEmpty()) {
            @Nullable Person person = personOf(simulators.dataverse().lose(0));
            lost(lost, Place.DYNAMICS, person, "Dynamics’ notification about " + contact(person) + " got lost.");
        }
    }

    /** One choice can cause several notifications, which are worth one sentence. */
    private void lost(List<String> said, Place from, @Nullable Person person, String sentence) {
        if (!said.contains(sentence)) {
            said.add(sentence);
            say(Kind.LOST, from, person, sentence + " The sides differ now; press Reconcile to repair it.");
        }
    }

    private void say(Kind kind, Place from, @Nullable Person person, String sentence) {
        feed.publish(new LiveEvent(kind, from, Place.BRIDGE, person == null ? null : person.key(), sentence));
    }

    private static String choice(@Nullable Person person) {
        return person == null ? "a choice" : person.firstName() + "’s choice";
    }

    private static String contact(@Nullable Person person) {
        return person == null ? "a contact" : person.firstName() + "’s contact";
    }

    private @Nullable Person personOf(Delivery delivery) {
        return read(delivery.body()).findValuesAsText("organization_user_id").stream()
                .flatMap(key -> systems.everyone().stream()
                        .filter(person -> person.key().equals(key)))
                .findFirst()
                .orElse(null);
    }

    private static JsonNode read(String body) {
        try {
            return Json.parse(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the simulated Didomi sent a body that is not JSON", e);
        }
    }

    private @Nullable Person personOf(DataverseDelivery delivery) {
        Optional<Person> found = systems.everyone().stream()
                .filter(person -> person.contactId().equals(delivery.contactId()))
                .findFirst();
        return found.orElse(null);
    }
}
