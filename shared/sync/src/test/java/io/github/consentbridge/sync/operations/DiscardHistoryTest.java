package io.github.consentbridge.sync.operations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.IntegrationReader;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.sync.history.ChainedEntry;
import io.github.consentbridge.sync.history.HistoryChain;
import io.github.consentbridge.sync.history.HistoryEntry;
import io.github.consentbridge.sync.history.HistoryKind;
import io.github.consentbridge.sync.history.HistoryRecorder;
import io.github.consentbridge.sync.ledger.ConsentLedger;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import io.github.consentbridge.sync.queue.DeadLetter;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.DiscardedDelivery;
import io.github.consentbridge.sync.worker.Systems;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a person's history says of dead letters that were given up. */
@Tag("every-store")
class DiscardHistoryTest {
    private static final OrganizationUserId ADA = new OrganizationUserId("ada");

    private final Systems systems = new Systems(Systems.NEWSLETTER);
    private final DiscardHistory discards = on(systems.ledger, 1095);
    private DeadLetter letter;

    private DiscardHistory on(ConsentLedger ledger, int days) {
        Integration integration = IntegrationReader.read(
                Systems.document("\"history_days\": " + days + ",", Systems.NEWS)
                        .getBytes(UTF_8),
                IntegrationReader.Place.FILE);
        return new DiscardHistory(ledger, new HistoryRecorder(integration, () -> new UUID(0, 0), systems.clock));
    }

    @BeforeEach
    void settle() {
        systems.contact("ada");
        Delivery delivery = systems.sent(
                "ada",
                systems.didomi
                        .choose(SimulatedChoice.by("ada").didomiUser("u1").purpose("newsletter", true))
                        .get(0));
        systems.outcome(systems.worker(), delivery);
        letter = new DeadLetter(delivery.failedAgain(systems.clock.instant(), "failed"), "failed", now());
        systems.clock.advance(Duration.ofMinutes(1));
    }

    @AfterEach
    void stop() {
        systems.close();
    }

    private Instant now() {
        return systems.clock.instant();
    }

    private DiscardedDelivery.Decision decision() {
        return new DiscardedDelivery.Decision("ops", now(), "sent twice");
    }

    private List<HistoryEntry> discarded() {
        List<ChainedEntry> stored = systems.ledger.history(ADA);
        HistoryChain chain = HistoryChain.check(
                stored, systems.ledger.load(List.of(ADA)).get(ADA).history().head(), Instant.MIN);
        assertThat(chain.isUnbroken()).isTrue();
        return chain.entries().stream()
                .filter(entry -> entry.kind() == HistoryKind.DISCARDED)
                .toList();
    }

    @Test
    void letterThatIsGivenUpIsRecordedOnce() {
        discards.record(ADA, letter, decision());
        discards.record(ADA, letter, decision());

        assertThat(discarded()).singleElement().satisfies(entry -> {
            assertThat(entry.delivery()).isEqualTo(letter.delivery().id());
            assertThat(entry.by()).isEqualTo("operator ops");
            assertThat(entry.reason()).isEqualTo("sent twice");
        });
    }

    @Test
    void sameDeliveryGivenUpLaterIsRecordedAgain() {
        discards.record(ADA, letter, decision());
        systems.clock.advance(Duration.ofHours(1));
        DeadLetter again = new DeadLetter(letter.delivery(), "failed", now());

        discards.record(ADA, again, decision());

        assertThat(discarded()).hasSize(2);
    }

    @Test
    void saveOfWorkerInBetweenLosesNothing() {
        ConsentLedger raced = new RacedLedger(systems.ledger);

        on(raced, 1095).record(ADA, letter, decision());

        assertThat(discarded()).hasSize(1);
    }

    /** A new entry would count as a person who was settled before. */
    @Test
    void unknownPersonGetsNoEntry() {
        OrganizationUserId unknown = new OrganizationUserId("grace");

        discards.record(unknown, letter, decision());

        assertThat(systems.ledger.load(List.of(unknown)).get(unknown).revision())
                .isEqualTo(LedgerEntry.NEW);
    }

    @Test
    void noHistoryIsKeptForZeroDays() {
        on(systems.ledger, 0).record(ADA, letter, decision());

        assertThat(discarded()).isEmpty();
    }

    /** Somebody else saves the entry before the first save. */
    private record RacedLedger(ConsentLedger stored) implements ConsentLedger {
        @Override
        public Map<OrganizationUserId, LedgerEntry> load(Collection<OrganizationUserId> keys) {
            return stored.load(keys);
        }

        @Override
        public Set<OrganizationUserId> save(List<LedgerEntry> entries) {
            LedgerEntry latest = stored.load(List.of(ADA)).get(ADA);
            if (latest.revision() == entries.get(0).revision() && latest.spelling() == null) {
                stored.save(List.of(latest.spelled("Ada")));
            }
            return stored.save(entries);
        }

        @Override
        public Optional<OrganizationUserId> personOf(String contactId) {
            return stored.personOf(contactId);
        }

        @Override
        public List<ChainedEntry> history(OrganizationUserId key) {
            return stored.history(key);
        }

        @Override
        public int purgeHistory(Instant before) {
            return stored.purgeHistory(before);
        }
    }
}
