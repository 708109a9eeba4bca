package io.github.consentbridge.sync.worker;

import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.delivery.ContactChange;
import io.github.consentbridge.mapping.delivery.DidomiReader;
import io.github.consentbridge.mapping.delivery.DynamicsReader;
import io.github.consentbridge.mapping.delivery.MalformedDeliveryException;
import io.github.consentbridge.mapping.delivery.Reading;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.sync.queue.Delivery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the deliveries of a batch: Didomi's become news of people at once, those of Dynamics need a second look. */
final class BatchIntake {
    private final DidomiReader didomi;
    private final DynamicsReader dynamics;

    BatchIntake(Integration integration, DidomiReader didomi) {
        this.didomi = didomi;
        this.dynamics = new DynamicsReader(integration);
    }

    /**
     * Adds Didomi's news to the people; deliveries that concern nobody get their fate at once.
     *
     * @return what the deliveries of Dynamics say
     */
    Map<Delivery, ContactChange> read(
            List<Delivery> batch, People people, Map<Delivery, DeliveryOutcome> deliveryOutcomes) {
        Map<Delivery, ContactChange> changes = new LinkedHashMap<>();
        for (Delivery delivery : batch) {
            try {
                if (delivery.side() == Side.DYNAMICS
                        && dynamics.read(delivery.body()) instanceof ContactChange change) {
                    changes.put(delivery, change);
                } else if (delivery.side() == Side.DIDOMI && didomi(delivery) instanceof Reading.News news) {
                    people.add(delivery, news);
                } else {
                    deliveryOutcomes.put(delivery, new DeliveryOutcome.Done());
                }
            } catch (MalformedDeliveryException e) {
                deliveryOutcomes.put(
                        delivery, new DeliveryOutcome.Dead("the delivery cannot be read: " + e.getMessage()));
            }
        }
        return changes;
    }

    private Reading didomi(Delivery delivery) throws MalformedDeliveryException {
        return didomi.read(delivery.body(), delivery.id(), delivery.receivedAt());
    }
}
