package io.github.consentbridge.sync.worker;

import io.github.consentbridge.connectors.didomi.DidomiEvent;
import io.github.consentbridge.connectors.didomi.DidomiUser;
import io.github.consentbridge.connectors.didomi.EventResult;
import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ClockRule;
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
import io.github.consentbridge.mapping.settle.Settlement.Change;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.history.HistoryFacts;
import io.github.consentbridge.sync.history.PostedEvent;
import io.github.consentbridge.sync.isolation.Operation;
import io.github.consentbridge.sync.worker.LedgerConfirmations.Answer;
import io.github.consentbridge.sync.worker.PersonSettling.Gathered;
import io.github.consentbridge.sync.worker.PersonStage.Located;
import io.github.consentbridge.sync.worker.PersonStage.Planned;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what Didomi shows of a person, and posts the events that were settled. */
final class DidomiCalls {
    /** What one person's reads may take of the time left: a quarter. */
    private static final int SHARES = 4;

    private final Integration integration;
    private final Connections connections;
    private final DidomiReader reader;
    private final LedgerConfirmations confirmations;
    private final SystemPauses pauses;
    private final Outcomes outcomes;
    private final Clock clock;
    private final List<Regulation> regulations;

    DidomiCalls(
            Integration integration,
            Connections connections,
            DidomiReader reader,
            LedgerConfirmations confirmations,
            SystemPauses pauses,
            Outcomes outcomes,
            Clock clock) {
        this.integration = integration;
        this.connections = connections;
        this.reader = reader;
        this.confirmations = confirmations;
        this.pauses = pauses;
        this.outcomes = outcomes;
        this.clock = clock;
        this.regulations = integration.mappings().stream()
                .map(Mapping::regulation)
                .distinct()
                .toList();
    }

    /** The same with every Didomi user of the person as it stands now, under each mapped regulation. */
    Gathered withUsers(Gathered known) {
        return read(
                Operation.USERS_READ, known, () -> connections.didomi().probe().users(), this::readUsers);
    }

    private Gathered readUsers(Gathered known) {
        Located person = known.person();
        List<Choice> choices = new ArrayList<>();
        List<DidomiState> states = new ArrayList<>();
        for (String didomiId : person.didomiIds()) {
            for (Regulation regulation : regulations) {
                for (DidomiUser user : connections.didomi().users(didomiId, regulation.id())) {
                    @Nullable String spelling = user.organizationUserId();
                    person = spelling == null ? person : person.readAs(spelling);
                    ClockRule now = new ClockRule(clock.instant());
                    News news = read(() -> reader.readUser(known.person().key(), user.json(), regulation, now));
                    choices.addAll(news.choices());
                    states.addAll(news.states());
                }
            }
        }
        return new Gathered(person, known.input().usersRead(choices, states));
    }

    /** The same with everything that the person's events say, with their dates. */
    Gathered withEvents(Gathered known) {
        return read(
                Operation.EVENTS_READ, known, () -> connections.didomi().probe().events(), this::readEvents);
    }

    private Gathered readEvents(Gathered known) {
        List<Choice> choices = new ArrayList<>();
        List<Choice> ours = new ArrayList<>();
        for (String didomiId : known.person().didomiIds()) {
            for (Regulation regulation : regulations) {
                List<String> events = connections.didomi().events(didomiId, regulation.id());
                ClockRule now = new ClockRule(clock.instant());
                DidomiReader.Events said = read(() -> reader.readEvents(events, regulation, now));
                said.choices()
                        .forEach(event -> (isOfEarlierVersion(event, known.person()) ? ours : choices).add(event));
                ours.addAll(said.ours());
            }
        }
        return known.with(known.input().eventsRead(choices, ours));
    }

    /**
     * Whether we posted this event before events named their environment: its id shows that a bridge did, and the ledger
     * that we have posted one at this date or later.
     */
    private static boolean isOfEarlierVersion(Choice event, Located person) {
        UUID id = PlannedEvent.earlierId(person.key(), event.recordId(), event.decidedAt(), event.value());
        @Nullable
        Instant posted = person.entry().person().record(event.recordId()).posted();
        return event.delivery().equals(DidomiReader.EVENT + id)
                && posted != null
                && !event.decidedAt().isAfter(posted);
    }

    /** One person without an answer leaves time for the others. */
    private Gathered read(Operation operation, Gathered known, Runnable probe, UnaryOperator<Gathered> reading) {
        requireNotPaused();
        SystemPauses.RecordResults results = pauses.results(operation, probe);
        String person = known.person().key().value();
        try {
            Gathered read = Deadline.sharingRequests(SHARES, () -> reading.apply(known));
            results.succeeded(person);
            return read;
        } catch (RemoteException e) {
            if (!e.canConcernOneRecord()) {
                throw e;
            }
            results.failed(person, e);
            throw new SettlingStoppedException(results.outcome(person, e));
        }
    }

    private void requireNotPaused() {
        pauses.left(RemoteSystem.DIDOMI).ifPresent(wait -> {
            throw new SettlingStoppedException(new DeliveryOutcome.Postponed(wait));
        });
    }

    private interface Read<T> {
        T read() throws MalformedDeliveryException;
    }

    private static <T> T read(Read<T> reading) {
        try {
            return reading.read();
        } catch (MalformedDeliveryException e) {
            throw new SettlingStoppedException(
                    new DeliveryOutcome.Failed("what Didomi shows of this person cannot be read: " + e.getMessage()));
        }
    }

    /** Posts the events of these people, those of all of them in as few requests as possible. */
    List<StepResult<Planned>> post(List<Planned> people) {
        if (people.stream().allMatch(person -> person.settlement().events().isEmpty())) {
            return people.stream().map(DidomiCalls::next).toList();
        }
        EventJson json = new EventJson(
                connections.didomi().organizationId(), connections.whoAmI().organizationId());
        List<DidomiEvent> events =
                people.stream().flatMap(person -> events(person, json)).toList();
        List<EventResult> results = connections.didomi().postEvents(events, integration.silenceIntegrations());
        SystemPauses.RecordResults records = recorded(people, results);
        Iterator<EventResult> next = results.iterator();
        List<Answer> answers = new ArrayList<>();
        List<StepResult<Planned>> posted = new ArrayList<>();
        for (Planned person : people) {
            Answers own = new Answers(person, json);
            person.settlement().events().forEach(event -> own.add(event, next.next(), records));
            answers.add(new Answer(person.entry(), own.change, HistoryFacts.posted(own.posted)));
            posted.add(own.result());
        }
        confirmations.save(answers);
        return posted;
    }

    /** Any answer but a failure shows that events are taken; a person fails if one of the events does. */
    private SystemPauses.RecordResults recorded(List<Planned> people, List<EventResult> results) {
        SystemPauses.RecordResults records = pauses.results(
                Operation.EVENT_POST, () -> connections.didomi().probe().posts());
        Iterator<EventResult> next = results.iterator();
        for (Planned person : people) {
            @Nullable RemoteException failure = null;
            int events = person.settlement().events().size();
            for (int index = 0; index < events; index++) {
                failure = next.next() instanceof EventResult.Failed failed ? failed.cause() : failure;
            }
            if (failure != null) {
                records.failed(person.key().value(), failure);
            } else if (events > 0) {
                records.succeeded(person.key().value());
            }
        }
        return records;
    }

    private static StepResult<Planned> next(Planned person) {
        return new StepResult.Next<>(person);
    }

    private static Stream<DidomiEvent> events(Planned person, EventJson json) {
        @Nullable String contactId = person.settlement().person().contactId();
        return person.settlement().events().stream().map(event -> {
            UUID id = json.id(event, person.key());
            return new DidomiEvent(
                    id.toString(), person.didomiId(), json.write(event, id, person.didomiId(), contactId));
        });
    }

    /** Collects the answers to one person's events. */
    private final class Answers {
        private final Planned person;
        private final EventJson json;
        private final List<PostedEvent> posted = new ArrayList<>();
        private final List<Change> applied = new ArrayList<>();
        private final List<String> refusals = new ArrayList<>();
        private UnaryOperator<Person> change = UnaryOperator.identity();
        private @Nullable DeliveryOutcome outcome;

        Answers(Planned person, EventJson json) {
            this.person = person;
            this.json = json;
        }

        void add(PlannedEvent event, EventResult result, SystemPauses.RecordResults records) {
            if (result instanceof EventResult.Posted) {
                also(now -> Confirmation.posted(now, event));
                posted.add(new PostedEvent(event, json.id(event, person.key()).toString()));
                applied.addAll(person.changesBy(event));
                outcomes.eventPosted(person, event);
            } else if (result instanceof EventResult.Rejected rejected) {
                also(now -> Confirmation.refused(now, event));
                refusals.add("Didomi refused the event of "
                        + event.recordId().value().key() + " with " + rejected.status());
            } else if (result instanceof EventResult.Failed failed) {
                outcome = records.outcome(person.key().value(), failed.cause());
            }
        }

        private void also(UnaryOperator<Person> more) {
            UnaryOperator<Person> before = change;
            change = now -> more.apply(before.apply(now));
        }

        StepResult<Planned> result() {
            // What may still be posted is tried again first; the refusals come again then.
            Planned after = person.applied(applied).refused(refusals);
            @Nullable DeliveryOutcome end = outcome;
            return end == null ? next(after) : after.ended(end);
        }
    }
}
