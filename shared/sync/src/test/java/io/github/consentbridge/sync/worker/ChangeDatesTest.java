package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.simulators.http.RouteKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Staff refuse, unreported; then Didomi grants, and staff edit another column of the contact. By the row alone
 * the refusal is the last choice, by the column's audit history it is not.
 */
class ChangeDatesTest {
    private static final String PERSON = "ada";

    private final Loop loop = new Loop(Systems.document("\"bidirectional\": true,", Systems.OFFERS));
    private final Systems systems = loop.systems;
    private UUID ada;

    /** Both sides show a grant. */
    private void start(String... audited) {
        systems.dataverse.auditing(audited);
        ada = systems.contact(PERSON);
        choose(true);
        loop.runUntilNothingIsPending();
    }

    @AfterEach
    void stop() {
        loop.close();
    }

    private void choose(boolean granted) {
        systems.didomi.choose(SimulatedChoice.by(PERSON).didomiUser("u1").purpose("offers", granted));
        systems.clock.advance(Duration.ofMinutes(1));
    }

    private void edit(Map<String, ?> changes) {
        systems.dataverse.editContact(ada, changes);
        systems.clock.advance(Duration.ofMinutes(1));
    }

    private void refuseUnheardThenGrantThenEditElsewhere() {
        edit(Map.of("new_offers", false));
        loop.loseAll();
        choose(true);
        edit(Map.of("firstname", "Ada"));
        loop.runUntilNothingIsPending();
    }

    private long historyRequests() {
        return systems.dataverse.counters().requests(RouteKind.AUDIT_HISTORY);
    }

    @Test
    void historyDatesTheChangeSoThatTheLaterGrantStands() {
        start("new_offers");

        refuseUnheardThenGrantThenEditElsewhere();

        assertThat(systems.dataverse.contact(ada)).containsEntry("new_offers", true);
        assertThat(systems.didomi.enabled(PERSON, "offers")).hasValue(true);
        assertThat(historyRequests()).isEqualTo(1);
        assertThat(systems.ledger.entry(Systems.key(PERSON)).person().records().values())
                .singleElement()
                .satisfies(record -> assertThat(record.choice(Side.DYNAMICS).delivery())
                        .isEqualTo("audit history, user " + systems.dataverse.staffUserId()));
        loop.assertStable(PERSON);
    }

    @Test
    void withoutAuditingTheLatestPossibleTimeCountsAndNoRequestIsMade() {
        start();

        refuseUnheardThenGrantThenEditElsewhere();

        assertThat(systems.didomi.enabled(PERSON, "offers")).hasValue(false);
        assertThat(historyRequests()).isZero();
    }

    @Test
    void withoutThePrivilegeTheLatestPossibleTimeCounts() {
        start("new_offers");
        systems.dataverse.privilege("prvReadRecordAuditHistory", false);

        refuseUnheardThenGrantThenEditElsewhere();
        loop.handle(List.of(loop.observation(PERSON)));

        assertThat(systems.didomi.enabled(PERSON, "offers")).hasValue(false);
        assertThat(historyRequests()).as("asked once, not for each observation").isEqualTo(1);
    }

    @Test
    void changeThatNothingContendsWithNeedsNoHistory() {
        start("new_offers");
        edit(Map.of("new_offers", false));
        loop.loseAll();
        edit(Map.of("firstname", "Ada"));

        loop.handle(List.of(loop.observation(PERSON)));

        assertThat(systems.didomi.enabled(PERSON, "offers")).hasValue(false);
        assertThat(historyRequests()).isZero();
    }
}
