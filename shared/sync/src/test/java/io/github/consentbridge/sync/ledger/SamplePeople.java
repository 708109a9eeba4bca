package io.github.consentbridge.sync.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.DidomiPath;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.document.Regulation;
import io.github.consentbridge.mapping.settle.ConsentRecord;
import io.github.consentbridge.mapping.settle.FutureDatedChoice;
import io.github.consentbridge.mapping.settle.InferredChoice;
import io.github.consentbridge.mapping.settle.ObservedValue;
import io.github.consentbridge.mapping.settle.Person;
import io.github.consentbridge.mapping.settle.Replica;
import io.github.consentbridge.mapping.settle.ReportedChoice;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** People who have chosen something. */
final class SamplePeople {
    private static final ConsentRecordId NEWSLETTER =
            new ConsentRecordId(Regulation.GDPR, new DidomiPath.Purpose("newsletter"));

    private SamplePeople() {}

    static Person chosen(OrganizationUserId person, Instant at) {
        return chosen(person, at, 1);
    }

    /** @param users how many Didomi users made the same choice: what makes an entry large */
    static Person chosen(OrganizationUserId person, Instant at, int users) {
        return chosen(person, at, IntStream.range(0, users).mapToObj(Integer::toString));
    }

    /** More than any store takes, packed or not: ids of 20,000 Didomi users that have nothing in common. */
    static Person tooLarge(OrganizationUserId person, Instant at) {
        Random random = new Random(7);
        return chosen(
                person,
                at,
                IntStream.range(0, 20_000)
                        .mapToObj(user -> new UUID(random.nextLong(), random.nextLong()) + "-" + random.nextLong()));
    }

    private static Person chosen(OrganizationUserId person, Instant at, Stream<String> users) {
        SortedMap<String, Replica> replicas = new TreeMap<>();
        users.forEach(user -> {
            ReportedChoice reported =
                    new ReportedChoice(ConsentValue.of(true), at, Choice.UNKNOWN_VERSION, "d-" + user);
            replicas.put("user-" + user, new Replica(reported, List.of(), false, null, null, List.of()));
        });
        SortedMap<ConsentRecordId, ConsentRecord> records = new TreeMap<>();
        records.put(NEWSLETTER, new ConsentRecord(replicas, new TreeMap<>(), List.of(), null));
        return new Person(person, null, records);
    }

    /** A user whose system gave one time for everything, and the time as which that counts. */
    static Person futureDated(OrganizationUserId person, Instant counted, Instant claimed) {
        ConsentValue granted = ConsentValue.of(true);
        ReportedChoice reported = new ReportedChoice(granted, counted, Choice.UNKNOWN_VERSION, "d");
        InferredChoice inferred = new InferredChoice(granted, Instant.EPOCH, counted, claimed, "d", false, null, null);
        ObservedValue observed = new ObservedValue(granted, new Stamp(3, counted, claimed), counted);
        List<FutureDatedChoice> future =
                claimed.equals(counted) ? List.of() : List.of(FutureDatedChoice.of(reported, claimed));
        SortedMap<String, Replica> replicas = new TreeMap<>();
        replicas.put("user-1", new Replica(reported, future, false, inferred, observed, List.of()));
        SortedMap<ConsentRecordId, ConsentRecord> records = new TreeMap<>();
        records.put(NEWSLETTER, new ConsentRecord(replicas, new TreeMap<>(), List.of(), null));
        return new Person(person, null, records);
    }

    /** As much as is remembered of a person: the greatest number of users, each of whom chose and shows all purposes. */
    static Person busiest(OrganizationUserId person, Instant at, int purposes) {
        SortedMap<ConsentRecordId, ConsentRecord> records = new TreeMap<>();
        for (int purpose = 0; purpose < purposes; purpose++) {
            SortedMap<String, Replica> users = new TreeMap<>();
            for (int user = 0; user < LedgerEntry.MAX_DIDOMI_USERS; user++) {
                Instant then = at.plusMillis((purpose * 7919L + user * 104_729L) % 86_400_000L);
                users.put(
                        id("user", user),
                        new Replica(
                                new ReportedChoice(
                                        ConsentValue.of(user % 3 == 0),
                                        then,
                                        Choice.UNKNOWN_VERSION,
                                        id("d" + purpose, user)),
                                List.of(),
                                false,
                                null,
                                new ObservedValue(
                                        ConsentValue.of(user % 3 == 0), new Stamp(user, then.plusMillis(37)), then),
                                List.of()));
            }
            ConsentRecordId id = new ConsentRecordId(Regulation.GDPR, new DidomiPath.Purpose("purpose-" + purpose));
            records.put(id, new ConsentRecord(users, new TreeMap<>(), List.of(), null));
        }
        return new Person(person, null, records);
    }

    private static String id(String kind, int number) {
        return UUID.nameUUIDFromBytes((kind + number).getBytes(UTF_8)).toString();
    }

    static Person onContact(Person person, String contact) {
        return new Person(person.key(), contact, person.records());
    }
}
