package io.github.consentbridge.sync.worker;

import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.delivery.ContactChange;
import io.github.consentbridge.mapping.delivery.DidomiReader;
import io.github.consentbridge.mapping.delivery.DynamicsReader;
import io.github.consentbridge.mapping.delivery.MalformedDeliveryException;
import io.github.consentbridge.mapping.delivery.Reading;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.ledger.LedgerKey;
import io.github.consentbridge.sync.queue.Delivery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads the deliveries of a batch. Didomi's are read one by one, those of Dynamics together, because they may need rows. */
final class BatchIntake {
    private final Integration integration;
    private final DidomiReader didomi;
    private final DynamicsReader dynamics;
    private final ContactIntake contacts;
    private final SystemPauses pauses;

    BatchIntake(Integration integration, DidomiReader didomi, ContactIntake contacts, SystemPauses pauses) {
        this.integration = integration;
        this.didomi = didomi;
        this.dynamics = new DynamicsReader(integration);
        this.contacts = contacts;
        this.pauses = pauses;
    }

    /**
     * @param people what they say of people, delivery by delivery
     * @param finished the outcomes of those that concern no one, or that cannot be read
     */
    record Result(List<PersonNews> people, Map<Delivery, DeliveryOutcome> finished) {}

    Result read(List<Delivery> batch) {
        List<PersonNews> people = new ArrayList<>();
        Map<Delivery, DeliveryOutcome> finished = new LinkedHashMap<>();
        Map<Delivery, ContactChange> changes = new LinkedHashMap<>();
        for (Delivery delivery : batch) {
            try {
                if (delivery.side() == Side.DYNAMICS
                        && dynamics.read(delivery.body()) instanceof ContactChange change) {
                    changes.put(delivery, change);
                } else if (delivery.side() == Side.DIDOMI
                        && didomi.read(delivery.body(), delivery.id(), delivery.receivedAt())
                                instanceof Reading.News news) {
                    String spelled = news.person().value();
                    people.add(PersonNews.of(LedgerKey.of(integration, spelled), delivery, news));
                } else {
                    finished.put(delivery, new DeliveryOutcome.Done());
                }
            } catch (MalformedDeliveryException e) {
                finished.put(delivery, new DeliveryOutcome.Dead("the delivery cannot be read: " + e.getMessage()));
            }
        }
        Result fromDynamics = read(changes);
        people.addAll(fromDynamics.people());
        finished.putAll(fromDynamics.finished());
        return new Result(people, finished);
    }

    /** A failure here affects every delivery of Dynamics in the batch; that of a single row does not come here. */
    private Result read(Map<Delivery, ContactChange> changes) {
        for (int attempt = 1; !changes.isEmpty(); attempt++) {
            try {
                return contacts.read(changes, contacts.reader());
            } catch (RemoteException e) {
                if (attempt == SettleRounds.MAX_ROUNDS || !contacts.canTryAgain(e)) {
                    return all(changes, pauses.outcomeAfter(e, changes.size()));
                }
            } catch (CredentialsException e) {
                return all(changes, pauses.outcomeAfter(e));
            }
        }
        return new Result(List.of(), Map.of());
    }

    private static Result all(Map<Delivery, ContactChange> changes, DeliveryOutcome outcome) {
        return new Result(
                List.of(),
                changes.keySet().stream().collect(Collectors.toMap(delivery -> delivery, delivery -> outcome)));
    }
}
