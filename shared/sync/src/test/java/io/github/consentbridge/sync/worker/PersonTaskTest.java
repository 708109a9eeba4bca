package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import org.junit.jupiter.api.Test;

/** What a read of Didomi's users says about the spelling, should Didomi find a user under another one. */
class PersonTaskTest {
    private static final OrganizationUserId KEY = new OrganizationUserId("ada");

    private final PersonTask task = new PersonTask(KEY);

    @Test
    void spellingThatWasReadCountsWhereNothingElseToldIt() {
        task.entry = LedgerEntry.none(KEY);

        task.readAs("Ada");

        assertThat(task.didomiId()).isEqualTo("Ada");
        assertThat(task.didomiIds()).containsExactly("Ada");
    }

    @Test
    void spellingInTheLedgerStandsWhateverIsRead() {
        task.entry = LedgerEntry.none(KEY).spelled("ADA").saved();

        task.readAs("Ada");

        assertThat(task.didomiId()).isEqualTo("ADA");
    }
}
