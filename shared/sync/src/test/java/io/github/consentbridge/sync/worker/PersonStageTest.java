package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import org.junit.jupiter.api.Test;

/** The spelling of the organization user id, if Didomi's search finds a user under another one. */
class PersonStageTest {
    private static final OrganizationUserId KEY = new OrganizationUserId("ada");

    private static PersonStage.Located located(LedgerEntry entry) {
        PersonStage.Open open = PersonStage.Open.of(PersonNews.contactChanged(KEY));
        return new PersonStage.Loaded(open, entry).at(null);
    }

    @Test
    void spellingThatWasReadCountsIfNoOtherIsKnown() {
        PersonStage.Located person = located(LedgerEntry.none(KEY));

        PersonStage.Located read = person.readAs("Ada");

        assertThat(read.didomiId()).isEqualTo("Ada");
        assertThat(read.didomiIds()).containsExactly("Ada");
    }

    @Test
    void spellingInTheLedgerStandsWhateverIsRead() {
        PersonStage.Located person =
                located(LedgerEntry.none(KEY).spelled("ADA").saved());

        PersonStage.Located read = person.readAs("Ada");

        assertThat(read.didomiId()).isEqualTo("ADA");
    }
}
