package io.github.consentbridge.mapping.settle;

import static io.github.consentbridge.mapping.settle.World.COLUMN;
import static io.github.consentbridge.mapping.settle.World.F;
import static io.github.consentbridge.mapping.settle.World.NEWSLETTER;
import static io.github.consentbridge.mapping.settle.World.T;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.column.ColumnCodec;
import io.github.consentbridge.mapping.column.ColumnType;
import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.DidomiState;
import io.github.consentbridge.mapping.consent.Observation;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.Direction;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.document.Regulation;
import io.github.consentbridge.mapping.document.Wins;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The delivery of a choice is lost, and its value had been observed before. Our write or event replaces what was
 * expected before it (rule R2), so the choice is found when both sides are read. Each story runs for a grant and for a
 * refusal, in each kind of column.
 */
class SettlerLostNotificationTest {
    /** How a column stores yes and no. */
    private enum Kind {
        PLAIN,
        INVERTED,
        OPTIONS;

        Object holding(ConsentValue value) {
            boolean granted = value.equals(T);
            return switch (this) {
                case PLAIN -> granted;
                case INVERTED -> !granted;
                case OPTIONS -> granted ? 1 : 2;
            };
        }

        MappedColumn column() {
            Map<String, Integer> options = this == OPTIONS ? Map.of("true", 1, "false", 2) : Map.of();
            Mapping mapping = new Mapping(
                    COLUMN,
                    NEWSLETTER.value(),
                    this == INVERTED,
                    options,
                    Direction.BOTH,
                    Regulation.GDPR,
                    Wins.NEWEST);
            ColumnType type = this == OPTIONS ? new ColumnType.Choice(Set.of(1, 2)) : new ColumnType.Bool();
            return new MappedColumn(mapping, ColumnCodec.of(mapping, type));
        }
    }

    private Kind kind = Kind.PLAIN;
    private Bridge.Rule rule = Bridge.rule(new Settler(ContactMapping.of(List.of(kind.column()))), false);
    private World world = World.fresh(World.Merge.BY_DATE);

    private void begin(Kind with) {
        kind = with;
        rule = Bridge.rule(new Settler(ContactMapping.of(List.of(with.column()))), false);
        World.Contact empty = world.contact();
        world = world.with(new World.Contact(
                empty.id(), empty.etag(), Map.of(COLUMN, with.holding(F)), empty.modifiedOn(), empty.tellsVersion()));
    }

    private static Instant at(int second) {
        return World.START.plusSeconds(second - 10);
    }

    private void didomi(ConsentValue value, int second, boolean reported) {
        World.Didomi changed = world.didomi().with(World.USER, value, at(second), at(second));
        world = world.with(changed);
        if (reported) {
            Choice choice = Choice.inDidomi(NEWSLETTER, "u1", value, at(second), "d" + second);
            handle(List.of(choice), List.of(changed.state(World.USER, Observation.Origin.EXPLAINED)), second);
        }
    }

    private void staff(ConsentValue value, int second, boolean reported) {
        world = world.with(world.contact().with(Map.of(COLUMN, kind.holding(value)), at(second)));
        if (reported) {
            Choice choice =
                    Choice.inColumn(NEWSLETTER, COLUMN, value, at(second), Choice.UNKNOWN_VERSION, "y" + second);
            handle(List.of(choice), List.of(), second);
        }
    }

    private void handle(List<Choice> choices, List<DidomiState> states, int second) {
        finish(Bridge.taking(new World.Delivery(second, choices, states)), second);
    }

    private void reconcile(int second) {
        // A page of Didomi users is read first; the rest is read only if the settlement asks for it.
        List<DidomiState> page = Bridge.users(world);
        Settlement settled = rule.settle(world.ledger().person(), world, List.of(), page);
        boolean idle = settled.writesNothing()
                && settled.person().equals(world.ledger().person());
        World.Delivery nothing = new World.Delivery(-1, List.of(), List.of());
        finish(
                idle ? Bridge.IDLE : new Bridge(Bridge.Step.SAVE, nothing, world.ledger(), settled, false, false),
                second);
    }

    private void finish(Bridge begun, int second) {
        Bridge worker = begun;
        while (worker.step() != Bridge.Step.IDLE) {
            Bridge.After after = worker.next(world, rule, at(second));
            world = after.world();
            worker = after.worker();
        }
    }

    private void assertBothShow(ConsentValue value) {
        assertThat(world.didomi().value()).as("Didomi").isEqualTo(value);
        assertThat(world.contact().columns()).as("Dynamics").containsEntry(COLUMN, kind.holding(value));
    }

    static Stream<Arguments> mirrored() {
        return Stream.of(T, F).flatMap(first -> Stream.of(Kind.values()).map(column -> Arguments.of(first, column)));
    }

    private static ConsentValue other(ConsentValue value) {
        return value.equals(T) ? F : T;
    }

    @ParameterizedTest(name = "after a first choice of {0}, column {1}")
    @MethodSource("mirrored")
    void secondChoiceByStaffIsNotTakenForTheFirst(ConsentValue first, Kind column) {
        begin(column);
        didomi(first, 10, true);
        staff(other(first), 20, true);
        didomi(first, 30, true);
        staff(other(first), 90, false);

        reconcile(100);

        assertBothShow(other(first));
    }

    @ParameterizedTest(name = "after a first choice of {0}, column {1}")
    @MethodSource("mirrored")
    void repeatedDeliveryOfTheFirstChoiceDoesNotExplainTheSecond(ConsentValue first, Kind column) {
        begin(column);
        didomi(first, 10, true);
        staff(other(first), 20, true);
        didomi(first, 30, true);
        staff(other(first), 90, false);
        reconcile(100);

        Choice repeated = Choice.inColumn(NEWSLETTER, COLUMN, other(first), at(20), Choice.UNKNOWN_VERSION, "repeated");
        handle(List.of(repeated), List.of(), 110);

        assertBothShow(other(first));
    }

    @ParameterizedTest(name = "after a first choice of {0}, column {1}")
    @MethodSource("mirrored")
    void choiceInDidomiIsNotTakenForAReplacedEventOfOurs(ConsentValue first, Kind column) {
        begin(column);
        didomi(first, 10, true);
        staff(other(first), 20, true);
        staff(first, 30, true);
        didomi(other(first), 50, false);

        reconcile(100);

        assertBothShow(other(first));
    }

    @ParameterizedTest(name = "after a first choice of {0}, column {1}")
    @MethodSource("mirrored")
    void laterChoicesByStaffBeatALostOneInDidomi(ConsentValue first, Kind column) {
        begin(column);
        didomi(first, 10, true);
        staff(other(first), 20, true);
        staff(first, 30, true);
        didomi(other(first), 50, false);
        reconcile(55);
        staff(other(first), 60, true);
        staff(first, 70, true);

        reconcile(100);

        assertBothShow(first);
    }

    @ParameterizedTest(name = "after a first choice of {0}, column {1}")
    @MethodSource("mirrored")
    void laterChoicesByStaffWinWithoutAReadInBetween(ConsentValue first, Kind column) {
        begin(column);
        didomi(first, 10, true);
        staff(other(first), 20, true);
        staff(first, 30, true);
        didomi(other(first), 50, false);
        staff(other(first), 60, true);
        staff(first, 70, true);

        reconcile(100);

        assertBothShow(first);
    }

    @ParameterizedTest(name = "after a first choice of {0}, column {1}")
    @MethodSource("mirrored")
    void secondChoiceInDidomiIsNotTakenForTheFirst(ConsentValue first, Kind column) {
        begin(column);
        staff(first, 10, true);
        didomi(other(first), 20, true);
        staff(first, 30, true);
        didomi(other(first), 90, false);

        reconcile(100);

        assertBothShow(other(first));
    }

    @ParameterizedTest(name = "after a first choice of {0}, column {1}")
    @MethodSource("mirrored")
    void choiceByStaffIsNotTakenForAReplacedWriteOfOurs(ConsentValue first, Kind column) {
        begin(column);
        staff(first, 10, true);
        didomi(other(first), 20, true);
        didomi(first, 30, true);
        staff(other(first), 50, false);

        reconcile(100);

        assertBothShow(other(first));
    }
}
