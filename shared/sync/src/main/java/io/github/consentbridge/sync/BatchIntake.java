package io.github.consentbridge.sync;

import io.github.consentbridge.delivery.DidomiReader;
import io.github.consentbridge.delivery.MalformedDeliveryException;
import io.github.consentbridge.delivery.Reading;
import io.github.consentbridge.mapping.Integration;
import io.github.consentbridge.mapping.OrganizationUserId;
import io.github.consentbridge.queue.Delivery;
import io.github.consentbridge.settle.Side;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the deliveries of a batch and groups them by person, so that one settle serves all of a person's. */
final class BatchIntake {
    private final Integration integration;
    private final DidomiReader didomi;

    BatchIntake(Integration integration, DidomiReader didomi) {
        this.integration = integration;
        this.didomi = didomi;
    }

    /** The people to settle; deliveries that concern nobody get their fate at once. */
    Collection<PersonTask> tasks(List<Delivery> batch, Map<Delivery, Fate> fates) {
        Map<OrganizationUserId, PersonTask> tasks = new LinkedHashMap<>();
        for (Delivery delivery : batch) {
            try {
                Reading reading = read(delivery);
                if (reading instanceof Reading.News news) {
                    OrganizationUserId key =
                            LedgerKey.of(integration, news.person().value());
                    tasks.computeIfAbsent(
                                    key, id -> new PersonTask(id, news.person().value()))
                            .add(delivery, news);
                } else {
                    fates.put(delivery, new Fate.Done());
                }
            } catch (MalformedDeliveryException e) {
                fates.put(delivery, new Fate.Dead("the delivery cannot be read: " + e.getMessage()));
            }
        }
        return tasks.values();
    }

    private Reading read(Delivery delivery) throws MalformedDeliveryException {
        if (delivery.side() != Side.DIDOMI) {
            throw new MalformedDeliveryException("deliveries of Dynamics are not understood by this version");
        }
        return didomi.read(delivery.body(), delivery.id(), delivery.receivedAt());
    }
}
