package io.github.consentbridge.sync.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.queue.Delivery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an operator finds in the log, and what is counted, after a delivery was applied or was not needed. */
class OutcomeLinesTest {
    private final BatchFixture fixture = new BatchFixture();

    @AfterEach
    void stop() {
        fixture.close();
    }

    private Delivery refusedAt(String time) {
        return fixture.delivery("""
                {"type": "event.created", "regulation": "gdpr", "parameters": {"entity": {
                  "id": "e2", "created_at": "%s", "status": "confirmed",
                  "user": {"id": "u1", "organization_user_id": "ada"},
                  "consents": {"purposes": [{"id": "newsletter", "enabled": false}]}}}}""".formatted(time), 0);
    }

    private void handle(Delivery delivery) {
        assertThat(fixture.handle(fixture.received(delivery))).isEmpty();
    }

    @Test
    void writeIsLoggedWithBothKindsOfValueAndItsCause() {
        fixture.contact("ada");
        Delivery delivery = fixture.granted("ada");

        handle(delivery);

        assertThat(fixture.outcomeLog.recorded)
                .filteredOn(line -> line.startsWith("updated "))
                .singleElement()
                .asString()
                .contains(
                        "mapping=new_newsletter",
                        "regulation=gdpr",
                        "before=refused",
                        "after=granted",
                        "winner=didomi",
                        "decided_at=2026-03-01T07:00:00Z",
                        "delivery=" + delivery.id(),
                        "request_id=");
        assertThat(fixture.outcomeLog.total(Metric.CONTACTS_UPDATED)).isEqualTo(1);
        assertThat(fixture.outcomeLog.total(Metric.PROPAGATION_SECONDS)).isEqualTo(60 * 60);
        assertThat(fixture.outcomeLog.total(Metric.UNCHANGED)).isZero();
        assertThat(fixture.outcomeLog.total(Metric.SUPERSEDED)).isZero();
    }

    @Test
    void olderChoiceIsLoggedAsSuperseded() {
        fixture.contact("ada");
        handle(fixture.granted("ada"));
        Delivery late = refusedAt("2026-03-01T06:00:00Z");

        handle(late);

        assertThat(fixture.outcomeLog.recorded)
                .filteredOn(line -> line.startsWith("superseded "))
                .singleElement()
                .asString()
                .contains("value=refused", "delivery=" + late.id());
        assertThat(fixture.outcomeLog.total(Metric.SUPERSEDED)).isEqualTo(1);
        assertThat(fixture.outcomeLog.total(Metric.UNCHANGED)).isEqualTo(1);
    }

    @Test
    void deliveryForNobodyIsCountedAsSuch() {
        handle(fixture.granted("ada"));

        assertThat(fixture.outcomeLog.recorded).contains("no contact {}");
        assertThat(fixture.outcomeLog.total(Metric.NO_CONTACT)).isEqualTo(1);
        assertThat(fixture.outcomeLog.total(Metric.CONTACTS_UPDATED)).isZero();
    }
}
