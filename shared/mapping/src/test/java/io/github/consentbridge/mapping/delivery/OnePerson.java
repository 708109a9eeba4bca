package io.github.consentbridge.mapping.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.column.ColumnCodec;
import io.github.consentbridge.mapping.column.ColumnType;
import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ClockRule;
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.ContactState;
import io.github.consentbridge.mapping.consent.DidomiState;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.delivery.Reading.News;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.Direction;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.document.Regulation;
import io.github.consentbridge.mapping.document.Wins;
import io.github.consentbridge.mapping.settle.Confirmation;
import io.github.consentbridge.mapping.settle.ContactMapping;
import io.github.consentbridge.mapping.settle.Decision;
import io.github.consentbridge.mapping.settle.MappedColumn;
import io.github.consentbridge.mapping.settle.Person;
import io.github.consentbridge.mapping.settle.SettleInput;
import io.github.consentbridge.mapping.settle.Settlement;
import io.github.consentbridge.mapping.settle.Settlement.Need;
import io.github.consentbridge.mapping.settle.Settler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A contact, its ledger entry, and a Didomi that already has everything it will ever report about this person. */
final class OnePerson {
    private static final ConsentRecordId REGISTER = new ConsentRecordId(Regulation.GDPR, Deliveries.NEWSLETTER);
    private static final AttributeName COLUMN = new AttributeName("new_newsletter");
    private static final ClockRule READ = new ClockRule(Instant.parse("2026-10-03T00:00:00Z"));

    /** A body and the time of day at which it arrived. */
    record Arrived(String body, String at) {}

    /** The winner, {@code value@time}, and what the column shows. */
    record Outcome(String winner, Object column) {}

    private final DidomiReader reader;
    private final Settler settler;
    private final List<String> users;
    private final List<String> events;
    private Person ledger = Person.unknown(new OrganizationUserId("ada@example.org"));
    private ContactState contact =
            new ContactState("c-1", "W/1", new Stamp(1, Instant.parse("2026-10-02T06:00:00Z")), Map.of());

    OnePerson(Direction direction, List<String> users, List<String> events) {
        Mapping mapping =
                new Mapping(COLUMN, Deliveries.NEWSLETTER, false, Map.of(), direction, Regulation.GDPR, Wins.NEWEST);
        this.reader = new DidomiReader(List.of(mapping));
        this.settler = new Settler(
                ContactMapping.of(List.of(new MappedColumn(mapping, ColumnCodec.of(mapping, new ColumnType.Bool())))));
        this.users = users;
        this.events = events;
    }

    /** One batch: read, settled, saved, written, confirmed. */
    void settle(List<Arrived> batch) throws MalformedDeliveryException {
        List<Choice> choices = new ArrayList<>();
        List<DidomiState> states = new ArrayList<>();
        boolean reread = false;
        for (Arrived arrived : batch) {
            Instant receivedAt = Instant.parse("2026-10-02T" + arrived.at() + "Z");
            if (reader.read(arrived.body(), "d", receivedAt) instanceof News news) {
                choices.addAll(news.choices());
                states.addAll(news.states());
                reread |= news.reread();
            }
        }
        SettleInput reported = SettleInput.reported(choices, states, contact);
        Settlement settlement = settler.settle(ledger, reported);
        if (reread || settlement.need() != Need.NOTHING) {
            SettleInput read = withUsers(reported);
            settlement = settler.settle(ledger, read);
            if (reread || settlement.need() == Need.DIDOMI_EVENTS) {
                DidomiReader.Events said = reader.readEvents(events, Regulation.GDPR, READ);
                settlement = settler.settle(ledger, read.eventsRead(said.choices(), said.ours()));
            }
        }
        apply(settlement);
    }

    private SettleInput withUsers(SettleInput reported) throws MalformedDeliveryException {
        List<DidomiState> states = new ArrayList<>();
        for (String user : users) {
            states.addAll(
                    reader.readUser(ledger.key(), user, Regulation.GDPR, READ).states());
        }
        return reported.usersRead(List.of(), states);
    }

    private void apply(Settlement settlement) {
        assertThat(settlement.need()).isEqualTo(Need.NOTHING);
        assertThat(settlement.events()).as("Didomi already has it").isEmpty();
        ledger = settlement.person();
        if (!settlement.columnWrites().isEmpty()) {
            Map<AttributeName, Object> values = new HashMap<>(contact.values());
            settlement.columnWrites().forEach(write -> values.put(write.column(), write.columnValue()));
            long version = contact.stamp().version() + 1;
            Stamp stamp = new Stamp(version, contact.stamp().at().plusSeconds(1));
            contact = new ContactState("c-1", "W/" + version, stamp, values);
            ledger = Confirmation.written(ledger, settlement.columnWrites());
        }
    }

    Outcome outcome() {
        Decision winner = ledger.record(REGISTER).decision(Wins.NEWEST).orElseThrow();
        String value = winner.value().equals(ConsentValue.of(true)) ? "granted" : "refused";
        return new Outcome(value + "@" + winner.decidedAt(), contact.values().get(COLUMN));
    }
}
