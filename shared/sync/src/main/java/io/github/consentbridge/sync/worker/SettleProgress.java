package io.github.consentbridge.sync.worker;

import static java.util.Objects.requireNonNull;

import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.worker.PageSettler.Permission;
import io.github.consentbridge.sync.worker.PersonStage.Open;
import io.github.consentbridge.sync.worker.PersonStage.Planned;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How far the people of one call have come. The only thing that changes while they are settled, so that a failure of a
 * whole system in the middle of a step loses nothing of what was achieved before.
 */
final class SettleProgress {
    private final Permission permission;
    private final Map<OrganizationUserId, Open> people = new LinkedHashMap<>();
    private final Map<OrganizationUserId, DeliveryOutcome> outcomes = new HashMap<>();

    /** What the settlements of each person's rounds found, taken together. */
    private final Map<OrganizationUserId, SettledPerson> plans = new LinkedHashMap<>();

    SettleProgress(Collection<PersonNews> news, Permission permission) {
        this.permission = permission;
        news.forEach(each -> people.put(each.key(), Open.of(each)));
    }

    /** The people who are not finished. */
    List<Open> open() {
        return people.values().stream()
                .filter(person -> !outcomes.containsKey(person.key()))
                .toList();
    }

    /** Records what a step made of these people; returns those that the next step continues with. */
    <T extends PersonStage> List<T> record(List<StepResult<T>> results) {
        List<T> next = new ArrayList<>();
        results.forEach(result -> record(result).ifPresent(next::add));
        return next;
    }

    <T extends PersonStage> Optional<T> record(StepResult<T> result) {
        if (result instanceof StepResult.Next<T> next) {
            people.put(next.person().key(), next.person().open());
            return Optional.of(next.person());
        }
        if (result instanceof StepResult.Again<T> again) {
            people.put(again.person().key(), again.person());
        } else if (result instanceof StepResult.Ended<T> ended) {
            people.put(ended.person().key(), ended.person());
            outcomes.put(ended.person().key(), ended.outcome());
        }
        return Optional.empty();
    }

    void end(List<? extends PersonStage> stages, DeliveryOutcome outcome) {
        stages.forEach(person -> outcomes.put(person.key(), outcome));
    }

    /** Whether what was planned in this round may be saved and written. */
    boolean mayWrite(List<Planned> planned) {
        for (Planned person : planned) {
            SettledPerson plan = SettledPerson.planned(person);
            plans.merge(
                    person.key(),
                    plan,
                    (before, now) ->
                            before.after(person.open().applied(), now.outcome()).then(now));
        }
        return permission.toWrite(List.copyOf(plans.values()));
    }

    Map<Delivery, DeliveryOutcome> deliveryOutcomes() {
        Map<Delivery, DeliveryOutcome> ended = new LinkedHashMap<>();
        people.values().forEach(person -> person.news().deliveries().forEach(each -> ended.put(each, outcome(person))));
        return ended;
    }

    List<SettledPerson> settledPeople() {
        return people.values().stream().map(this::settled).toList();
    }

    private SettledPerson settled(Open person) {
        @Nullable SettledPerson plan = plans.get(person.key());
        return plan == null
                ? SettledPerson.unsettled(person.key(), outcome(person))
                : plan.after(
                        Stream.concat(plan.applied().stream(), person.applied().stream())
                                .toList(),
                        outcome(person));
    }

    /** Every person has one by then; a delivery without one must not count as done. */
    private DeliveryOutcome outcome(Open person) {
        return requireNonNull(outcomes.get(person.key()), "outcome");
    }
}
