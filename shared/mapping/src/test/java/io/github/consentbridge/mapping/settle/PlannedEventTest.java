package io.github.consentbridge.mapping.settle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.DidomiPath;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.document.Regulation;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PlannedEventTest {
    private static final UUID HERE = UUID.fromString("3b8d1f52-6a07-4c9e-8e14-9d5f2a7c0b61");
    private static final UUID ELSEWHERE = UUID.fromString("9d0e4c77-1b35-4f82-a6c9-5e8b3d2f1a04");
    private static final Instant NINE = Instant.parse("2026-03-01T09:00:00Z");
    private static final OrganizationUserId ADA = new OrganizationUserId("ada@example.org");
    private static final ConsentRecordId NEWSLETTER =
            new ConsentRecordId(Regulation.GDPR, new DidomiPath.Purpose("newsletter"));

    private static PlannedEvent refusal(String delivery) {
        return new PlannedEvent(NEWSLETTER, NINE, new Decision(Side.DYNAMICS, ConsentValue.of(false), NINE, delivery));
    }

    @Test
    void repeatIsTheSameEvent() {
        assertThat(refusal("d1").id(ADA, HERE)).isEqualTo(refusal("d2").id(ADA, HERE));
    }

    /** Staff of two environments may refuse in the same second, and Didomi would take the second event for the first. */
    @Test
    void eventOfAnotherEnvironmentIsAnotherOne() {
        assertThat(refusal("d1").id(ADA, HERE)).isNotEqualTo(refusal("d1").id(ADA, ELSEWHERE));
    }

    /** The value that was posted before ids contained the environment. */
    @Test
    void idOfAnEarlierVersionDoesNotChange() {
        assertThat(PlannedEvent.earlierId(ADA, NEWSLETTER, NINE, ConsentValue.of(false)))
                .isEqualTo(UUID.fromString("482879f8-a69e-3421-87de-a6a845248e65"));
    }
}
