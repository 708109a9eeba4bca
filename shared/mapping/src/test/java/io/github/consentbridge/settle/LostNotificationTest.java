package io.github.consentbridge.settle;

import static io.github.consentbridge.settle.World.COLUMN;
import static io.github.consentbridge.settle.World.F;
import static io.github.consentbridge.settle.World.NEWSLETTER;
import static io.github.consentbridge.settle.World.T;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.ConsentValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A lost notification of a choice whose value had been seen before. What we wrote or posted replaces what was expected
 * before it, so the choice is found where both sides are looked at. Each story is told for a grant and mirrored for a
 * refusal.
 */
class LostNotificationTest {
    private final Bridge.Rule rule =
            Bridge.rule(new Settler(ContactMapping.of(List.of(World.mapped(COLUMN, false)))), false);
    private World world = World.fresh(World.Merge.BY_DATE);

    private static Instant at(int second) {
        return World.START.plusSeconds(second - 10);
    }

    private void didomi(ConsentValue value, int second, boolean reported) {
        World.Didomi changed = world.didomi().with(new World.Event(value, at(second), false), at(second));
        world = world.with(changed);
        if (reported) {
            Choice choice = Choice.inDidomi(NEWSLETTER, "u1", value, at(second), "d" + second);
            handle(List.of(choice), List.of(changed.state(Observed.Origin.EXPLAINED)), second);
        }
    }

    private void staff(ConsentValue value, int second, boolean reported) {
        world = world.with(world.contact().with(Map.of(COLUMN, value.equals(T)), at(second)));
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
        // A page of Didomi users is in hand first; the rest is read only where the settlement asks for it.
        List<DidomiState> page = Bridge.users(world).stream().toList();
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

    private void assertBothShow(@Nullable ConsentValue value) {
        assertThat(world.didomi().value()).as("Didomi").isEqualTo(value);
        assertThat(world.contact().columns()).as("Dynamics").containsEntry(COLUMN, T.equals(value));
    }

    private static ConsentValue other(ConsentValue value) {
        return value.equals(T) ? F : T;
    }

    @ParameterizedTest(name = "after a first choice of {0}")
    @ValueSource(booleans = {true, false})
    void secondChoiceByStaffIsNotTheFirstOne(boolean granted) {
        ConsentValue first = ConsentValue.of(granted);
        didomi(first, 10, true);
        staff(other(first), 20, true);
        didomi(first, 30, true);
        staff(other(first), 90, false);

        reconcile(100);

        assertBothShow(other(first));
    }

    @ParameterizedTest(name = "after a first choice of {0}")
    @ValueSource(booleans = {true, false})
    void repeatedDeliveryOfTheFirstChoiceDoesNotExplainTheSecond(boolean granted) {
        ConsentValue first = ConsentValue.of(granted);
        didomi(first, 10, true);
        staff(other(first), 20, true);
        didomi(first, 30, true);
        staff(other(first), 90, false);
        reconcile(100);

        Choice repeated = Choice.inColumn(NEWSLETTER, COLUMN, other(first), at(20), Choice.UNKNOWN_VERSION, "repeated");
        handle(List.of(repeated), List.of(), 110);

        assertBothShow(other(first));
    }

    @ParameterizedTest(name = "after a first choice of {0}")
    @ValueSource(booleans = {true, false})
    void choiceInDidomiIsNotAnEventOfOursThatALaterOneReplaced(boolean granted) {
        ConsentValue first = ConsentValue.of(granted);
        didomi(first, 10, true);
        staff(other(first), 20, true);
        staff(first, 30, true);
        didomi(other(first), 50, false);

        reconcile(100);

        assertBothShow(other(first));
    }

    @ParameterizedTest(name = "after a first choice of {0}")
    @ValueSource(booleans = {true, false})
    void laterChoicesByStaffStandAboveALostOneInDidomi(boolean granted) {
        ConsentValue first = ConsentValue.of(granted);
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

    @ParameterizedTest(name = "after a first choice of {0}")
    @ValueSource(booleans = {true, false})
    void laterChoicesByStaffStandAlsoIfNobodyLookedBetween(boolean granted) {
        ConsentValue first = ConsentValue.of(granted);
        didomi(first, 10, true);
        staff(other(first), 20, true);
        staff(first, 30, true);
        didomi(other(first), 50, false);
        if (world.contact().columns().get(COLUMN).equals(first.equals(T))) {
            staff(other(first), 60, true);
        }
        staff(first, 70, true);

        reconcile(100);

        assertBothShow(first);
    }
}
