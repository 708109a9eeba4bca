package io.github.consentbridge.mapping.delivery;

import static io.github.consentbridge.mapping.delivery.Deliveries.purpose;
import static io.github.consentbridge.mapping.delivery.Deliveries.purposes;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.delivery.OnePerson.Arrived;
import io.github.consentbridge.mapping.delivery.OnePerson.Outcome;
import io.github.consentbridge.mapping.document.Direction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same deliveries have the same result in any order and grouping. */
class DeliveryOrderTest {
    private static final String GRANT = purposes(purpose("newsletter", "true"));
    private static final String REFUSAL = purposes(purpose("newsletter", "false"));

    private static String event(String id, String user, String at, String members, String consents) {
        return """
                {"id": "%s", "created_at": "2026-10-02T%sZ", %s "consents": {%s},
                 "user": {"id": "%s", "organization_user_id": "ada@example.org"}}""".formatted(id, at, members, consents, user);
    }

    private static String user(String id, int version, String at, String consents) {
        return """
                {"id": "%s", "organization_user_id": "ada@example.org", "version": %d,
                 "updated_at": "2026-10-02T%sZ", "consents": {%s}}""".formatted(id, version, at, consents);
    }

    private static Arrived reported(String type, String parameters, String at) {
        return new Arrived("{\"type\": \"%s\", \"parameters\": {%s}}".formatted(type, parameters), at);
    }

    /**
     * What happened to one person.
     *
     * @param users Didomi's users in the end
     * @param events Didomi's events in the end
     */
    private record Story(
            String name, List<Arrived> deliveries, List<String> users, List<String> events, Outcome expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Story> stories() {
        return List.of(refusedOnAnotherDevice(), statesLaterThanTheChoice(), backDated());
    }
    /** A grant that is delivered twice, a later refusal on another device, and unrelated deliveries. */
    private static Story refusedOnAnotherDevice() {
        return new Story(
                "refused on another device",
                List.of(
                        reported(
                                "event.created",
                                "\"entity\": " + event("e-1", "u-1", "08:00:00", "", GRANT),
                                "08:00:01"),
                        reported(
                                "user.updated",
                                "\"source\": " + event("e-2", "u-2", "09:00:00", "", REFUSAL) + ", \"old_entity\": "
                                        + user("u-2", 1, "07:00:00", "") + ", \"new_entity\": "
                                        + user("u-2", 2, "09:00:00.200", REFUSAL),
                                "09:00:01"),
                        reported(
                                "event.created",
                                "\"entity\": " + event("e-1", "u-1", "08:00:00", "", GRANT),
                                "12:00:00"),
                        reported(
                                "event.created",
                                "\"entity\": " + event("e-3", "u-1", "10:00:00", "\"regulation\": \"cpra\",", GRANT),
                                "10:00:01"),
                        reported(
                                "event.created",
                                "\"entity\": "
                                        + event("e-4", "u-1", "11:00:00", "", purposes(purpose("newsletter", "null"))),
                                "11:00:01")),
                List.of(user("u-1", 3, "11:00:00.200", GRANT), user("u-2", 2, "09:00:00.200", REFUSAL)),
                List.of(
                        event("e-1", "u-1", "08:00:00", "", GRANT),
                        event("e-2", "u-2", "09:00:00", "", REFUSAL),
                        event("e-4", "u-1", "11:00:00", "", purposes(purpose("newsletter", "null")))),
                new Outcome("refused@2026-10-02T09:00:00Z", false));
    }

    /** States of both devices; the newest choice is older than the newest state. */
    private static Story statesLaterThanTheChoice() {
        return new Story(
                "states later than the choice",
                List.of(
                        reported("user.created", "\"entity\": " + user("u-1", 1, "08:00:00", REFUSAL), "08:00:01"),
                        reported(
                                "user.updated",
                                "\"source\": " + event("e-2", "u-1", "09:00:00", "", GRANT) + ", \"old_entity\": "
                                        + user("u-1", 1, "08:00:00", REFUSAL) + ", \"new_entity\": "
                                        + user("u-1", 2, "09:00:00.200", GRANT),
                                "09:00:01"),
                        reported(
                                "user.updated",
                                "\"old_entity\": " + user("u-1", 2, "09:00:00.200", GRANT) + ", \"new_entity\": "
                                        + user("u-1", 3, "10:00:00", GRANT),
                                "10:00:01"),
                        reported("user.created", "\"entity\": " + user("u-2", 1, "08:30:00", REFUSAL), "08:30:01"),
                        reported(
                                "event.created",
                                "\"entity\": " + event("e-2", "u-1", "09:00:00", "", GRANT),
                                "09:00:02")),
                List.of(user("u-1", 3, "10:00:00", GRANT), user("u-2", 1, "08:30:00", REFUSAL)),
                List.of(
                        event("e-1", "u-1", "08:00:00", "", REFUSAL),
                        event("e-3", "u-2", "08:30:00", "", REFUSAL),
                        event("e-2", "u-1", "09:00:00", "", GRANT)),
                new Outcome("granted@2026-10-02T09:00:00Z", true));
    }

    /** A choice dated in the past arrives last in Didomi, whose state keeps the newer value. */
    private static Story backDated() {
        return new Story(
                "back dated",
                List.of(
                        reported(
                                "event.created",
                                "\"entity\": " + event("e-1", "u-1", "08:00:00", "", GRANT),
                                "08:00:01"),
                        reported(
                                "user.updated",
                                "\"source\": " + event("e-0", "u-1", "07:00:00", "", REFUSAL) + ", \"old_entity\": "
                                        + user("u-1", 1, "08:00:00.200", GRANT) + ", \"new_entity\": "
                                        + user("u-1", 2, "09:00:00", GRANT),
                                "09:00:01"),
                        reported(
                                "event.created",
                                "\"entity\": " + event("e-0", "u-1", "07:00:00", "", REFUSAL),
                                "09:00:02"),
                        reported("user.created", "\"entity\": " + user("u-1", 1, "08:00:00", GRANT), "08:00:02"),
                        reported(
                                "event.updated",
                                "\"new_entity\": " + event("e-0", "u-1", "07:00:00", "", REFUSAL),
                                "09:30:00")),
                List.of(user("u-1", 2, "09:00:00", GRANT)),
                List.of(event("e-1", "u-1", "08:00:00", "", GRANT), event("e-0", "u-1", "07:00:00", "", REFUSAL)),
                new Outcome("granted@2026-10-02T08:00:00Z", true));
    }

    @ParameterizedTest
    @MethodSource("stories")
    void everyOrderAndGroupingHasTheSameResult(Story story) throws MalformedDeliveryException {
        for (Direction direction : List.of(Direction.BOTH, Direction.TO_DYNAMICS)) {
            Set<Outcome> outcomes = new HashSet<>();
            int runs = 0;

            for (List<Arrived> order : orders(story.deliveries)) {
                for (List<List<Arrived>> groups : groupings(order)) {
                    OnePerson person = new OnePerson(direction, story.users, story.events);
                    for (List<Arrived> group : groups) {
                        person.settle(group);
                    }
                    outcomes.add(person.outcome());
                    runs++;
                }
            }

            assertThat(runs).isEqualTo(120 * 16);
            assertThat(outcomes).containsExactly(story.expected);
        }
    }

    private static List<List<Arrived>> orders(List<Arrived> deliveries) {
        if (deliveries.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Arrived>> orders = new ArrayList<>();
        for (int first = 0; first < deliveries.size(); first++) {
            List<Arrived> rest = new ArrayList<>(deliveries);
            Arrived chosen = rest.remove(first);
            for (List<Arrived> order : orders(rest)) {
                List<Arrived> whole = new ArrayList<>(List.of(chosen));
                whole.addAll(order);
                orders.add(whole);
            }
        }
        return orders;
    }

    /** Every way to split an order into batches. */
    private static List<List<List<Arrived>>> groupings(List<Arrived> order) {
        if (order.isEmpty()) {
            return List.of(List.of());
        }
        List<List<List<Arrived>>> groupings = new ArrayList<>();
        for (int end = 1; end <= order.size(); end++) {
            for (List<List<Arrived>> rest : groupings(order.subList(end, order.size()))) {
                List<List<Arrived>> whole = new ArrayList<>();
                whole.add(order.subList(0, end));
                whole.addAll(rest);
                groupings.add(whole);
            }
        }
        return groupings;
    }
}
