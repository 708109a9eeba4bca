package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.simulators.dataverse.DataverseSimulator;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Deliveries of another Dynamics environment, or of another Didomi organization, change nobody. */
class SyncWorkerSenderTest {
    private final Systems systems = new Systems(Systems.document(
            "\"bidirectional\": true, \"on_contact_deleted\": \"withdraw\",", Systems.NEWS, Systems.NO_NEWS));
    private final SyncWorker worker = systems.worker();

    /** A copy of the environment made for tests: the same contact, the same webhook with the same key. */
    private final DataverseSimulator copy = DataverseSimulator.another(systems.clock, systems.entra.tokens());

    private UUID ada;

    /** The newsletter is granted on both sides. */
    @BeforeEach
    void start() {
        copy.column(SimulatedColumn.text("new_didomiid", 100));
        copy.column(SimulatedColumn.bool("new_newsletter"));
        copy.column(SimulatedColumn.bool("new_nonews"));
        ada = systems.contact("ada");
        copy.addContact(Map.of("contactid", ada, "new_didomiid", "ada", "new_newsletter", true));
        systems.handle(
                worker,
                systems.sent(
                        "ada",
                        systems.didomi
                                .choose(SimulatedChoice.by("ada")
                                        .didomiUser("u1")
                                        .purpose("newsletter", true))
                                .get(0)));
        systems.clock.advance(Duration.ofHours(1));
    }

    @AfterEach
    void stop() {
        copy.close();
        systems.close();
    }

    private StaffActions inTheCopy() {
        return new StaffActions(copy, systems.clock, copy.staffUserId());
    }

    private StaffActions.Body refusedInTheCopy() {
        return inTheCopy().editBody(ada, Map.of("new_newsletter", false));
    }

    private Delivery refusedByStaff(String organizationId) {
        return systems.staff()
                .call(systems.staff()
                        .editBody(ada, Map.of("new_newsletter", false))
                        .body(body -> body.put("OrganizationId", organizationId)));
    }

    private void assertIgnored(Delivery delivery) {
        long saves = systems.ledger.saves();
        long rows = systems.dataverse.counters().rowsWritten();

        DeliveryOutcome outcome = systems.outcome(worker, delivery);

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Done());
        assertNewsletter(true);
        assertThat(systems.dataverse.counters().rowsWritten()).isEqualTo(rows);
        assertThat(systems.didomi.events("ada")).hasSize(1);
        assertThat(systems.ledger.saves()).isEqualTo(saves);
        assertThat(systems.outcomeLog.total(Metric.DELIVERIES_IGNORED)).isEqualTo(1);
        assertThat(systems.outcomeLog.recorded)
                .last()
                .asString()
                .startsWith("delivery ignored ")
                .contains("why=another organization", "delivery=" + delivery.id());
    }

    private void assertNewsletter(boolean granted) {
        assertThat(systems.didomi.enabled("ada", "newsletter")).hasValue(granted);
        assertThat(systems.dataverse.contact(ada))
                .containsEntry("new_newsletter", granted)
                .containsEntry("new_nonews", !granted);
    }

    @Test
    void deliveryOfACopiedEnvironmentChangesNobody() {
        assertIgnored(inTheCopy().call(refusedInTheCopy()));
    }

    @Test
    void onlyTheOutermostContextNamesTheSender() {
        StaffActions.Body nested = refusedInTheCopy();
        nested.body(body -> body.set("ParentContext", parent(body, systems.dataverse.organizationId())));

        assertIgnored(inTheCopy().call(nested));
    }

    @Test
    void parentOfOurDeliveryMayNameAnotherOrganization() {
        StaffActions.Body nested = systems.staff().editBody(ada, Map.of("new_newsletter", false));
        nested.body(body -> body.set("ParentContext", parent(body, copy.organizationId())));

        systems.handle(worker, systems.staff().call(nested));

        assertNewsletter(false);
    }

    private static ObjectNode parent(ObjectNode body, UUID organization) {
        return body.deepCopy().put("OrganizationId", organization.toString());
    }

    @Test
    void contactDeletedInACopyWithdrawsNothing() {
        assertIgnored(inTheCopy().delete(ada));
    }

    @Test
    void strippedDeliveryOfACopyIsNotCompletedFromOurRow() {
        systems.dataverse.editContact(ada, Map.of("firstname", "Ada"));
        assertIgnored(inTheCopy().call(refusedInTheCopy().stripped()));
    }

    @Test
    void letterCaseOfTheOrganizationDoesNotMatter() {
        systems.handle(
                worker,
                refusedByStaff(systems.dataverse.organizationId().toString().toUpperCase(Locale.ROOT)));

        assertNewsletter(false);
    }

    @Test
    void deliveryThatNamesNoOrganizationCountsAsOurs() {
        StaffActions.Body unnamed = systems.staff().editBody(ada, Map.of("new_newsletter", false));

        systems.handle(worker, systems.staff().call(unnamed.body(body -> body.remove("OrganizationId"))));

        assertNewsletter(false);
    }

    @ParameterizedTest
    @EnumSource
    void deliveriesWaitAsLongAsOurOrganizationIsUnknown(Trouble trouble) {
        Delivery ours = refusedByStaff(systems.dataverse.organizationId().toString());
        Delivery foreign = inTheCopy().call(refusedInTheCopy());
        SyncWorker restarted = systems.worker();
        systems.dataverse.faults().always(RouteKind.WHO_AM_I, trouble.fault());

        Map<Delivery, DeliveryOutcome> first = systems.handle(restarted, ours, foreign);
        systems.recover();
        systems.paused.clear();
        Map<Delivery, DeliveryOutcome> second = systems.handle(restarted, ours, foreign);

        assertThat(first.values()).hasSize(2).hasOnlyElementsOfType(DeliveryOutcome.Postponed.class);
        assertThat(second.values()).hasSize(2).containsOnly(new DeliveryOutcome.Done());
        assertNewsletter(false);
        assertThat(systems.outcomeLog.total(Metric.DELIVERIES_IGNORED)).isEqualTo(1);
    }

    @Test
    void whoAmIIsAskedOnce() {
        systems.handle(worker, inTheCopy().call(refusedInTheCopy()));
        long asked = systems.dataverse.counters().requests(RouteKind.WHO_AM_I);

        systems.handle(worker, inTheCopy().call(refusedInTheCopy()));
        systems.handle(worker, systems.staff().edit(ada, Map.of("new_newsletter", false)));

        assertThat(asked).isPositive();
        assertThat(systems.dataverse.counters().requests(RouteKind.WHO_AM_I)).isEqualTo(asked);
    }

    @Test
    void deliveryOfAnotherDidomiOrganizationChangesNobody() {
        assertIgnored(systems.delivery("ada", """
                {"type": "event.created", "regulation": "gdpr", "parameters": {"entity": {
                  "id": "e-other", "organization_id": "zenith", "created_at": "2026-03-01T08:30:00Z",
                  "user": {"id": "u1", "organization_user_id": "ada"},
                  "consents": {"purposes": [{"id": "newsletter", "enabled": false}]}}}}"""));
    }

    @Test
    void systemThatCannotNameItsOrganizationIsPaused() {
        systems.dataverse.faults().always(RouteKind.WHO_AM_I, Trouble.SERVICE_UNAVAILABLE.fault());

        systems.handle(systems.worker(), inTheCopy().call(refusedInTheCopy()));

        assertThat(systems.paused).containsOnlyKeys(RemoteSystem.DATAVERSE);
    }
}
