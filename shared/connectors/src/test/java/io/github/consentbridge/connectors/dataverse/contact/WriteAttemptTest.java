package io.github.consentbridge.connectors.dataverse.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.connectors.dataverse.contact.WriteResult.Rejected;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WriteAttemptTest {
    private static final Rejected UNNAMED = new Rejected(400, "0x80040265", "Not today.", "");
    private static final UUID ID = UUID.fromString("6f0c0000-0000-4000-8000-00000000000a");

    private static WriteAttempt update(String... columns) {
        Map<String, Object> changes = new LinkedHashMap<>();
        for (String column : columns) {
            changes.put(column, true);
        }
        return WriteAttempt.of(new ContactWrite.Update(ID, "W/\"1\"", changes), "new_key");
    }

    private static Rejected naming(String column) {
        return new Rejected(403, "0x8004f508", "No permissions for the " + column + " attribute(s).", "");
    }

    @Test
    void namedColumnIsLeftOutForGood() {
        WriteAttempt next = update("new_a", "new_b").after(naming("new_a"));

        assertThat(next.write().columns()).containsExactly("new_b");
        assertThat(next.refusalsIfWritten())
                .containsExactly(new Refusal(Set.of("new_a"), Refusal.Cause.NAMED, naming("new_a")));
    }

    @Test
    void oneColumnThatIsNotNamedIsTheOne() {
        WriteAttempt next = update("new_a").after(UNNAMED);

        assertThat(next.isOver()).isTrue();
        assertThat(next.refusals()).containsExactly(new Refusal(Set.of("new_a"), Refusal.Cause.NAMED, UNNAMED));
    }

    @Test
    void eachColumnIsLeftOutOnceUntilItIsAccepted() {
        WriteAttempt first = update("new_a", "new_b", "new_c").after(UNNAMED);
        WriteAttempt second = first.after(UNNAMED);

        assertThat(first.write().columns()).containsExactly("new_b", "new_c");
        assertThat(second.write().columns()).containsExactly("new_a", "new_c");
        assertThat(second.refusals()).isEmpty();
        assertThat(second.refusalsIfWritten())
                .containsExactly(new Refusal(Set.of("new_b"), Refusal.Cause.LEFT_OUT, UNNAMED));
    }

    @Test
    void columnThatIsNamedDuringTheSearchEndsIt() {
        WriteAttempt next = update("new_a", "new_b", "new_c").after(UNNAMED).after(naming("new_b"));

        assertThat(next.write().columns()).containsExactly("new_a", "new_c");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 20})
    void attemptsAreBoundedByTheColumns(int columns) {
        WriteAttempt attempt = update(java.util.stream.IntStream.range(0, columns)
                .mapToObj(i -> "new_" + i)
                .toArray(String[]::new));
        int attempts = 1;
        while (!attempt.after(UNNAMED).isOver()) {
            attempt = attempt.after(UNNAMED);
            attempts++;
        }

        assertThat(attempts).isEqualTo(columns == 1 ? 1 : columns + 1);
        assertThat(attempt.after(UNNAMED).refusals())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.columns()).hasSize(columns));
    }

    /** Any set of columns may be refused, one named after the other or none named: never more than they. */
    @Test
    void serverThatNamesItsColumnsGetsAllOthers() {
        Set<String> all = new TreeSet<>(Set.of("new_a", "new_b", "new_c", "new_d"));
        for (int bits = 1; bits < 16; bits++) {
            Set<String> bad = new LinkedHashSet<>();
            int index = 0;
            for (String column : all) {
                if ((bits >> index++ & 1) == 1) {
                    bad.add(column);
                }
            }
            WriteAttempt attempt = update(all.toArray(String[]::new));
            while (!attempt.isOver() && attempt.write().columns().stream().anyMatch(bad::contains)) {
                String named = attempt.write().columns().stream()
                        .filter(bad::contains)
                        .findFirst()
                        .orElseThrow();
                attempt = attempt.after(naming(named));
            }
            assertThat(attempt.leftOut()).isEqualTo(bad);
            assertThat(attempt.isOver()).isEqualTo(bad.equals(all));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x80040220", "0x80072560", "0x80042f09", "0x8006088d"})
    void refusalOfTheWholeWriteIsNotTriedColumnByColumn(String code) {
        WriteAttempt next = update("new_a", "new_b").after(new Rejected(403, code, "missing 'new_a'", ""));

        assertThat(next.isOver()).isTrue();
        assertThat(next.refusals())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.columns()).containsExactly("new_a", "new_b"));
    }

    @Test
    void contactIsNotCreatedWithoutItsKeyNorForItsKeyAlone() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("new_key", "ada");
        values.put("new_a", true);
        WriteAttempt create = WriteAttempt.of(new ContactWrite.Create(ID, values), "new_key");

        assertThat(create.after(naming("new_key")).isOver()).isTrue();
        assertThat(create.after(naming("new_key")).refusals())
                .extracting(Refusal::columns)
                .containsExactly(Set.of("new_key"));
        assertThat(create.after(naming("new_a")).isOver()).isTrue();
        assertThat(create.after(UNNAMED).isOver()).isTrue();
        assertThat(create.after(UNNAMED).refusals())
                .extracting(Refusal::columns)
                .containsExactly(Set.of("new_key", "new_a"));
    }

    @Test
    void reasonHasTheLimitAndNoValue() {
        Rejected options = new Rejected(
                400, "0x8004431a", "The value 77 of 'new_a' is outside the valid range. Accepted Values: 1,2", "");

        assertThat(update("new_a").after(options).refusals().get(0).reason())
                .isEqualTo("with 400 0x8004431a: accepted values are 1, 2");
        assertThat(List.of(
                        update("new_a").after(naming("new_a")).refusals().get(0).reason()))
                .containsExactly("with 403 0x8004f508");
    }
}
