package io.github.consentbridge.sync.worker;

import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.delivery.ContactChange;
import io.github.consentbridge.mapping.delivery.ContactReading;
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
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Reads the deliveries of a batch. Didomi's are read one by one, those of Dynamics together, because they may need rows. */
final class BatchIntake {
    private final Integration integration;
    private final DidomiReader didomi;
    private final DynamicsReader dynamics;
    private final ContactIntake contacts;
    private final SystemPauses pauses;
    private final Outcomes outcomes;

    BatchIntake(
            Integration integration,
            DidomiReader didomi,
            ContactIntake contacts,
            SystemPauses pauses,
            Outcomes outcomes) {
        this.integration = integration;
        this.didomi = didomi;
        this.dynamics = new DynamicsReader(integration);
        this.contacts = contacts;
        this.pauses = pauses;
        this.outcomes = outcomes;
    }

    /**
     * @param people what they say of people, delivery by delivery
     * @param finished the outcomes of those that concern no one, or that cannot be read
     */
    record Result(List<PersonNews> people, Map<Delivery, DeliveryOutcome> finished) {
        Result and(Result other) {
            List<PersonNews> all = new ArrayList<>(people);
            all.addAll(other.people);
            Map<Delivery, DeliveryOutcome> both = new LinkedHashMap<>(finished);
            both.putAll(other.finished);
            return new Result(all, both);
        }
    }

    Result read(List<Delivery> batch) {
        List<Delivery> fromDidomi = from(Side.DIDOMI, batch);
        List<Delivery> fromDynamics = from(Side.DYNAMICS, batch);
        return reading(fromDidomi, () -> readDidomi(fromDidomi))
                .and(reading(fromDynamics, () -> readDynamics(fromDynamics)));
    }

    private static List<Delivery> from(Side side, List<Delivery> batch) {
        return batch.stream().filter(delivery -> delivery.side() == side).toList();
    }

    private Result readDidomi(List<Delivery> batch) {
        List<PersonNews> people = new ArrayList<>();
        Map<Delivery, DeliveryOutcome> finished = new LinkedHashMap<>();
        Map<Delivery, Reading.Ignored> ignored = new LinkedHashMap<>();
        for (Delivery delivery : batch) {
            try {
                Reading reading = didomi.read(delivery.body(), delivery.id(), delivery.receivedAt());
                if (reading instanceof Reading.News news) {
                    String spelled = news.person().value();
                    people.add(PersonNews.of(LedgerKey.of(integration, spelled), delivery, news));
                } else {
                    ignored.put(delivery, (Reading.Ignored) reading);
                }
            } catch (MalformedDeliveryException e) {
                finished.put(delivery, unreadable(e));
            }
        }
        // Only now: if a request failed meanwhile, all of them are read again.
        ignored.forEach((delivery, why) -> finished.put(delivery, outcomes.ignored(delivery, why.reason(), why.key())));
        return new Result(people, finished);
    }

    private Result readDynamics(List<Delivery> batch) {
        Map<Delivery, DeliveryOutcome> finished = new LinkedHashMap<>();
        Map<Delivery, ContactReading.Ignored> ignored = new LinkedHashMap<>();
        Map<Delivery, ContactChange> changes = new LinkedHashMap<>();
        for (Delivery delivery : batch) {
            try {
                ContactReading reading = dynamics.read(delivery.body(), delivery.receivedAt());
                if (reading instanceof ContactChange change) {
                    changes.put(delivery, change);
                } else {
                    ignored.put(delivery, (ContactReading.Ignored) reading);
                }
            } catch (MalformedDeliveryException e) {
                finished.put(delivery, unreadable(e));
            }
        }
        Result read = contacts.read(changes);
        ignored.forEach((delivery, why) -> finished.put(delivery, outcomes.ignored(delivery, why.reason(), why.key())));
        return read.and(new Result(List.of(), finished));
    }

    private static DeliveryOutcome unreadable(MalformedDeliveryException why) {
        return new DeliveryOutcome.Dead("the delivery cannot be read: " + why.getMessage());
    }

    /** A failure here affects every delivery of that side in the batch; that of a single row does not come here. */
    private Result reading(List<Delivery> batch, Supplier<Result> read) {
        for (int attempt = 1; ; attempt++) {
            try {
                return read.get();
            } catch (RemoteException e) {
                if (attempt == SettleRounds.MAX_ROUNDS || !contacts.canTryAgain(e)) {
                    return all(batch, pauses.outcomeAfter(e, batch.size()));
                }
            } catch (CredentialsException e) {
                return all(batch, pauses.outcomeAfter(e));
            }
        }
    }

    private static Result all(List<Delivery> batch, DeliveryOutcome outcome) {
        return new Result(
                List.of(),
                batch.stream().distinct().collect(Collectors.toMap(delivery -> delivery, delivery -> outcome)));
    }
}
