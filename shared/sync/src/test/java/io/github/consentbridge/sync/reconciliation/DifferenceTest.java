package io.github.consentbridge.sync.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.mapping.consent.Side;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a difference says of both sides and of the winner. */
class DifferenceTest {
    private final Pairs pairs = new Pairs(10);

    @AfterEach
    void stop() {
        pairs.close();
    }

    @Test
    void differenceSaysWhatBothSidesShowAndWhyOneStands() {
        pairs.choose(3, "offers", true);
        pairs.systems.clock.advance(Duration.ofMinutes(1));

        pairs.run(new ReconciliationRequest(Scan.DIDOMI, true, false, false), Deadline.none());

        assertThat(pairs.found).singleElement().satisfies(difference -> {
            assertThat(difference.key()).isEqualTo(Pairs.person(3));
            assertThat(difference.contactId()).isEqualTo(pairs.contacts.get(3).toString());
            assertThat(difference.mapping()).isEqualTo("new_offers");
            assertThat(difference.didomi().value()).hasToString("Flag[granted=true]");
            assertThat(difference.dynamics().value()).hasToString("Flag[granted=false]");
            assertThat(difference.winner()).isEqualTo(Side.DIDOMI);
            assertThat(difference.reason()).startsWith("only Didomi has a choice");
        });
    }
}
