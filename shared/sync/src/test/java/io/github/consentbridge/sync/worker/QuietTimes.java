package io.github.consentbridge.sync.worker;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * When the bridge had heard of everything and had nothing to do, and what both systems showed then. It ends with the second
 * in which something happens, because a contact's changes have no finer time.
 */
final class QuietTimes {
    private final Systems systems;
    private final List<Quiet> ended = new ArrayList<>();
    private final List<Quiet> open = new ArrayList<>();

    /**
     * One person's quiet time.
     *
     * @param known how many choices had been made, by topic
     * @param row the contact's columns that have a value
     * @param inDidomi what Didomi may show, by topic
     */
    record Quiet(
            String person,
            Instant from,
            Instant until,
            Map<String, Integer> known,
            Map<String, Object> row,
            Map<String, Set<String>> inDidomi) {
        private Quiet until(Instant end) {
            return new Quiet(person, from, end, known, row, inDidomi);
        }
    }

    QuietTimes(Systems systems) {
        this.systems = systems;
    }

    /** Nothing waits, nothing is pending: what this person's systems show is known. */
    void begin(RandomPerson person) {
        Map<String, Integer> known = new HashMap<>();
        Map<String, Set<String>> inDidomi = new HashMap<>();
        for (String topic : ShownTopics.TOPICS) {
            known.put(topic, person.made(topic).size());
            inDidomi.put(topic, person.inDidomi(topic));
        }
        Instant now = systems.clock.instant();
        open.add(new Quiet(person.key, now, now, known, systems.dataverse.contact(person.contact()), inDidomi));
    }

    /** Something happens. */
    void end() {
        Instant second = systems.clock.instant().truncatedTo(ChronoUnit.SECONDS);
        open.forEach(quiet -> ended.add(quiet.until(second)));
        open.clear();
    }

    /** The quiet time of a person in which this moment lies. */
    Optional<Quiet> at(String person, Instant time) {
        return ended.stream()
                .filter(quiet ->
                        quiet.person().equals(person) && !time.isBefore(quiet.from()) && time.isBefore(quiet.until()))
                .findFirst();
    }
}
