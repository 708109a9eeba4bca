package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.sync.ledger.LedgerJson;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Didomi distinguishes spellings of an organization user id; the ledger keeps one person. */
class SyncWorkerSpellingTest {
    private static final String DIDOMIS = "Ada@Example.org";
    private static final String KEY = "ada@example.org";
    private static final String OTHER = "ADA@example.org";
    private static final String PROPERTIES = "\"key_case\": \"lower\", \"bidirectional\": true,";

    private Systems systems;
    private UUID ada;

    @BeforeEach
    void start() {
        systems = new Systems(Systems.document(PROPERTIES, Systems.NEWS, Systems.OFFERS));
        ada = systems.contact(KEY);
    }

    @AfterEach
    void stop() {
        systems.close();
    }

    /** One delivery is handled by a worker of its own, as if each came to another process. */
    private void handle(Delivery delivery) {
        systems.handle(systems.worker(), delivery);
        systems.clock.advance(Duration.ofHours(1));
    }

    private Delivery inDidomi(String spelled, String purpose, boolean granted) {
        return systems.sent(
                spelled,
                systems.didomi
                        .choose(SimulatedChoice.by(spelled)
                                .didomiUser("u-" + spelled)
                                .purpose(purpose, granted))
                        .get(0));
    }

    private Delivery deleted(String spelled) {
        return systems.sent(spelled, systems.didomi.deleteUser(spelled).get(0));
    }

    private Delivery byStaff(boolean granted) {
        return systems.staff().edit(ada, Map.of("new_newsletter", granted));
    }

    private String kept() {
        return LedgerJson.write(systems.ledger.entry(Systems.key(KEY)));
    }

    @Test
    void choiceByStaffReachesTheDidomiUserWhomDidomiSpellsOtherwise() {
        handle(inDidomi(DIDOMIS, "newsletter", true));

        handle(byStaff(false));

        assertThat(systems.didomi.enabled(DIDOMIS, "newsletter")).hasValue(false);
        assertThat(systems.didomi.userCount()).isEqualTo(1);
    }

    @Test
    void contactIdIsPostedInTheCaseThatDidomiHas() {
        stop();
        systems = new Systems(Systems.document(false, "contactid", "\"bidirectional\": true,", Systems.NEWS));
        ada = systems.dataverse.addContact(Map.of());
        String upper = ada.toString().toUpperCase(Locale.ROOT);
        handle(inDidomi(upper, "newsletter", true));

        handle(byStaff(false));

        assertThat(systems.didomi.enabled(upper, "newsletter")).hasValue(false);
        assertThat(systems.didomi.userCount()).isEqualTo(1);
    }

    @Test
    void spellingThatDidomiShowedLastCounts() {
        handle(inDidomi(DIDOMIS, "newsletter", true));
        handle(inDidomi(OTHER, "newsletter", true));

        handle(byStaff(false));

        assertThat(systems.didomi.enabled(OTHER, "newsletter")).hasValue(false);
        assertThat(systems.didomi.userCount()).isEqualTo(2);
    }

    @Test
    void spellingThatIsTheKeyReplacesAnother() {
        handle(inDidomi(DIDOMIS, "newsletter", true));
        handle(inDidomi(KEY, "newsletter", true));

        handle(byStaff(false));

        assertThat(systems.didomi.enabled(KEY, "newsletter")).hasValue(false);
        assertThat(kept()).doesNotContain("\"didomi_id\"");
    }

    @Test
    void sameSpellingIsNotSavedAgain() {
        Delivery choice = inDidomi(DIDOMIS, "newsletter", true);
        handle(choice);
        handle(choice); // sees the row as our write has left it, which is news
        int saves = systems.ledger.saves();

        handle(choice);

        assertThat(systems.ledger.saves()).isEqualTo(saves);
        assertThat(kept()).contains("\"didomi_id\":\"" + DIDOMIS + "\"");
    }

    @Test
    void deletionOfOneSpellingErasesNobodyWhileAnotherIsLeft() {
        handle(inDidomi(OTHER, "newsletter", true));
        handle(inDidomi(DIDOMIS, "newsletter", true));

        handle(deleted(OTHER));
        handle(byStaff(false));

        assertThat(systems.ledger.entry(Systems.key(KEY)).erasedAt()).isNull();
        assertThat(systems.didomi.enabled(DIDOMIS, "newsletter")).hasValue(false);
        assertThat(systems.didomi.userCount()).isEqualTo(1);
    }

    @Test
    void tombstoneHoldsNoSpelling() {
        handle(inDidomi(DIDOMIS, "newsletter", true));

        handle(deleted(DIDOMIS));

        assertThat(kept()).contains("\"erased_at\"").doesNotContainIgnoringCase("ada");
    }
}
