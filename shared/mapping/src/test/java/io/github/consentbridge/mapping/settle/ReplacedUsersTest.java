package io.github.consentbridge.mapping.settle;

import static io.github.consentbridge.mapping.settle.Cases.at;
import static io.github.consentbridge.mapping.settle.World.F;
import static io.github.consentbridge.mapping.settle.World.NEWSLETTER;
import static io.github.consentbridge.mapping.settle.World.PERSON;
import static io.github.consentbridge.mapping.settle.World.T;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.DidomiPath;
import io.github.consentbridge.mapping.document.Regulation;
import io.github.consentbridge.mapping.document.Wins;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which Didomi users may be forgotten, once all that exist were read. */
class ReplacedUsersTest {
    private static final ConsentRecordId OFFERS =
            new ConsentRecordId(Regulation.GDPR, new DidomiPath.Purpose("offers"));

    private static ReportedChoice choice(ConsentValue value, int second) {
        return new ReportedChoice(value, at(second), Choice.UNKNOWN_VERSION, "d-" + second);
    }

    /** A user that no longer exists. */
    private static Replica gone(ConsentValue value, int second) {
        return new Replica(choice(value, second), List.of(), false, null, null, List.of());
    }

    private static Replica existing(ConsentValue value, int second) {
        ObservedValue shown = new ObservedValue(value, new Stamp(1, at(second)), at(second));
        return new Replica(choice(value, second), List.of(), false, null, shown, List.of());
    }

    private static ConsentRecord record(Map<String, Replica> users) {
        return new ConsentRecord(new TreeMap<>(users), new TreeMap<>(), List.of(), null);
    }

    private static ConsentRecord left(Map<String, Replica> users) {
        return record(users).withoutReplacedUsers();
    }

    @Test
    void olderChoicesOfUsersThatAreGoneAreForgotten() {
        ConsentRecord left = left(Map.of("u1", gone(T, 10), "u2", gone(F, 11), "u3", existing(T, 12)));

        assertThat(left.users()).containsOnlyKeys("u3");
    }

    @Test
    void newestChoiceIsKeptWhoeverMadeIt() {
        Map<String, Replica> users = Map.of("u1", gone(F, 12), "u2", existing(T, 11), "u3", gone(T, 10));

        ConsentRecord left = left(users);

        assertThat(left.users()).containsOnlyKeys("u1", "u2");
        assertThat(left.decision(Wins.NEWEST)).isEqualTo(record(users).decision(Wins.NEWEST));
    }

    /** A tie is decided elsewhere, and not everywhere in the same way. */
    @Test
    void choicesOfTheSameMomentAreAllKept() {
        assertThat(left(Map.of("u1", gone(F, 12), "u2", gone(T, 12))).users()).containsOnlyKeys("u1", "u2");
    }

    @Test
    void userOfWhomNothingIsLeftIsForgotten() {
        assertThat(left(Map.of("u1", Replica.UNKNOWN)).users()).isEmpty();
    }

    @Test
    void recordWithoutSuchUsersStaysTheSame() {
        ConsentRecord record = record(Map.of("u1", existing(T, 10)));

        assertThat(record.withoutReplacedUsers()).isSameAs(record);
    }

    @Test
    void usersAreCountedOnceOverAllRecords() {
        Person person = person(record(Map.of("u1", gone(T, 10), "u2", gone(T, 11))), record(Map.of("u1", gone(T, 10))));

        assertThat(person.didomiUsers()).isEqualTo(2);
        assertThat(person.withoutReplacedUsers().didomiUsers()).isEqualTo(2);
    }

    /** The newest choice about another purpose keeps its user, for that purpose only. */
    @Test
    void eachPurposeForgetsItsOwn() {
        Person person = person(record(Map.of("u1", gone(T, 10), "u2", gone(T, 11))), record(Map.of("u1", gone(T, 10))));

        Person left = person.withoutReplacedUsers();

        assertThat(left.record(NEWSLETTER).users()).containsOnlyKeys("u2");
        assertThat(left.record(OFFERS).users()).containsOnlyKeys("u1");
    }

    private static Person person(ConsentRecord... records) {
        TreeMap<ConsentRecordId, ConsentRecord> byId = new TreeMap<>();
        List<ConsentRecordId> ids = Arrays.asList(NEWSLETTER, OFFERS);
        for (int index = 0; index < records.length; index++) {
            byId.put(ids.get(index), records[index]);
        }
        return new Person(PERSON, null, byId);
    }
}
