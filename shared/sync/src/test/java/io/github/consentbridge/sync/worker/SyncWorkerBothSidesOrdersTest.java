package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deliveries of both sides end the same in every order and grouping, delivered once or twice. */
@Tag("every-store")
class SyncWorkerBothSidesOrdersTest {
    private final Systems systems =
            new Systems(Systems.document("\"bidirectional\": true,", Systems.NEWS, Systems.NO_NEWS, Systems.OFFERS));
    private final SyncWorker worker = systems.worker();
    private int people;

    @AfterEach
    void stop() {
        systems.close();
    }

    private record Story(String person, UUID contact, List<Delivery> deliveries) {}

    /** Didomi and staff take turns; staff have the last word on the newsletter, Didomi on the offers. */
    private Story story() {
        String person = "person-" + people++;
        UUID contact = systems.dataverse.addContact(Map.of("new_didomiid", person, "new_nonews", true));
        List<Delivery> deliveries = new ArrayList<>();
        deliveries.add(didomi(person, "newsletter", true));
        deliveries.add(staff(contact, Map.of("new_newsletter", true, "new_offers", true)));
        deliveries.add(didomi(person, "offers", false));
        Map<String, Object> cleared = new HashMap<>();
        cleared.put("new_offers", null);
        deliveries.add(staff(contact, cleared));
        deliveries.add(staff(contact, Map.of("new_newsletter", false)));
        return new Story(person, contact, deliveries);
    }

    private Delivery didomi(String person, String purpose, boolean granted) {
        systems.clock.advance(Duration.ofSeconds(10));
        return systems.sent(
                person,
                systems.didomi
                        .choose(SimulatedChoice.by(person)
                                .didomiUser("u-" + person)
                                .purpose(purpose, granted))
                        .get(0));
    }

    private Delivery staff(UUID contact, Map<String, ?> changes) {
        systems.clock.advance(Duration.ofSeconds(10));
        return systems.staff().edit(contact, changes);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void everyOrderAndGroupingEndsTheSame(int batchSize) {
        for (int index : DeliveryOrders.tried()) {
            List<Integer> order = DeliveryOrders.get(index);
            Story story = story();
            systems.clock.advance(Duration.ofSeconds(10));

            handle(story, order, batchSize);

            checkEnd(story, order + " by " + batchSize);
        }
    }

    @Test
    void repeatChangesNothing() {
        for (List<Integer> order : DeliveryOrders.all().subList(0, 20)) {
            Story story = story();
            systems.clock.advance(Duration.ofSeconds(10));
            handle(story, order, 1);
            int events = systems.didomi.events(story.person()).size();
            int writes = systems.writesTo(story.contact());

            handle(story, order, 1);

            checkEnd(story, order + " again");
            assertThat(systems.didomi.events(story.person())).hasSize(events);
            assertThat(systems.writesTo(story.contact())).isEqualTo(writes);
        }
    }

    private void handle(Story story, List<Integer> order, int batchSize) {
        for (int from = 0; from < order.size(); from += batchSize) {
            Delivery[] batch = order.subList(from, Math.min(from + batchSize, order.size())).stream()
                    .map(story.deliveries()::get)
                    .toArray(Delivery[]::new);
            assertThat(systems.handle(worker, batch).values()).containsOnly(new DeliveryOutcome.Done());
        }
    }

    private void checkEnd(Story story, String how) {
        assertThat(systems.dataverse.contact(story.contact()))
                .as(how)
                .containsEntry("new_newsletter", false)
                .containsEntry("new_nonews", true)
                .containsEntry("new_offers", false);
        assertThat(systems.didomi.enabled(story.person(), "newsletter")).as(how).hasValue(false);
        assertThat(systems.didomi.enabled(story.person(), "offers")).as(how).hasValue(false);
    }
}
