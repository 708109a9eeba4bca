package io.github.consentbridge.functions.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import io.github.consentbridge.sync.reconciliation.Scan;
import org.junit.jupiter.api.Test;

class QueueContinuationTest {
    @Test
    void messageIsTheSchedulesInput() {
        assertThat(QueueContinuation.text(new ReconciliationRequest(Scan.DYNAMICS, false, true, false)))
                .isEqualTo("{\"scan\":\"dynamics\",\"dry_run\":false,\"initial\":true,\"force\":false}");
    }
}
