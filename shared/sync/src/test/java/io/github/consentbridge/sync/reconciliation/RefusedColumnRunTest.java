package io.github.consentbridge.sync.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.connectors.http.Deadline;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A reconciliation reports as repaired what was written, and as failed what Dataverse refused. */
class RefusedColumnRunTest {
    private final Pairs pairs = new Pairs(12);

    @AfterEach
    void stop() {
        pairs.close();
    }

    @Test
    void writtenColumnIsAppliedAndTheRefusedOneIsNot() {
        pairs.systems.dataverse.administration().security("new_newsletter", true);
        pairs.choose(3, "offers", true);
        pairs.choose(3, "newsletter", false);

        pairs.run(new ReconciliationRequest(Scan.DIDOMI, false, false, true), Deadline.none());

        Map<String, Object> contact = pairs.systems.dataverse.contact(pairs.contacts.get(3));
        assertThat(contact).containsEntry("new_offers", true).containsEntry("new_nonews", true);
        assertThat(pairs.found)
                .filteredOn(difference -> difference.key().equals("p-3"))
                .extracting(difference -> difference.mapping() + " " + difference.applied())
                .containsExactlyInAnyOrder("new_newsletter false", "new_nonews true", "new_offers true");
        assertThat(pairs.failures).contains("p-3: Dataverse refused the change of new_newsletter with 403 0x8004f508");
    }
}
