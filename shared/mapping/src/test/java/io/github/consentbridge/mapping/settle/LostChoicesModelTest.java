package io.github.consentbridge.mapping.settle;

import static io.github.consentbridge.mapping.settle.World.COLUMN;
import static io.github.consentbridge.mapping.settle.World.F;
import static io.github.consentbridge.mapping.settle.World.INVERTED;
import static io.github.consentbridge.mapping.settle.World.NEWSLETTER;
import static io.github.consentbridge.mapping.settle.World.T;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.DidomiState;
import io.github.consentbridge.mapping.consent.Observation;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.settle.Truth.Made;
import io.github.consentbridge.mapping.settle.Truth.Report;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Walks all histories of a few actions, each choice reported at once, late or never: after the late deliveries and one
 * reconciliation both sides show the newest choice. Equivalent histories are left out: staff who choose what the column
 * already shows (an unrelated edit), an edit after an edit, and a read after a read. {@code -Dactions=6} walks longer
 * ones; with several users or columns at most four.
 */
@Execution(ExecutionMode.CONCURRENT)
class LostChoicesModelTest {
    private static final int ACTIONS = Integer.getInteger("actions", 4);
    private static final int SHOWN = 20;

    /** Several users or columns multiply the histories. */
    private static final int MAX_WITH_SEVERAL = 4;

    /** A history so far; {@code known} is what each replica showed when it was last reported, read or written. */
    private record Story(
            World world,
            List<World.Delivery> late,
            Truth truth,
            Map<String, ConsentValue> known,
            int acted,
            String reported) {

        Story next(String action) {
            return next(world, action);
        }

        Story next(World changed, String action) {
            return new Story(changed, late, truth, known, acted + 1, reported + action);
        }
    }

    private List<String> users = List.of();
    private List<MappedColumn> columns = List.of();
    private int actions;
    private Duration pace = Duration.ZERO;
    private Settler settler = new Settler(ContactMapping.of(columns));
    private Bridge.Rule rule = Bridge.rule(settler, false);
    private boolean looked;
    private long histories;
    private long sure;
    private final List<String> wrong = new ArrayList<>();

    @ParameterizedTest(name = "every {0} ms, echoes {1}, users {2}, columns {3}")
    @CsvSource({
        "1000, false, 1, 1",
        "1000, true,  1, 1",
        "500,  false, 1, 1",
        "500,  true,  1, 1",
        "1000, false, 2, 1",
        "1000, true,  2, 1",
        "1000, false, 1, 2",
        "1000, true,  1, 2",
        "1000, false, 2, 2",
    })
    void bothSidesShowTheNewestChoice(int millis, boolean echoes, int userCount, int columnCount) {
        users = List.of("u1", "u2").subList(0, userCount);
        columns = List.of(World.mapped(COLUMN, false), World.mapped(INVERTED, true))
                .subList(0, columnCount);
        actions = userCount + columnCount == 2 ? ACTIONS : Math.min(ACTIONS - 1, MAX_WITH_SEVERAL);
        pace = Duration.ofMillis(millis);
        settler = new Settler(ContactMapping.of(columns));
        rule = watched(Bridge.rule(settler, echoes));
        boolean twoColumns = columnCount == 2;
        World.Merge merge = World.Merge.BY_DATE;
        for (World start : List.of(World.granted(merge, twoColumns), World.fresh(merge, twoColumns))) {
            World begun = start.tellingNoRowVersions();
            Truth truth = new Truth(List.of());
            for (World.Made choice : begun.made()) {
                truth = truth.with(Made.of(choice.side(), World.USER, choice.value(), choice.at(), Report.AT_ONCE));
            }
            walk(new Story(begun, List.of(), truth, shown(begun), 0, ""));
        }
        System.out.printf("%d histories of %d actions, %d with one right end%n", histories, actions, sure);
        assertThat(wrong).as("histories that end wrong, the first %d", SHOWN).isEmpty();
        assertThat(sure).as("histories with one right end").isGreaterThan(histories / 2);
    }

    private Bridge.Rule watched(Bridge.Rule inner) {
        return new Bridge.Rule() {
            @Override
            public Settlement settle(Person person, World world, List<Choice> choices, List<DidomiState> states) {
                Settlement first = settler.settle(
                        person,
                        SettleInput.reported(choices, states, world.contact().state()));
                looked |= first.need() != Settlement.Need.NOTHING;
                return inner.settle(person, world, choices, states);
            }

            @Override
            public Settlement look(Person person, World world) {
                looked = true;
                return inner.look(person, world);
            }

            @Override
            public boolean hearsEchoes() {
                return inner.hearsEchoes();
            }
        };
    }

    private Map<String, ConsentValue> shown(World world) {
        Map<String, ConsentValue> shown = new TreeMap<>();
        for (String user : world.didomi().users()) {
            shown.put(user, world.didomi().value(user));
        }
        columns.forEach(column -> shown.put(column.column().logicalName(), inColumn(world, column)));
        return shown;
    }

    private static ConsentValue inColumn(World world, MappedColumn column) {
        boolean holds = Boolean.TRUE.equals(world.contact().columns().get(column.column()));
        return ConsentValue.of(holds != column.mapping().invert());
    }

    private void walk(Story story) {
        if (story.acted() == actions) {
            finish(story);
            return;
        }
        Instant now = now(story.acted() + 1);
        for (Report report : Report.values()) {
            for (String user : users) {
                walk(didomi(story, user, T, report, now));
                walk(didomi(story, user, F, report, now));
            }
            columns.forEach(column -> walk(staff(story, column, report, now)));
        }
        if (!story.reported().endsWith("edit ")) {
            walk(story.next(story.world().with(story.world().contact().with(Map.of(), now)), "edit "));
        }
        if (!story.reported().endsWith("settle ")) {
            walk(reconciled(story, now).next("settle "));
        }
    }

    private Instant now(int acted) {
        return World.START.plus(pace.multipliedBy(acted));
    }

    private Story didomi(Story story, String user, ConsentValue value, Report report, Instant now) {
        World.Didomi changed = story.world().didomi().with(user, value, now, now);
        Choice choice = Choice.inDidomi(NEWSLETTER, user, value, now, "d" + story.acted());
        return chosen(
                story,
                story.world().with(changed),
                Made.of(Side.DIDOMI, user, value, now, report),
                new World.Delivery(
                        story.acted(), List.of(choice), List.of(changed.state(user, Observation.Origin.EXPLAINED))),
                now);
    }

    private Story staff(Story story, MappedColumn mapped, Report report, Instant now) {
        AttributeName column = mapped.column();
        boolean holds = !Boolean.TRUE.equals(story.world().contact().columns().get(column));
        ConsentValue value = ConsentValue.of(holds != mapped.mapping().invert());
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        Choice choice = Choice.inColumn(NEWSLETTER, column, value, second, Choice.UNKNOWN_VERSION, "y" + story.acted());
        return chosen(
                story,
                story.world().with(story.world().contact().with(Map.of(column, holds), now)),
                Made.of(Side.DYNAMICS, column.logicalName(), value, second, report),
                new World.Delivery(story.acted(), List.of(choice), List.of()),
                now);
    }

    private Story chosen(Story story, World world, Made made, World.Delivery delivery, Instant now) {
        List<World.Delivery> late = new ArrayList<>(story.late());
        if (made.report() == Report.LATE) {
            late.add(delivery);
        }
        String reported = "%s %s %s, ".formatted(made.replica(), made.value().equals(T) ? "T" : "F", made.report());
        Story acted = new Story(
                world,
                List.copyOf(late),
                story.truth().with(made),
                story.known(),
                story.acted() + 1,
                story.reported() + reported);
        return made.report() == Report.AT_ONCE ? handled(acted, delivery, now) : acted;
    }

    private Story handled(Story story, World.Delivery delivery, Instant now) {
        looked = false;
        World after = run(story.world(), Bridge.taking(delivery), now);
        @Nullable String user = delivery.choices().get(0).userId();
        return looked(story, after, user);
    }

    /** A page of Didomi users is read first, as in a reconciliation. */
    private Story reconciled(Story story, Instant now) {
        World world = story.world();
        Settlement settled = rule.settle(world.ledger().person(), world, List.of(), Bridge.users(world));
        boolean idle = settled.writesNothing()
                && settled.person().equals(world.ledger().person());
        World.Delivery nothing = new World.Delivery(-1, List.of(), List.of());
        World after = idle
                ? world
                : run(world, new Bridge(Bridge.Step.SAVE, nothing, world.ledger(), settled, false, false), now);
        looked = true;
        return looked(story, after, null);
    }

    private World run(World world, Bridge begun, Instant now) {
        World current = world;
        Bridge worker = begun;
        while (true) {
            while (worker.step() != Bridge.Step.IDLE) {
                Bridge.After after = worker.next(current, rule, now);
                current = after.world();
                worker = after.worker();
            }
            if (current.deliveries().isEmpty()) {
                return current;
            }
            World.Delivery echo = current.deliveries().get(0);
            current = current.without(echo);
            worker = Bridge.taking(echo);
        }
    }

    /**
     * The contact was read before anything was written, and Didomi if it was read at all.
     *
     * @param reported the Didomi user that a delivery reported; null if none did
     */
    private Story looked(Story before, World after, @Nullable String reported) {
        Truth truth = before.truth();
        Map<String, ConsentValue> showed = shown(before.world());
        // On a contact that is new to the record, a default cannot be distinguished from a decision.
        boolean contactKnown = before.world().ledger().person().contactId() != null;
        for (MappedColumn column : columns) {
            String replica = column.column().logicalName();
            boolean moved =
                    contactKnown && !showed.get(replica).equals(before.known().get(replica));
            truth = truth.looked(replica, moved, before.world().contact().modifiedOn());
        }
        Map<String, ConsentValue> known = shown(after);
        for (String user : before.world().didomi().users()) {
            if (looked && !user.equals(reported)) {
                truth = truth.looked(
                        user, !showed.get(user).equals(before.known().get(user)), null);
            } else if (!looked && !user.equals(reported)) {
                known.computeIfPresent(user, (id, value) -> before.known().get(id));
            }
        }
        return new Story(after, before.late(), truth, known, before.acted(), before.reported());
    }

    /** @param anyUser whether one Didomi user of several that shows the value suffices */
    private boolean showsBoth(World world, ConsentValue value, boolean anyUser) {
        boolean inDidomi = world.didomi().shows(value)
                || (anyUser
                        && world.didomi().users().stream()
                                .anyMatch(user -> value.equals(world.didomi().value(user))));
        return inDidomi && columns.stream().allMatch(column -> value.equals(inColumn(world, column)));
    }

    private void finish(Story story) {
        Instant now = now(actions + 1);
        Story end = story;
        for (World.Delivery delivery : story.late()) {
            looked = false;
            World after = run(end.world(), Bridge.taking(delivery), now);
            // A late delivery's state of its user is older than any choice that was lost since.
            end = looked(end, after, null);
        }
        end = reconciled(end, now);
        histories++;
        World world = end.world();
        Set<ConsentValue> right = end.truth().ends();
        sure += right.size() == 1 ? 1 : 0;
        boolean open = end.truth().isDidomiOpen();
        boolean fine = right.isEmpty() || right.stream().anyMatch(value -> showsBoth(world, value, open));
        if (!fine && wrong.size() < SHOWN) {
            wrong.add("%s ends as %s in Didomi (%s), right is %s of %s"
                    .formatted(
                            end.reported(),
                            end.world().didomi().value(),
                            shown(end.world()),
                            right,
                            end.truth().made()));
        }
    }
}
