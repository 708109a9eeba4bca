package io.github.consentbridge.settle;

import static io.github.consentbridge.settle.World.COLUMN;
import static io.github.consentbridge.settle.World.F;
import static io.github.consentbridge.settle.World.NEWSLETTER;
import static io.github.consentbridge.settle.World.T;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.ConsentValue;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * All histories of a few actions, each choice reported at once, late or never: after the late deliveries and one
 * reconciliation both sides show the newest choice. {@code -Dactions=6} walks longer ones.
 */
class LostChoicesModelTest {
    private static final int ACTIONS = Integer.getInteger("actions", 4);

    private static final int SHOWN = 20;

    private enum Report {
        AT_ONCE,
        LATE,
        LOST
    }

    /** A choice really made. One that was lost counts at the record's time when it was found. */
    private record Made(Side side, ConsentValue value, Instant at, Report report, boolean optional, boolean found) {
        Made foundAt(Instant time) {
            return new Made(side, value, time, report, false, true);
        }

        Made excused() {
            return new Made(side, value, at, report, true, true);
        }
    }

    private record Story(
            World world,
            List<World.Delivery> late,
            List<Made> made,
            @Nullable ConsentValue knownInDidomi,
            boolean knownInContact,
            int acted,
            String told) {}

    private final Settler settler = new Settler(ContactMapping.of(List.of(World.mapped(COLUMN, false))));
    private Duration pace = Duration.ZERO;
    private Bridge.Rule rule = Bridge.rule(settler, false);
    private boolean looked;
    private long histories;
    private long sure;
    private final List<String> wrong = new ArrayList<>();

    @ParameterizedTest(name = "every {0} ms, echoes {1}, {2}")
    @CsvSource({
        "1000, false, BY_DATE",
        "1000, true, BY_DATE",
        "500, false, BY_DATE",
        "500, true, BY_DATE",
    })
    void newestChoiceStandsOnBothSides(int millis, boolean echoes, World.Merge merge) {
        pace = Duration.ofMillis(millis);
        rule = watched(Bridge.rule(settler, echoes));
        for (World start : List.of(World.granted(merge, false), World.fresh(merge))) {
            World begun = start.tellingNoRowVersions();
            List<Made> made = new ArrayList<>();
            begun.made()
                    .forEach(choice -> made.add(
                            new Made(choice.side(), choice.value(), choice.at(), Report.AT_ONCE, false, true)));
            walk(new Story(begun, List.of(), List.copyOf(made), begun.didomi().value(), shown(begun), 0, ""));
        }
        System.out.printf("%d histories of %d actions, %d with one right end%n", histories, ACTIONS, sure);
        assertThat(wrong).as("histories that end wrong, the first %d", SHOWN).isEmpty();
        assertThat(sure).as("histories with one right end").isGreaterThan(histories / 2);
    }

    private Bridge.Rule watched(Bridge.Rule inner) {
        return new Bridge.Rule() {
            @Override
            public Settlement settle(Person person, World world, List<Choice> choices, List<DidomiState> states) {
                Settlement settled = inner.settle(person, world, choices, states);
                looked |= settler.settle(
                                        person,
                                        Evidence.told(
                                                choices, states, world.contact().state()))
                                .need()
                        != Settlement.Need.NOTHING;
                return settled;
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

    private static boolean shown(World world) {
        return Boolean.TRUE.equals(world.contact().columns().get(COLUMN));
    }

    private void walk(Story story) {
        if (story.acted() == ACTIONS) {
            finish(story);
            return;
        }
        Instant now = now(story.acted() + 1);
        for (Report report : Report.values()) {
            walk(didomi(story, T, report, now));
            walk(didomi(story, F, report, now));
            walk(staff(story, report, now));
        }
        if (!story.told().endsWith("edit ")) {
            World edited = story.world().with(story.world().contact().with(Map.of(), now));
            walk(next(story, edited, story.late(), story.made(), "edit "));
        }
        if (!story.told().endsWith("settle ")) {
            walk(next(reconciled(story, now), "settle "));
        }
    }

    private Instant now(int acted) {
        return World.START.plus(pace.multipliedBy(acted));
    }

    private static Story next(Story story, World world, List<World.Delivery> late, List<Made> made, String told) {
        return new Story(
                world,
                late,
                made,
                story.knownInDidomi(),
                story.knownInContact(),
                story.acted() + 1,
                story.told() + told);
    }

    private static Story next(Story story, String told) {
        return next(story, story.world(), story.late(), story.made(), told);
    }

    private Story didomi(Story story, ConsentValue value, Report report, Instant now) {
        World.Didomi changed = story.world().didomi().with(new World.Event(value, now, false), now);
        Choice choice = Choice.inDidomi(NEWSLETTER, "u1", value, now, "d" + story.acted());
        return chosen(
                story,
                story.world().with(changed),
                new Made(Side.DIDOMI, value, now, report, false, report != Report.LOST),
                new World.Delivery(story.acted(), List.of(choice), List.of(changed.state(Observed.Origin.EXPLAINED))),
                now);
    }

    private Story staff(Story story, Report report, Instant now) {
        boolean granted = !shown(story.world());
        ConsentValue value = ConsentValue.of(granted);
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        Choice choice = Choice.inColumn(NEWSLETTER, COLUMN, value, second, Choice.UNKNOWN_VERSION, "y" + story.acted());
        return chosen(
                story,
                story.world().with(story.world().contact().with(Map.of(COLUMN, granted), now)),
                new Made(Side.DYNAMICS, value, second, report, false, report != Report.LOST),
                new World.Delivery(story.acted(), List.of(choice), List.of()),
                now);
    }

    private Story chosen(Story story, World world, Made made, World.Delivery delivery, Instant now) {
        List<Made> all = new ArrayList<>(story.made());
        all.add(made);
        List<World.Delivery> late = new ArrayList<>(story.late());
        if (made.report() == Report.LATE) {
            late.add(delivery);
        }
        String told = "%s %s %s, ".formatted(made.side(), made.value().equals(T) ? "T" : "F", made.report());
        Story acted = next(story, world, List.copyOf(late), List.copyOf(all), told);
        return made.report() == Report.AT_ONCE ? handled(acted, delivery, now) : acted;
    }

    /** Handles a delivery, and tells the truth what was looked at before anything was written. */
    private Story handled(Story story, World.Delivery delivery, Instant now) {
        looked = !delivery.states().isEmpty();
        World after = run(story.world(), Bridge.taking(delivery), now);
        boolean didomiTold = story.made().get(story.made().size() - 1).side() == Side.DIDOMI;
        return looked(story, after, looked && !didomiTold, delivery);
    }

    private Story reconciled(Story story, Instant now) {
        looked = true;
        World world = story.world();
        Settlement settled = rule.settle(
                world.ledger().person(),
                world,
                List.of(),
                Bridge.users(world).stream().toList());
        boolean idle = settled.writesNothing()
                && settled.person().equals(world.ledger().person());
        World.Delivery nothing = new World.Delivery(-1, List.of(), List.of());
        World after = idle
                ? world
                : run(world, new Bridge(Bridge.Step.SAVE, nothing, world.ledger(), settled, false, false), now);
        return looked(story, after, true, nothing);
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

    /** Lost choices that showed when a side was looked at are found; those there and back are excused. */
    private static Story looked(Story before, World after, boolean inDidomi, World.Delivery delivery) {
        List<Made> made = new ArrayList<>(before.made());
        // On a contact seen for the first time a default cannot be told from a decision.
        boolean seenBefore = before.world().ledger().person().contactId() != null;
        boolean contactMoved = seenBefore && shown(before.world()) != before.knownInContact();
        boolean didomiMoved = before.world().didomi().value() != null
                && !before.world().didomi().value().equals(before.knownInDidomi());
        find(made, Side.DYNAMICS, contactMoved, before.world().contact().modifiedOn());
        if (inDidomi) {
            find(made, Side.DIDOMI, didomiMoved, null);
        }
        boolean knowsDidomi = inDidomi
                || !delivery.states().isEmpty()
                || !after.didomi().equals(before.world().didomi());
        return new Story(
                after,
                before.late(),
                List.copyOf(made),
                knowsDidomi ? after.didomi().value() : before.knownInDidomi(),
                shown(after),
                before.acted(),
                before.told());
    }

    private static void find(List<Made> made, Side side, boolean moved, @Nullable Instant rowTime) {
        boolean last = true;
        for (int index = made.size() - 1; index >= 0; index--) {
            Made choice = made.get(index);
            if (choice.side() != side) {
                continue;
            }
            if (!choice.found()) {
                boolean lateLikeIt = made.stream()
                        .anyMatch(other -> other.side() == side
                                && other.report() == Report.LATE
                                && other.value().equals(choice.value()));
                boolean shows = moved && last && !lateLikeIt;
                Instant time = rowTime == null ? choice.at() : rowTime;
                made.set(index, shows ? choice.foundAt(time) : choice.excused());
                if (!shows && last && !time.equals(choice.at())) {
                    // There and back: whoever learns that it was there dates its way back by the row.
                    made.add(choice.foundAt(time).excused());
                }
            }
            last = false;
        }
    }

    private void finish(Story story) {
        Instant now = now(ACTIONS + 1);
        Story end = story;
        for (World.Delivery delivery : story.late()) {
            looked = false;
            World after = run(end.world(), Bridge.taking(delivery), now);
            end = looked(end, after, looked, delivery);
        }
        end = reconciled(end, now);
        histories++;
        Set<ConsentValue> right = new HashSet<>();
        ends(end.made(), 0, new ArrayList<>(), right);
        sure += right.size() == 1 ? 1 : 0;
        boolean same = end.world().didomi().value() == null
                || end.world().didomi().value().equals(ConsentValue.of(shown(end.world())));
        boolean fine = right.isEmpty() || (same && right.contains(ConsentValue.of(shown(end.world()))));
        if (!fine && wrong.size() < SHOWN) {
            wrong.add("%s ends as %s and %s, right is %s of %s"
                    .formatted(end.told(), end.world().didomi().value(), shown(end.world()), right, end.made()));
        }
    }

    private static void ends(List<Made> made, int index, List<Made> counted, Set<ConsentValue> right) {
        if (index == made.size()) {
            @Nullable ConsentValue newest = newest(counted);
            if (newest != null) {
                right.add(newest);
            }
            return;
        }
        Made choice = made.get(index);
        List<Made> with = new ArrayList<>(counted);
        with.add(choice);
        ends(made, index + 1, with, right);
        if (choice.optional()) {
            ends(made, index + 1, counted, right);
        }
    }

    private static @Nullable ConsentValue newest(List<Made> made) {
        @Nullable Made didomi = null;
        @Nullable Made dynamics = null;
        for (Made choice : made) {
            if (choice.side() == Side.DIDOMI) {
                didomi = didomi == null || !choice.at().isBefore(didomi.at()) ? choice : didomi;
            } else {
                boolean later = dynamics == null
                        || choice.at().isAfter(dynamics.at())
                        || (choice.at().equals(dynamics.at()) && choice.value().equals(F));
                dynamics = later ? choice : dynamics;
            }
        }
        if (didomi == null || dynamics == null) {
            return didomi != null ? didomi.value() : dynamics != null ? dynamics.value() : null;
        }
        long later = didomi.at().getEpochSecond() - dynamics.at().getEpochSecond();
        if (later == 0) {
            return didomi.value().equals(dynamics.value()) ? didomi.value() : F;
        }
        return later > 0 ? didomi.value() : dynamics.value();
    }
}
