package io.github.consentbridge.sync.worker;

import static java.util.Objects.requireNonNull;

import io.github.consentbridge.connectors.didomi.DidomiUser;
import io.github.consentbridge.connectors.didomi.EventResult;
import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.DidomiState;
import io.github.consentbridge.mapping.delivery.DidomiReader;
import io.github.consentbridge.mapping.delivery.MalformedDeliveryException;
import io.github.consentbridge.mapping.delivery.Reading.News;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.document.Regulation;
import io.github.consentbridge.mapping.settle.Confirmation;
import io.github.consentbridge.mapping.settle.Person;
import io.github.consentbridge.mapping.settle.PlannedEvent;
import io.github.consentbridge.mapping.settle.SettleInput;
import io.github.consentbridge.sync.connections.Connections;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads what Didomi shows of a person, and posts what was settled. */
final class DidomiCalls {
    private final Integration integration;
    private final Connections connections;
    private final DidomiReader reader;
    private final LedgerConfirmations confirmations;
    private final SystemPauses pauses;
    private final Outcomes outcomes;
    private final List<Regulation> regulations;

    DidomiCalls(
            Integration integration,
            Connections connections,
            DidomiReader reader,
            LedgerConfirmations confirmations,
            SystemPauses pauses,
            Outcomes outcomes) {
        this.integration = integration;
        this.connections = connections;
        this.reader = reader;
        this.confirmations = confirmations;
        this.pauses = pauses;
        this.outcomes = outcomes;
        this.regulations = integration.mappings().stream()
                .map(Mapping::regulation)
                .distinct()
                .toList();
    }

    /** The evidence, and every Didomi user of the person as it stands now. */
    SettleInput withUsers(PersonTask task, SettleInput input) {
        List<Choice> choices = new ArrayList<>();
        List<DidomiState> states = new ArrayList<>();
        for (News news : users(task)) {
            choices.addAll(news.choices());
            states.addAll(news.states());
        }
        return input.usersRead(choices, states);
    }

    /** Every Didomi user of the person, under each mapped regulation. */
    List<News> users(PersonTask task) {
        List<News> users = new ArrayList<>();
        for (String didomiId : task.didomiIds()) {
            for (Regulation regulation : regulations) {
                for (DidomiUser user : connections.didomi().users(didomiId, regulation.id())) {
                    Optional.ofNullable(user.organizationUserId()).ifPresent(task::readAs);
                    users.add(read(() -> reader.readUser(task.key, user.json(), regulation)));
                }
            }
        }
        return users;
    }

    /** The evidence, and all that the person's events say, with their dates. */
    SettleInput withEvents(PersonTask task, SettleInput input) {
        List<Choice> choices = new ArrayList<>();
        List<Choice> ours = new ArrayList<>();
        for (String didomiId : task.didomiIds()) {
            for (Regulation regulation : regulations) {
                List<String> events = connections.didomi().events(didomiId, regulation.id());
                DidomiReader.Events said = read(() -> reader.readEvents(events, regulation));
                choices.addAll(said.choices());
                ours.addAll(said.ours());
            }
        }
        return input.eventsRead(choices, ours);
    }

    private interface Read<T> {
        T read() throws MalformedDeliveryException;
    }

    private static <T> T read(Read<T> reading) {
        try {
            return reading.read();
        } catch (MalformedDeliveryException e) {
            throw new UnreadablePersonException(
                    "what Didomi shows of this person cannot be read: " + e.getMessage(), e);
        }
    }

    /** Posts the events of these people; who is finished has a fate. */
    void post(List<PersonTask> tasks) {
        List<PersonTask> owners = new ArrayList<>();
        List<PlannedEvent> events = new ArrayList<>();
        for (PersonTask task : tasks) {
            for (PlannedEvent event : requireNonNull(task.settlement).events()) {
                owners.add(task);
                events.add(event);
            }
        }
        if (events.isEmpty()) {
            return;
        }
        List<io.github.consentbridge.connectors.didomi.DidomiEvent> texts = new ArrayList<>();
        for (int index = 0; index < events.size(); index++) {
            texts.add(text(owners.get(index), events.get(index)));
        }
        record(owners, events, connections.didomi().postEvents(texts, integration.silenceIntegrations()));
    }

    private static io.github.consentbridge.connectors.didomi.DidomiEvent text(PersonTask task, PlannedEvent event) {
        UUID id = event.id(task.key);
        @Nullable String contactId = requireNonNull(task.settlement).person().contactId();
        return new io.github.consentbridge.connectors.didomi.DidomiEvent(
                id.toString(), task.didomiId(), EventJson.write(event, id, task.didomiId(), contactId));
    }

    private void record(List<PersonTask> owners, List<PlannedEvent> events, List<EventResult> results) {
        Map<PersonTask, UnaryOperator<Person>> answers = new LinkedHashMap<>();
        @Nullable Duration pause = null;
        for (int index = 0; index < events.size(); index++) {
            PersonTask task = owners.get(index);
            PlannedEvent event = events.get(index);
            EventResult result = results.get(index);
            if (result instanceof EventResult.Posted) {
                answers.merge(task, person -> Confirmation.posted(person, event), DidomiCalls::both);
                outcomes.eventPosted(task, event);
            } else if (result instanceof EventResult.Rejected rejected) {
                answers.merge(task, person -> Confirmation.refused(person, event), DidomiCalls::both);
                task.end(new DeliveryOutcome.Dead("Didomi refused the event of "
                        + event.recordId().value().key() + " with " + rejected.status()));
            } else if (result instanceof EventResult.Failed failed
                    && failed.cause().concernsSystem()) {
                pause = pause == null ? pauses.pause(failed.cause()) : pause;
                task.end(new DeliveryOutcome.Postponed(pause));
            } else {
                task.end(new DeliveryOutcome.Failed("the event could not be posted"));
            }
        }
        confirmations.save(answers);
    }

    private static UnaryOperator<Person> both(UnaryOperator<Person> one, UnaryOperator<Person> other) {
        return person -> other.apply(one.apply(person));
    }
}
