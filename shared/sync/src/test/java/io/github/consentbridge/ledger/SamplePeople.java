package io.github.consentbridge.ledger;

import io.github.consentbridge.mapping.ConsentValue;
import io.github.consentbridge.mapping.DidomiPath;
import io.github.consentbridge.mapping.OrganizationUserId;
import io.github.consentbridge.mapping.Regulation;
import io.github.consentbridge.settle.Choice;
import io.github.consentbridge.settle.Person;
import io.github.consentbridge.settle.Place;
import io.github.consentbridge.settle.Register;
import io.github.consentbridge.settle.RegisterId;
import io.github.consentbridge.settle.Told;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** People who have chosen something. */
final class SamplePeople {
    private static final RegisterId NEWSLETTER = new RegisterId(Regulation.GDPR, new DidomiPath.Purpose("newsletter"));

    private SamplePeople() {}

    static Person chosen(OrganizationUserId person, Instant at) {
        return chosen(person, at, 1);
    }

    /** @param users how many Didomi users made the same choice: what makes an entry large */
    static Person chosen(OrganizationUserId person, Instant at, int users) {
        SortedMap<String, Place> places = new TreeMap<>();
        for (int user = 0; user < users; user++) {
            Told told = new Told(ConsentValue.of(true), at, Choice.UNKNOWN_VERSION, "d-" + user);
            places.put("user-" + user, new Place(told, false, null, null, List.of()));
        }
        SortedMap<RegisterId, Register> registers = new TreeMap<>();
        registers.put(NEWSLETTER, new Register(places, new TreeMap<>(), List.of(), null));
        return new Person(person, null, registers);
    }

    static Person onContact(Person person, String contact) {
        return new Person(person.key(), contact, person.registers());
    }
}
