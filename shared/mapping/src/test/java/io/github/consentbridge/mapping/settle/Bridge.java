package io.github.consentbridge.mapping.settle;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.DidomiState;
import io.github.consentbridge.mapping.consent.Observation;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.settle.SettleInput.DidomiRead;
import io.github.consentbridge.mapping.settle.Settlement.Need;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One worker that handles one delivery, between two of its steps: load the ledger, read the systems and settle, save,
 * write the contact, post the event, save. The settle rule is a parameter, so that broken variants can be tested too.
 */
record Bridge(
        Step step,
        World.@Nullable Delivery delivery,
        World.@Nullable Ledger loaded,
        @Nullable Settlement settlement,
        boolean contactTook,
        boolean contactConflict) {
    static final Bridge IDLE = new Bridge(Step.IDLE, null, null, null, false, false);

    enum Step {
        IDLE,
        LOAD,
        READ,
        SAVE,
        WRITE,
        POST,
        CONFIRM
    }

    /** A world and the worker after one step. */
    record After(World world, Bridge worker) {}

    static Bridge taking(World.Delivery delivery) {
        return new Bridge(Step.LOAD, delivery, null, null, false, false);
    }

    After next(World world, Rule rule, Instant now) {
        return switch (step) {
            case IDLE -> throw new IllegalStateException("no delivery");
            case LOAD -> new After(world, new Bridge(Step.READ, delivery, world.ledger(), null, false, false));
            case READ -> new After(world, read(world, rule));
            case SAVE -> save(world);
            case WRITE -> write(world, now);
            case POST -> post(world, rule, now);
            case CONFIRM -> confirm(world);
        };
    }

    private Bridge read(World world, Rule rule) {
        Settlement settled = rule.settle(loaded.person(), world, delivery.choices(), delivery.states());
        boolean changed = !settled.person().equals(loaded.person());
        if (!changed && settled.writesNothing()) {
            return IDLE;
        }
        return new Bridge(Step.SAVE, delivery, loaded, settled, false, false);
    }

    private After save(World world) {
        if (world.ledger().revision() != loaded.revision()) {
            return new After(world, taking(delivery));
        }
        World.Ledger saved = new World.Ledger(settlement.person(), loaded.revision() + 1);
        Bridge then = settlement.writesNothing()
                ? IDLE
                : new Bridge(
                        settlement.columnWrites().isEmpty() ? Step.POST : Step.WRITE,
                        delivery,
                        saved,
                        settlement,
                        false,
                        false);
        return new After(world.with(saved), then);
    }

    private After write(World world, Instant now) {
        String etag = settlement.columnWrites().get(0).etag();
        boolean unchanged = world.contact().state().etag().equals(etag);
        World after = world;
        if (unchanged) {
            Map<AttributeName, Object> changes = new HashMap<>();
            settlement.columnWrites().forEach(write -> changes.put(write.column(), write.columnValue()));
            after = world.with(world.contact().with(changes, now));
        }
        Step next = settlement.events().isEmpty() ? Step.CONFIRM : Step.POST;
        return new After(after, new Bridge(next, delivery, loaded, settlement, unchanged, !unchanged));
    }

    private After post(World world, Rule rule, Instant now) {
        PlannedEvent event = settlement.events().get(0);
        boolean repeat = world.didomi().hasOurs(event.value(), event.createdAt());
        World.Didomi didomi = world.didomi().withOurs(event.value(), event.createdAt(), now);
        World posted = repeat ? world : world.with(didomi);
        if (rule.hearsEchoes() && !repeat) {
            posted = posted.sending(List.of(), List.of(didomi.state(didomi.ourUser(), Observation.Origin.EXPLAINED)));
        }
        return new After(posted, new Bridge(Step.CONFIRM, delivery, loaded, settlement, contactTook, contactConflict));
    }

    private After confirm(World world) {
        UnaryOperator<Person> answer = person -> {
            Person now = person;
            if (contactTook) {
                now = Confirmation.written(now, settlement.columnWrites());
            }
            if (contactConflict) {
                now = Confirmation.notWritten(now, settlement.columnWrites());
            }
            for (PlannedEvent event : settlement.events()) {
                now = Confirmation.posted(now, event);
            }
            return now;
        };
        Person confirmed = answer.apply(world.ledger().person());
        World saved = confirmed.equals(world.ledger().person())
                ? world
                : world.with(new World.Ledger(confirmed, world.ledger().revision() + 1));
        return new After(saved, contactConflict ? taking(delivery) : IDLE);
    }

    /** Whether it alone knows that a grant over a refusal was not written. */
    boolean leavesAGrantOpen() {
        return (step == Step.WRITE || contactConflict)
                && settlement.columnWrites().stream()
                        .anyMatch(write -> write.value().equals(World.T));
    }

    /** How a worker settles: the real rule, or a variant with a part broken. */
    interface Rule {
        Settlement settle(Person person, World world, List<Choice> choices, List<DidomiState> states);

        /** Reads both sides, as the reconciliation does. */
        Settlement look(Person person, World world);

        boolean hearsEchoes();
    }

    /**
     * Settles as the worker does: reads Didomi's users, then the person's events, when the settlement asks for them.
     */
    static Rule rule(Settler settler, boolean hearsEchoes) {
        return new Rule() {
            @Override
            public Settlement settle(Person person, World world, List<Choice> choices, List<DidomiState> states) {
                Settlement first = settler.settle(
                        person,
                        SettleInput.reported(choices, states, world.contact().state()));
                if (first.need() == Need.NOTHING) {
                    return first;
                }
                return withDidomi(person, world, choices, states);
            }

            @Override
            public Settlement look(Person person, World world) {
                return withDidomi(person, world, List.of(), List.of());
            }

            private Settlement withDidomi(Person person, World world, List<Choice> choices, List<DidomiState> states) {
                Settlement settled = withDidomi(person, world, choices, states, DidomiRead.USERS);
                return settled.need() == Need.NOTHING
                        ? settled
                        : withDidomi(person, world, choices, states, DidomiRead.USERS_AND_EVENTS);
            }

            private Settlement withDidomi(
                    Person person, World world, List<Choice> choices, List<DidomiState> states, DidomiRead read) {
                List<DidomiState> all = new ArrayList<>(states);
                all.addAll(users(world));
                SettleInput input =
                        new SettleInput(choices, List.of(), all, world.contact().state(), DidomiRead.USERS);
                List<Choice> reported = new ArrayList<>();
                List<Choice> ours = new ArrayList<>();
                if (read == DidomiRead.USERS_AND_EVENTS) {
                    world.didomi()
                            .events()
                            .forEach(event -> (event.ours() ? ours : reported)
                                    .add(Choice.inDidomi(
                                            World.NEWSLETTER,
                                            event.user(),
                                            event.value(),
                                            event.createdAt(),
                                            "events")));
                }
                boolean usersOnly = read == DidomiRead.USERS;
                return settler.settle(person, usersOnly ? input : input.eventsRead(reported, ours));
            }

            @Override
            public boolean hearsEchoes() {
                return hearsEchoes;
            }
        };
    }

    /** Every Didomi user of the person as the API returns them. */
    static List<DidomiState> users(World world) {
        return world.didomi().users().stream()
                .map(user -> world.didomi().state(user, Observation.Origin.UNKNOWN))
                .toList();
    }
}
