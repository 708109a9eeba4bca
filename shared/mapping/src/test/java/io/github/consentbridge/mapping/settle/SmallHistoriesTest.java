package io.github.consentbridge.mapping.settle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.settle.World.Merge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every small history ends with the newest choice on both sides, and a second settle writes nothing. */
class SmallHistoriesTest {
    private static final Settler ONE_COLUMN =
            new Settler(ContactMapping.of(List.of(World.mapped(World.COLUMN, false))));
    private static final Settler TWO_COLUMNS = new Settler(
            ContactMapping.of(List.of(World.mapped(World.COLUMN, false), World.mapped(World.INVERTED, true))));

    @ParameterizedTest(
            name =
                    "{0} actions every {1} ms, {2}, {3} column(s), {4} worker(s), {5} crash(es), echoes {6}, versions {7}")
    @CsvSource({
        "3, 1000, ON_TOP,  1, 1, 1, false, true",
        "3, 300,  ON_TOP,  1, 1, 1, false, true",
        "3, 1000, BY_DATE, 1, 1, 1, false, true",
        "3, 1000, ON_TOP,  1, 2, 0, false, true",
        "2, 1000, ON_TOP,  1, 2, 1, false, true",
        "2, 1000, ON_TOP,  1, 2, 1, true, true",
        "2, 300,  ON_TOP,  1, 2, 1, false, true",
        "3, 1000, ON_TOP,  1, 1, 0, true, true",
        "2, 1000, ON_TOP,  2, 1, 1, false, true",
        "3, 1000, ON_TOP,  2, 1, 0, false, true",
        "3, 1000, ON_TOP,  1, 1, 1, true,  false",
        "3, 300,  ON_TOP,  1, 1, 0, false, false",
        "2, 300,  BY_DATE, 1, 2, 1, true,  false",
    })
    void everyScheduleEndsWithTheNewestChoiceOnBothSides(
            int actions,
            int pace,
            Merge merge,
            int columns,
            int workers,
            int crashes,
            boolean echoes,
            boolean versions) {
        Settler settler = columns == 1 ? ONE_COLUMN : TWO_COLUMNS;
        long walked = 0;
        for (List<Action> sequence : sequences(actions)) {
            for (World start : List.of(World.granted(merge, columns == 2), World.fresh(merge))) {
                Histories histories = new Histories(sequence, Duration.ofMillis(pace), Bridge.rule(settler, echoes));
                histories.check(versions ? start : start.tellingNoRowVersions(), workers, crashes);
                walked += histories.walked;
            }
        }
        assertThat(walked).isGreaterThan(1000);
    }

    static List<List<Action>> sequences(int length) {
        if (length == 0) {
            return List.of(List.of());
        }
        return sequences(length - 1).stream()
                .flatMap(shorter -> Stream.of(Action.values()).map(action -> with(shorter, action)))
                .toList();
    }

    private static List<Action> with(List<Action> shorter, Action action) {
        List<Action> all = new ArrayList<>(shorter);
        all.add(action);
        return all;
    }
}
