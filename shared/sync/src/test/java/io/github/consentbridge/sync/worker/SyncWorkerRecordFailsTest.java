package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One record that always fails: the others are done in the same handling, and it ends as a dead letter. */
class SyncWorkerRecordFailsTest {
    private static final List<String> PEOPLE = List.of("ada", "bea", "cleo", "dora", "emmy", "fay", "grace", "hedy");
    private static final String BAD = "fay";

    private final Map<String, UUID> contacts = new HashMap<>();
    private Systems systems;
    private QueueInTime queue;
    private SyncWorker setUp;

    /** What of one record fails, and the deliveries that need it. */
    enum Step {
        ROW_OF_A_CHANGE(RouteKind.FIND_CONTACTS, true),
        CONTACT_READ(RouteKind.FIND_CONTACTS, false),
        CONTACT_UPDATE(RouteKind.UPDATE_CONTACT, true),
        CONTACT_CREATE(RouteKind.CREATE_CONTACT, false),
        USERS_READ(RouteKind.READ_USERS, false),
        EVENTS_READ(RouteKind.READ_EVENTS, false),
        EVENT_POST(RouteKind.POST_EVENTS, false);

        private final RouteKind kind;
        private final boolean byContact;

        Step(RouteKind kind, boolean byContact) {
            this.kind = kind;
            this.byContact = byContact;
        }
    }

    @BeforeEach
    void start() {
        use("\"bidirectional\": true,", false);
    }

    private void use(String properties, boolean upsert) {
        stop();
        systems = new Systems(Systems.document(upsert, "new_didomiid", properties, Systems.NEWS));
        queue = new QueueInTime(systems, 10);
        setUp = systems.worker();
    }

    @AfterEach
    void stop() {
        if (systems != null) {
            systems.close();
        }
    }

    /** One delivery of each person that takes this step. */
    private List<Delivery> deliveries(Step step) {
        if (step == Step.CONTACT_CREATE) {
            use("\"bidirectional\": true,", true);
        } else {
            PEOPLE.forEach(person -> contacts.put(person, systems.contact(person)));
        }
        return PEOPLE.stream()
                .map(person -> switch (step) {
                    case CONTACT_READ, CONTACT_UPDATE, CONTACT_CREATE -> granted(person);
                    case USERS_READ -> deletedEvent(person);
                    case EVENTS_READ -> refusalBeforeAnotherChange(person);
                    case EVENT_POST -> systems.staff().edit(contacts.get(person), Map.of("new_newsletter", true));
                    case ROW_OF_A_CHANGE ->
                        systems.staff()
                                .call(systems.staff()
                                        .editBody(contacts.get(person), Map.of("new_newsletter", true))
                                        .withoutImages());
                })
                .toList();
    }

    private Delivery granted(String person) {
        return systems.chosen(person, true, "2026-03-01T07:00:00Z");
    }

    /** The Didomi user changed after staff refused: the person's events are read before another is posted. */
    private Delivery refusalBeforeAnotherChange(String person) {
        systems.handle(
                setUp,
                systems.sent(
                        person,
                        systems.didomi
                                .choose(person, Map.of("newsletter", true))
                                .get(0)));
        systems.clock.advance(Duration.ofMinutes(10));
        Delivery refusal = systems.staff().edit(contacts.get(person), Map.of("new_newsletter", false));
        systems.clock.advance(Duration.ofMinutes(10));
        systems.didomi.choose(person, Map.of("offers", true));
        return refusal;
    }

    /** After it the person's users are read. */
    private Delivery deletedEvent(String person) {
        systems.didomi.choose(person, Map.of("newsletter", true));
        return systems.delivery(person, """
                {"type": "event.deleted", "regulation": "gdpr", "parameters": {"entity": {
                  "id": "gone", "created_at": "2026-03-01T07:00:00Z", "status": "confirmed",
                  "user": {"id": "u1", "organization_user_id": "%s"},
                  "consents": {"purposes": [{"id": "newsletter", "enabled": false}]}}}}""".formatted(person));
    }

    private void alwaysFails(Step step, Fault fault) {
        (step.kind.compareTo(RouteKind.SESSION) < 0 ? systems.dataverse.faults() : systems.didomi.faults())
                .whenHolding(step.kind, step.byContact ? String.valueOf(contacts.get(BAD)) : BAD, fault);
    }

    private boolean isApplied(Step step, String person) {
        return switch (step) {
            case ROW_OF_A_CHANGE, EVENT_POST ->
                systems.didomi.enabled(person, "newsletter").orElse(false);
            case CONTACT_CREATE ->
                systems.dataverse.contactIds().stream()
                        .map(systems.dataverse::contact)
                        .anyMatch(row -> person.equals(row.get("new_didomiid"))
                                && row.get("new_newsletter").equals(true));
            case EVENTS_READ -> !systems.didomi.enabled(person, "newsletter").orElse(true);
            default -> Boolean.TRUE.equals(systems.newsletter(contacts.get(person)));
        };
    }

    private void assertOnlyOneFails(Step step, Fault fault) {
        List<Delivery> deliveries = deliveries(step);
        alwaysFails(step, fault);
        queue.send(deliveries);

        queue.handleOnce();

        assertThat(PEOPLE.stream().filter(person -> isApplied(step, person)))
                .as("applied in the first handling")
                .containsExactlyElementsOf(
                        PEOPLE.stream().filter(person -> !person.equals(BAD)).toList());
        assertThat(systems.paused).isEmpty();
        assertThat(queue.left()).as("left after the first handling").hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void othersAreDoneAndTheRecordEndsAsADeadLetter(Step step) {
        assertOnlyOneFails(step, Fault.serverError("0x80040224"));

        queue.runFor(Duration.ofMinutes(119));
        assertThat(queue.dead).isEmpty();
        queue.runFor(Duration.ofMinutes(31));

        assertThat(queue.left()).isEmpty();
        assertThat(queue.dead).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).contains("answered 500").contains("attempts within 2 h");
            assertThat(letter.delivery().attempts()).isBetween(10, 14);
        });
        assertThat(systems.paused).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"500, 0x80040216", "500, ''", "502, ''", "503, ''", "504, ''"})
    void codeDoesNotMatter(int status, String code) {
        Fault fault = Fault.status(
                status, "application/json", "{\"error\": {\"code\": \"%s\", \"message\": \"no\"}}".formatted(code));

        assertOnlyOneFails(Step.CONTACT_UPDATE, fault);
        start();
        assertOnlyOneFails(Step.CONTACT_READ, fault);
        start();
        assertOnlyOneFails(Step.EVENT_POST, fault);
    }

    @ParameterizedTest
    @EnumSource
    void recordWithoutAnAnswerHoldsUpNobody(Step step) {
        systems.requestTimeout = Duration.ofSeconds(1);
        queue = new QueueInTime(systems, 10);

        assertOnlyOneFails(step, Fault.hang());
    }

    @Test
    void recordThatRecoversIsAppliedAndNoDeadLetter() {
        assertOnlyOneFails(Step.CONTACT_UPDATE, Fault.serverError("0x80040224"));
        queue.runFor(Duration.ofHours(1));
        systems.dataverse.faults().clear();

        queue.runFor(Duration.ofMinutes(15));

        assertThat(isApplied(Step.CONTACT_UPDATE, BAD)).isTrue();
        assertThat(queue.dead).isEmpty();
        assertThat(queue.left()).isEmpty();
    }
}
