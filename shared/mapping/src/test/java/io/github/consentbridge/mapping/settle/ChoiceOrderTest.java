package io.github.consentbridge.mapping.settle;

import static io.github.consentbridge.mapping.settle.World.COLUMN;
import static io.github.consentbridge.mapping.settle.World.F;
import static io.github.consentbridge.mapping.settle.World.NEWSLETTER;
import static io.github.consentbridge.mapping.settle.World.T;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.Wins;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The same choices give the same ledger in any order, repetition and grouping. */
class ChoiceOrderTest {
    private static final List<Choice> CHOICES = List.of(
            didomi("u1", T, "08:00:10.500Z"),
            didomi("u2", F, "08:00:11.200Z"),
            dynamics(T, "08:00:11Z", 4),
            dynamics(F, "08:00:11Z", 5),
            didomi("u1", T, "08:00:11.900Z"));

    private final Settler settler = new Settler(ContactMapping.of(List.of(World.mapped(COLUMN, false))));

    @Test
    void everyOrderRepetitionAndGroupingGivesTheSameLedger() {
        Set<Person> ends = new HashSet<>();
        int walked = 0;
        for (List<Choice> order : orders(withOneRepeated())) {
            for (int cuts = 0; cuts < 1 << (order.size() - 1); cuts++) {
                ends.add(settled(order, cuts));
                walked++;
            }
        }

        assertThat(walked).isEqualTo(720 * 32);
        assertThat(ends).hasSize(1);
        assertThat(ends.iterator().next().record(NEWSLETTER).decision(Wins.NEWEST))
                .hasValueSatisfying(decision -> assertThat(decision.value()).isEqualTo(F));
    }

    private static List<Choice> withOneRepeated() {
        List<Choice> all = new ArrayList<>(CHOICES);
        all.add(CHOICES.get(1));
        return all;
    }

    /** Settles an order in groups: a set bit ends a group after that choice. */
    private Person settled(List<Choice> order, int cuts) {
        Person person = Person.unknown(World.PERSON);
        List<Choice> group = new ArrayList<>();
        for (int index = 0; index < order.size(); index++) {
            group.add(order.get(index));
            if (index == order.size() - 1 || (cuts & 1 << index) != 0) {
                person = settler.settle(person, SettleInput.reported(group, List.of(), null))
                        .person();
                group.clear();
            }
        }
        return person;
    }

    private static List<List<Choice>> orders(List<Choice> choices) {
        if (choices.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Choice>> orders = new ArrayList<>();
        for (int first = 0; first < choices.size(); first++) {
            List<Choice> rest = new ArrayList<>(choices);
            Choice head = rest.remove(first);
            for (List<Choice> tail : orders(rest)) {
                List<Choice> order = new ArrayList<>(List.of(head));
                order.addAll(tail);
                orders.add(order);
            }
        }
        return orders;
    }

    private static Choice didomi(String user, ConsentValue value, String time) {
        return Choice.inDidomi(NEWSLETTER, user, value, Instant.parse("2026-03-01T" + time), "d" + time);
    }

    private static Choice dynamics(ConsentValue value, String time, long version) {
        return Choice.inColumn(NEWSLETTER, COLUMN, value, Instant.parse("2026-03-01T" + time), version, "y" + version);
    }
}
