package io.github.consentbridge.sync.ledger;

import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.DidomiPath;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.document.Regulation;
import io.github.consentbridge.mapping.settle.ConsentRecord;
import io.github.consentbridge.mapping.settle.InferredChoice;
import io.github.consentbridge.mapping.settle.ObservedValue;
import io.github.consentbridge.mapping.settle.PendingEvent;
import io.github.consentbridge.mapping.settle.PendingWrite;
import io.github.consentbridge.mapping.settle.Person;
import io.github.consentbridge.mapping.settle.Replica;
import io.github.consentbridge.mapping.settle.ReportedChoice;
import io.github.consentbridge.sync.history.HistoryTail;
import io.github.consentbridge.sync.history.SampleHistory;
import io.github.consentbridge.sync.queue.DeadLetter;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.DiscardedDelivery;
import io.github.consentbridge.sync.rights.Access;
import io.github.consentbridge.sync.rights.AccessKind;
import io.github.consentbridge.sync.rights.Requester;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the stores of every release hold that are kept as test resources: a release writes it once, and each later one
 * must read it.
 */
public final class ReleasedContents {
    public static final Instant AT = Instant.parse("2026-03-01T08:00:00Z");
    public static final RemoteSystem PAUSED = RemoteSystem.DIDOMI;
    public static final Instant PAUSED_UNTIL = AT.plus(Duration.ofMinutes(15));
    public static final String RUN_NAME = "dynamics";
    public static final String RUN_TEXT =
            "{\"link\":\"https://acme.crm4.dynamics.com/api/data/v9.2/contacts?$deltatoken=1\"}";
    public static final String CONTACT = "0f2b7a35-6c1d-4e0a-9d43-5a1be7c90d11";
    public static final OrganizationUserId ADA = new OrganizationUserId("ada@example.org");

    private static final OrganizationUserId GRACE = new OrganizationUserId("grace@example.org");
    private static final OrganizationUserId ALAN = new OrganizationUserId("alan@example.org");

    private ReleasedContents() {}

    /** Someone whose choices are on their way to both sides, someone with a time from the future, and someone erased. */
    public static List<LedgerEntry> entries() {
        return List.of(
                LedgerEntry.none(ADA)
                        .with(onTheWay())
                        .spelled("Ada@example.org")
                        .recorded(history()),
                LedgerEntry.none(GRACE).with(SamplePeople.futureDated(GRACE, AT, AT.plus(Duration.ofDays(9000)))),
                LedgerEntry.none(ALAN).erased(AT, HistoryTail.NONE));
    }

    /** Ada's. */
    public static HistoryTail history() {
        return SampleHistory.appended(HistoryTail.NONE, AT, 2, true);
    }

    private static Person onTheWay() {
        ConsentValue granted = ConsentValue.of(true);
        ConsentValue refused = ConsentValue.of(false);
        Replica user = new Replica(
                new ReportedChoice(granted, AT, Choice.UNKNOWN_VERSION, "d-1"),
                List.of(),
                true,
                null,
                new ObservedValue(granted, new Stamp(5, AT), AT),
                List.of());
        Replica column = new Replica(
                null,
                List.of(),
                false,
                new InferredChoice(refused, AT.minusSeconds(60), AT.minusSeconds(30), AT, "d-2", false, null, null),
                new ObservedValue(refused, new Stamp(7, AT), AT),
                List.of(new PendingWrite(granted, "W/\"4711\"", 2)));
        ConsentRecord record = new ConsentRecord(
                new TreeMap<>(Map.of("user-1", user)),
                new TreeMap<>(Map.of(new AttributeName("new_newsletter"), column)),
                List.of(new PendingEvent(granted, AT, AT.minusSeconds(5), false)),
                AT.minusSeconds(90));
        ConsentRecordId id = new ConsentRecordId(Regulation.GDPR, new DidomiPath.Purpose("newsletter"));
        return new Person(ADA, CONTACT, new TreeMap<>(Map.of(id, record)));
    }

    /** Waits in the queue; it has failed before and was replayed. */
    public static Delivery waiting() {
        return Delivery.received(Side.DIDOMI, ADA.value(), AT, "{\"type\":\"event.created\",\"of\":\"ada\"}")
                .afresh(AT.plusSeconds(60), "Dataverse answered 500")
                .failedAgain(AT.plusSeconds(90), "Dataverse answered 503");
    }

    public static DeadLetter dead() {
        Delivery delivery = Delivery.received(Side.DYNAMICS, CONTACT, AT, "{\"MessageName\":\"Update\"}")
                .failedAgain(AT.plusSeconds(60), "the column is too short");
        return new DeadLetter(delivery, "the column is too short", AT.plusSeconds(60));
    }

    /** A dead letter that is given up. */
    public static DeadLetter givenUp() {
        Delivery delivery = Delivery.received(Side.DIDOMI, GRACE.value(), AT, "{\"type\":\"event.created\"}");
        return new DeadLetter(delivery, "the person has no contact", AT.plusSeconds(60));
    }

    public static DiscardedDelivery.Decision decision() {
        return new DiscardedDelivery.Decision("operator", AT.plusSeconds(120), "a test person");
    }

    /** Of releases after 0.1.0. */
    public static Access access() {
        return new Access(
                AT,
                AccessKind.EXPORTED,
                "1d".repeat(16),
                new Requester("operator", Requester.Means.COMMAND_LINE),
                "asked by the person");
    }
}
