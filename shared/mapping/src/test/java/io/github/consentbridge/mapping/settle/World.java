package io.github.consentbridge.mapping.settle;

import io.github.consentbridge.mapping.column.ColumnCodec;
import io.github.consentbridge.mapping.column.ColumnType;
import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.ContactState;
import io.github.consentbridge.mapping.consent.DidomiState;
import io.github.consentbridge.mapping.consent.Observation;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.DidomiPath;
import io.github.consentbridge.mapping.document.Direction;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.document.Regulation;
import io.github.consentbridge.mapping.document.Wins;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One person in a small model of both systems: Didomi, the contact, the ledger and the deliveries in flight. Immutable,
 * so that every schedule can branch from it and equal states are recognised.
 */
record World(Didomi didomi, Contact contact, Ledger ledger, List<Delivery> deliveries, List<Made> made, int delivered) {
    static final OrganizationUserId PERSON = new OrganizationUserId("ada");
    static final ConsentRecordId NEWSLETTER =
            new ConsentRecordId(Regulation.GDPR, new DidomiPath.Purpose("newsletter"));
    static final String USER = "u1";
    static final AttributeName COLUMN = new AttributeName("new_newsletter");
    static final AttributeName INVERTED = new AttributeName("donotbulkemail");
    static final Instant START = Instant.parse("2026-03-01T08:00:10Z");
    static final ConsentValue T = ConsentValue.of(true);
    static final ConsentValue F = ConsentValue.of(false);

    /** Whether Didomi applies a back-dated event last or merges it by date; its documentation does not say. */
    enum Merge {
        ON_TOP,
        BY_DATE
    }

    /** @param arrivedAt when Didomi received it */
    record Event(String user, ConsentValue value, Instant createdAt, boolean ours, Instant arrivedAt) {}

    /** One person's users, who share one organization user id, in the order of their creation. */
    record Didomi(Merge merge, List<Event> events) {
        List<String> users() {
            return events.stream().map(Event::user).distinct().toList();
        }

        /** What Didomi shows of the person: the value of the user who changed last. */
        @Nullable
        ConsentValue value() {
            return events.isEmpty() ? null : value(events.get(events.size() - 1).user());
        }

        /**
         * What Didomi shows of the person under either reading: the value of the user who acted last, or of the user
         * whose value changed last. They differ if a user repeats a choice after another user chose differently.
         */
        boolean shows(ConsentValue value) {
            return value.equals(value()) || value.equals(lastChanged());
        }

        private @Nullable ConsentValue lastChanged() {
            @Nullable ConsentValue last = null;
            for (int count = 1; count <= events.size(); count++) {
                String user = events.get(count - 1).user();
                @Nullable ConsentValue before = new Didomi(merge, events.subList(0, count - 1)).value(user);
                @Nullable ConsentValue now = new Didomi(merge, events.subList(0, count)).value(user);
                last = Objects.equals(before, now) ? last : now;
            }
            return last;
        }

        @Nullable
        ConsentValue value(String user) {
            @Nullable Event last = null;
            for (Event event : events) {
                boolean later = last == null
                        || merge == Merge.ON_TOP
                        || !event.createdAt().isBefore(last.createdAt());
                last = event.user().equals(user) && later ? event : last;
            }
            return last == null ? null : last.value();
        }

        Didomi with(String user, ConsentValue value, Instant createdAt, Instant now) {
            return with(new Event(user, value, createdAt, false, now));
        }

        /** An event of ours names only the person; it reaches the person's first user. */
        Didomi withOurs(ConsentValue value, Instant createdAt, Instant now) {
            return with(new Event(ourUser(), value, createdAt, true, now));
        }

        String ourUser() {
            return events.isEmpty() ? USER : events.get(0).user();
        }

        private Didomi with(Event event) {
            List<Event> more = new ArrayList<>(events);
            more.add(event);
            return new Didomi(merge, List.copyOf(more));
        }

        boolean hasOurs(ConsentValue value, Instant createdAt) {
            return events.stream()
                    .anyMatch(event -> event.ours()
                            && event.value().equals(value)
                            && event.createdAt().equals(createdAt));
        }

        DidomiState state(String user, Observation.Origin origin) {
            List<Event> own =
                    events.stream().filter(event -> event.user().equals(user)).toList();
            @Nullable ConsentValue value = value(user);
            Map<ConsentRecordId, Observation> values =
                    value == null ? Map.of() : Map.of(NEWSLETTER, new Observation(value, origin));
            Stamp stamp = new Stamp(
                    own.size(), own.isEmpty() ? START : own.get(own.size() - 1).arrivedAt());
            return new DidomiState(user, Regulation.GDPR, stamp, null, values);
        }
    }

    /**
     * @param tellsVersion whether a webhook call contains the row's version, which it does only if its image includes
     * it
     */
    record Contact(String id, long etag, Map<AttributeName, Object> columns, Instant modifiedOn, boolean tellsVersion) {
        Contact with(Map<AttributeName, Object> changes, Instant now) {
            Map<AttributeName, Object> all = new java.util.HashMap<>(columns);
            all.putAll(changes);
            return new Contact(id, etag + 1, Map.copyOf(all), now.truncatedTo(ChronoUnit.SECONDS), tellsVersion);
        }

        ContactState state() {
            return new ContactState(id, "W/" + etag, new Stamp(etag, modifiedOn), columns);
        }
    }

    record Ledger(Person person, long revision) {}

    /** A webhook call, delivered at least once and in any order. */
    record Delivery(int number, List<Choice> choices, List<DidomiState> states) {}

    /** A choice that a person really made. */
    record Made(Side side, ConsentValue value, Instant at, int number) {}

    World with(Didomi changed) {
        return new World(changed, contact, ledger, deliveries, made, delivered);
    }

    World with(Contact changed) {
        return new World(didomi, changed, ledger, deliveries, made, delivered);
    }

    World with(Ledger changed) {
        return new World(didomi, contact, changed, deliveries, made, delivered);
    }

    World tellingNoRowVersions() {
        Contact untold = new Contact(contact.id(), contact.etag(), contact.columns(), contact.modifiedOn(), false);
        return with(untold);
    }

    World withMade(Side side, ConsentValue value, Instant at) {
        List<Made> more = new ArrayList<>(made);
        more.add(new Made(side, value, at, made.size()));
        return new World(didomi, contact, ledger, deliveries, List.copyOf(more), delivered);
    }

    World sending(List<Choice> choices, List<DidomiState> states) {
        return withDelivery(new Delivery(delivered, choices, states));
    }

    World withDelivery(Delivery delivery) {
        List<Delivery> more = new ArrayList<>(deliveries);
        more.add(delivery);
        more.sort(java.util.Comparator.comparingInt(Delivery::number));
        return new World(didomi, contact, ledger, List.copyOf(more), made, Math.max(delivered, delivery.number() + 1));
    }

    World without(Delivery delivery) {
        List<Delivery> fewer = new ArrayList<>(deliveries);
        fewer.remove(delivery);
        return new World(didomi, contact, ledger, List.copyOf(fewer), made, delivered);
    }

    /** The newest choice made, computed from the text of rule R1 and not with its code. */
    @Nullable
    ConsentValue truth() {
        @Nullable Made didomiLast = null;
        @Nullable Made dynamicsLast = null;
        for (Made choice : made) {
            if (choice.side() == Side.DIDOMI) {
                boolean later = didomiLast == null || !choice.at().isBefore(didomiLast.at());
                didomiLast = later ? choice : didomiLast;
            } else {
                boolean later = dynamicsLast == null
                        || contact.tellsVersion()
                        || choice.at().isAfter(dynamicsLast.at())
                        || (choice.at().equals(dynamicsLast.at())
                                && choice.value().equals(F));
                dynamicsLast = later ? choice : dynamicsLast;
            }
        }
        if (didomiLast == null || dynamicsLast == null) {
            return didomiLast != null ? didomiLast.value() : dynamicsLast != null ? dynamicsLast.value() : null;
        }
        long difference = didomiLast.at().getEpochSecond() - dynamicsLast.at().getEpochSecond();
        if (difference == 0) {
            return didomiLast.value().equals(dynamicsLast.value()) ? didomiLast.value() : F;
        }
        return difference > 0 ? didomiLast.value() : dynamicsLast.value();
    }

    boolean shows(ConsentValue value) {
        boolean granted = value.equals(T);
        return didomi.shows(value)
                && contact.columns().get(COLUMN).equals(granted)
                && (!contact.columns().containsKey(INVERTED)
                        || contact.columns().get(INVERTED).equals(!granted));
    }

    static MappedColumn mapped(AttributeName column, boolean invert) {
        Mapping mapping =
                new Mapping(column, NEWSLETTER.value(), invert, Map.of(), Direction.BOTH, Regulation.GDPR, Wins.NEWEST);
        return new MappedColumn(mapping, ColumnCodec.of(mapping, new ColumnType.Bool()));
    }

    /** Both sides show a grant of 08:00:10 and the ledger knows it. */
    static World granted(Merge merge, boolean twoColumns) {
        Didomi didomi = new Didomi(merge, List.of(new Event(USER, T, START, false, START)));
        Map<AttributeName, Object> columns = twoColumns ? Map.of(COLUMN, true, INVERTED, false) : Map.of(COLUMN, true);
        Contact contact = new Contact("c0", 1, columns, START, true);
        Choice choice = Choice.inDidomi(NEWSLETTER, "u1", T, START, "d0");
        List<MappedColumn> mapped =
                twoColumns ? List.of(mapped(COLUMN, false), mapped(INVERTED, true)) : List.of(mapped(COLUMN, false));
        Person known = new Settler(ContactMapping.of(mapped))
                .settle(
                        Person.unknown(PERSON),
                        SettleInput.reported(
                                List.of(choice),
                                List.of(didomi.state(USER, Observation.Origin.EXPLAINED)),
                                contact.state()))
                .person();
        return new World(
                didomi, contact, new Ledger(known, 1), List.of(), List.of(new Made(Side.DIDOMI, T, START, 0)), 0);
    }

    /** A contact with its defaults, no Didomi user, and an empty ledger. */
    static World fresh(Merge merge) {
        return fresh(merge, false);
    }

    static World fresh(Merge merge, boolean twoColumns) {
        Map<AttributeName, Object> columns =
                twoColumns ? Map.of(COLUMN, false, INVERTED, false) : Map.of(COLUMN, false);
        return new World(
                new Didomi(merge, List.of()),
                new Contact("c0", 1, columns, START, true),
                new Ledger(Person.unknown(PERSON), 0),
                List.of(),
                List.of(),
                0);
    }
}
