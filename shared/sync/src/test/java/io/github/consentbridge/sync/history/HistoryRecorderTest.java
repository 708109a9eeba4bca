package io.github.consentbridge.sync.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.IntegrationReader;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.settle.Person;
import io.github.consentbridge.simulators.http.ManualClock;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The worker's suites show what is recorded; this is about when nothing is. */
class HistoryRecorderTest {
    private static final OrganizationUserId ADA = new OrganizationUserId("ada@example.org");
    private static final HistoryFacts NONE = HistoryFacts.settled(List.of(), List.of());

    private final ManualClock clock = new ManualClock("2026-03-01T08:00:00Z");
    private final HistoryTail known = HistoryTail.of(
            SampleHistory.appended(HistoryTail.NONE, clock.instant(), 2, true).head());

    private HistoryRecorder keeping(int days) {
        Integration integration =
                IntegrationReader.read("""
                {"type_id": "microsoft-dynamics", "properties": {"organization_id": "acme", "history_days": %d},
                 "mappings": [{"id": "new_newsletter", "value": {"purpose": "newsletter"}}]}""".formatted(days).getBytes(UTF_8), IntegrationReader.Place.FILE);
        return new HistoryRecorder(integration, () -> new UUID(0, 0), clock);
    }

    private static Person changed() {
        return new Person(ADA, "6f0c1f6e-8d2a-4d9b-9a51-1c5a3c1f0a01", new TreeMap<>());
    }

    @Test
    void unchangedPersonAddsNothing() {
        assertThat(keeping(1095).record(known, changed(), changed(), NONE)).isSameAs(known);
        assertThat(keeping(0).record(known, changed(), changed(), NONE)).isSameAs(known);
    }

    @Test
    void historyIsForgottenWithTheNextChangeOnceNoneIsKept() {
        HistoryTail after = keeping(0).record(known, Person.unknown(ADA), changed(), NONE);

        assertThat(after.forgotten()).isTrue();
        assertThat(after.head()).isEqualTo(HistoryHead.NONE);
        assertThat(keeping(0).record(HistoryTail.NONE, Person.unknown(ADA), changed(), NONE))
                .isEqualTo(HistoryTail.NONE);
    }
}
