package io.github.consentbridge.mapping.settle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Walks every schedule of one history: when each action happens between the workers' steps, in which order deliveries
 * are taken, and where a worker crashes. Equal states are walked once.
 */
final class Histories {
    private final List<Action> actions;
    private final Duration pace;
    private final Bridge.Rule rule;

    /** The number of distinct states that were walked. */
    long walked;

    /**
     * @param doubt whether the only worker that knew its grant had not been written crashed. It is then unknown whether
     *     a refusal on a changed row is older than the grant, so the refusal may win
     */
    private record State(World world, List<Bridge> workers, int acted, int crashes, boolean doubt) {
        State inDoubtAfter(Bridge dead) {
            return new State(world, workers, acted, crashes, doubt || dead.leavesAGrantOpen());
        }
    }

    Histories(List<Action> actions, Duration pace, Bridge.Rule rule) {
        this.actions = actions;
        this.pace = pace;
        this.rule = rule;
    }

    /** Walks all of them, or fails with the steps of the first one that ends wrong. */
    void check(World start, int workers, int crashes) {
        List<Bridge> idle = new ArrayList<>();
        for (int worker = 0; worker < workers; worker++) {
            idle.add(Bridge.IDLE);
        }
        Map<State, State> observed = new HashMap<>();
        Deque<State> open = new ArrayDeque<>();
        open.push(new State(start, List.copyOf(idle), 0, crashes, false));
        while (!open.isEmpty()) {
            State state = open.pop();
            List<State> next = next(state);
            for (State after : next) {
                if (observed.putIfAbsent(after, state) == null) {
                    open.push(after);
                }
            }
            if (next.isEmpty()) {
                checkEnd(state, observed);
            }
        }
        walked = observed.size();
    }

    private Instant now(int acted) {
        return World.START.plus(pace.multipliedBy(acted));
    }

    private List<State> next(State state) {
        List<State> next = new ArrayList<>();
        if (state.acted() < actions.size()) {
            World after = actions.get(state.acted()).in(state.world(), now(state.acted() + 1));
            next.add(new State(after, state.workers(), state.acted() + 1, state.crashes(), state.doubt()));
        }
        for (int index = 0; index < state.workers().size(); index++) {
            Bridge worker = state.workers().get(index);
            if (worker.step() == Bridge.Step.IDLE) {
                boolean first = index == 0 || state.workers().get(index - 1).step() != Bridge.Step.IDLE;
                if (first) {
                    takeOne(state, index, next);
                }
            } else {
                // A little after the last action, by more than the two systems' clocks may differ.
                Bridge.After after =
                        worker.next(state.world(), rule, now(state.acted()).plusMillis(pace.toMillis() / 2));
                next.add(with(state, after.world(), index, after.worker(), state.crashes()));
                if (state.crashes() > 0) {
                    World redelivered = state.world().withDelivery(worker.delivery());
                    State crashed = with(state, redelivered, index, Bridge.IDLE, state.crashes() - 1);
                    next.add(crashed.inDoubtAfter(worker));
                }
            }
        }
        return next;
    }

    private static void takeOne(State state, int index, List<State> next) {
        for (World.Delivery delivery : state.world().deliveries()) {
            World without = state.world().without(delivery);
            next.add(with(state, without, index, Bridge.taking(delivery), state.crashes()));
        }
    }

    private static State with(State state, World world, int index, Bridge worker, int crashes) {
        List<Bridge> workers = new ArrayList<>(state.workers());
        workers.set(index, worker);
        return new State(world, List.copyOf(workers), state.acted(), crashes, state.doubt());
    }

    private void checkEnd(State state, Map<State, State> origins) {
        World end = state.world();
        World settled = end;
        for (int round = 0; round < 3; round++) {
            settled = settleOnce(settled);
        }
        boolean right = end.truth() == null || settled.shows(end.truth()) || (state.doubt() && settled.shows(World.F));
        if (!right) {
            throw new AssertionError("%s (every %s) should end as %s%n%s%n  ends as %s"
                    .formatted(actions, pace, end.truth(), reported(state, origins), brief(settled)));
        }
        if (!settleOnce(settled).equals(settled)) {
            throw new AssertionError("%s (every %s) does not come to rest%n%s%n  stays %s"
                    .formatted(actions, pace, reported(state, origins), brief(settled)));
        }
    }

    /** How a state was reached, one line per step. */
    private static String reported(State end, Map<State, State> origins) {
        StringBuilder story = new StringBuilder();
        for (@Nullable State state = end; state != null; state = origins.get(state)) {
            StringBuilder line = new StringBuilder("  ");
            for (Bridge worker : state.workers()) {
                line.append(worker.step())
                        .append(
                                worker.delivery() == null
                                        ? ""
                                        : worker.delivery().number());
                line.append(' ');
            }
            story.insert(0, line + brief(state.world()) + System.lineSeparator());
        }
        return story.toString();
    }

    private static String brief(World world) {
        return "didomi=%s %s contact=%s %s pending=%s ledger=%s"
                .formatted(
                        world.didomi().value(),
                        world.didomi().events(),
                        world.contact().columns(),
                        world.contact().etag(),
                        world.deliveries().stream().map(World.Delivery::number).toList(),
                        world.ledger().person().records().values())
                .replace("Flag[granted=true]", "T")
                .replace("Flag[granted=false]", "F")
                .replace("2026-03-01T08:00:", "")
                .replace("null", "-")
                .replaceAll("rowVersion=-1, |(value|createdAt|decidedAt|stamp|version|at)=|00Z|shown=|Stamp", "");
    }

    /** Does what the reconciliation does: reads both sides, settles, writes. */
    private World settleOnce(World world) {
        Instant later = now(actions.size()).plus(pace);
        Settlement settled = rule.look(world.ledger().person(), world);
        World.Delivery nothing = new World.Delivery(-1, List.of(), List.of());
        boolean idle = settled.writesNothing()
                && settled.person().equals(world.ledger().person());
        Bridge worker =
                idle ? Bridge.IDLE : new Bridge(Bridge.Step.SAVE, nothing, world.ledger(), settled, false, false);
        World now = world;
        while (worker.step() != Bridge.Step.IDLE) {
            Bridge.After after = worker.next(now, rule, later);
            now = after.world();
            worker = after.worker();
        }
        return now.deliveries().isEmpty() ? now : now.without(now.deliveries().get(0));
    }
}
