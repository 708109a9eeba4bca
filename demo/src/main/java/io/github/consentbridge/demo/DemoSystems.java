package io.github.consentbridge.demo;

import io.github.consentbridge.connectors.http.ServiceUrl;
import io.github.consentbridge.simulators.Simulators;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.sync.connections.Endpoints;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Simulated Didomi, Dataverse and Entra with the people of the sample deliveries, who exist in both systems. */
final class DemoSystems implements AutoCloseable {
    /** The mapped columns, in the order in which they are shown. */
    private static final String[] COLUMNS = {"new_newsletter", "donotbulkemail", "new_frequency"};

    private static final String[] PURPOSES = {"newsletter", "marketing"};

    static final int WEEKLY = 100_000_001;
    static final int MONTHLY = 100_000_002;

    /** What staff see for the option numbers. */
    static final Map<Integer, String> OPTION_LABELS = Map.of(WEEKLY, "Weekly", MONTHLY, "Monthly");

    private final Simulators simulators;
    private final Map<String, Person> people = new LinkedHashMap<>();

    /** Somebody who exists in both systems. */
    record Person(String key, String firstName, String lastName, UUID contactId) {}

    DemoSystems(Clock clock) {
        simulators = Simulators.start(clock);
        simulators.dataverse().column(SimulatedColumn.bool("new_newsletter").labelled("Newsletter"));
        simulators
                .dataverse()
                .column(SimulatedColumn.choice("new_frequency", OPTION_LABELS).labelled("E-mail Frequency"));
        simulators.didomi().knowsPurpose("newsletter");
        simulators.didomi().knowsPurpose("marketing");
        simulators.didomi().knowsPreference("marketing", "frequency", "weekly", "monthly");
        person(1, "ada@example.org", "Ada", "Byron");
        person(2, "blaise@example.org", "Blaise", "Pascal");
        person(3, "o'brien@example.org", "Flann", "O'Brien");
        person(4, "renée@example.org", "Renée", "Dupont");
        // The choices that the sample deliveries presuppose in Didomi, for the people who are looked up there.
        chosen(SimulatedChoice.by("ada@example.org")
                .purpose("newsletter", true)
                .at(Instant.parse("2026-10-02T08:15:30.120Z")));
        chosen(SimulatedChoice.by("o'brien@example.org")
                .purpose("newsletter", true)
                .purpose("marketing", false)
                .at(Instant.parse("2026-10-03T07:58:19.640Z")));
        chosen(SimulatedChoice.by("blaise@example.org")
                .purpose("newsletter", false)
                .at(Instant.parse("2026-10-04T16:45:10.900Z")));
    }

    /** @param number last digit of the contact's id, which the sample deliveries of Dynamics name */
    private void person(int number, String key, String firstName, String lastName) {
        Map<String, Object> values = Map.of(
                "contactid",
                UUID.fromString("6f0c1f6e-8d2a-4d9b-9a51-1c5a3c1f0a0" + number),
                "emailaddress1",
                key,
                "firstname",
                firstName,
                "lastname",
                lastName);
        UUID contactId = simulators.dataverse().addContact(values);
        people.put(key, new Person(key, firstName, lastName, contactId));
    }

    private void chosen(SimulatedChoice choice) {
        simulators.didomi().choose(choice.silently());
    }

    /** A person chooses in Didomi, now. */
    void choose(String person, String purpose, boolean granted) {
        simulators.didomi().choose(person, Map.of(purpose, granted));
    }

    /** Staff edit a contact, now. */
    void edit(String key, String column, Object value) {
        simulators.dataverse().editContact(person(key).contactId(), Map.of(column, value));
    }

    /** @throws IllegalArgumentException if the demo has no such person */
    Person person(String key) {
        return Optional.ofNullable(people.get(key))
                .orElseThrow(
                        () -> new IllegalArgumentException("the demo knows no such person: choose one of the list"));
    }

    /** Everyone, in order. */
    List<Person> everyone() {
        return List.copyOf(people.values());
    }

    Simulators simulators() {
        return simulators;
    }

    Endpoints endpoints() {
        return new Endpoints(
                ServiceUrl.parse("DIDOMI_API_URL", simulators.didomi().url().toString()),
                ServiceUrl.parse("ENTRA_LOGIN_URL", simulators.entra().url().toString()));
    }

    /** The organization user ids. */
    Iterable<String> people() {
        return people.keySet();
    }

    /** What both systems show for each person, by system, person and column or purpose; {@code empty} for nothing. */
    Map<String, String> shown() {
        Map<String, String> shown = new TreeMap<>();
        people.forEach((person, known) -> {
            Map<String, Object> contact = simulators.dataverse().contact(known.contactId());
            for (String column : COLUMNS) {
                shown.put("Dynamics, " + person + ", " + column, text(contact.get(column)));
            }
            for (String purpose : PURPOSES) {
                shown.put(
                        "Didomi, " + person + ", " + purpose,
                        text(simulators.didomi().enabled(person, purpose)));
            }
            shown.put(
                    "Didomi, " + person + ", frequency",
                    text(simulators.didomi().preference(person, "marketing", "frequency")));
        });
        return shown;
    }

    private static String text(Optional<?> value) {
        return value.map(Object::toString).orElse("empty");
    }

    private static String text(Object value) {
        return value == null
                ? "empty"
                : value.equals(WEEKLY) ? "Weekly" : value.equals(MONTHLY) ? "Monthly" : value.toString();
    }

    /** Delivers the pending notifications of both systems once; returns the bridge's answers. */
    List<Integer> deliver() {
        List<Integer> answers = new ArrayList<>(simulators.didomi().deliverAll());
        answers.addAll(simulators.dataverse().deliverAll());
        return answers;
    }

    @Override
    public void close() {
        simulators.close();
    }
}
