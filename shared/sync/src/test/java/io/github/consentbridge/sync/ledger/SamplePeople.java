package io.github.consentbridge.sync.ledger;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.DidomiPath;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.document.Regulation;
import io.github.consentbridge.mapping.settle.ConsentRecord;
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
            replicas.put("user-" + user, new Replica(reported, false, null, null, List.of()));
        });
        SortedMap<ConsentRecordId, ConsentRecord> records = new TreeMap<>();
        records.put(NEWSLETTER, new ConsentRecord(replicas, new TreeMap<>(), List.of(), null));
        return new Person(person, null, records);
    }

    static Person onContact(Person person, String contact) {
        return new Person(person.key(), contact, person.records());
    }
}
