package io.github.consentbridge.sync.operations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.IntegrationReader;
import io.github.consentbridge.mapping.settle.Decision;
import io.github.consentbridge.sync.history.HistoryEntry;
import io.github.consentbridge.sync.history.HistoryHead;
import io.github.consentbridge.sync.history.HistoryKind;
import io.github.consentbridge.sync.history.SampleHistory;
import io.github.consentbridge.sync.history.WrittenColumn;
import io.github.consentbridge.sync.operations.Explanation.Column;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a history says in words: nothing that is not known, and no form of the store. */
class HistoryReportTest {
    private static final Instant AT = Instant.parse("2026-03-01T08:00:00Z");
    private static final Integration INTEGRATION =
            IntegrationReader.read("""
            {"type_id": "microsoft-dynamics", "properties": {"organization_id": "acme"},
             "mappings": [{"id": "new_newsletter", "value": {"purpose": "newsletter"}}]}""".getBytes(UTF_8), IntegrationReader.Place.FILE);

    private final HistoryReport report = new HistoryReport(INTEGRATION);

    private static HistoryEntry entry(
            HistoryKind kind, @Nullable Instant notBefore, String delivery, @Nullable WrittenColumn column) {
        return new HistoryEntry(
                AT,
                kind,
                SampleHistory.NEWSLETTER,
                column == null ? Side.DIDOMI : Side.DYNAMICS,
                column == null ? "u-1" : "new_newsletter",
                ConsentValue.of(true),
                column == null ? AT : null,
                notBefore,
                Choice.UNKNOWN_VERSION,
                null,
                delivery,
                column,
                null,
                column == null ? "only Didomi has a choice; no delivery reported it" : null);
    }

    private String sentence(HistoryEntry entry) {
        return report.sentence(entry);
    }

    @Test
    void choiceThatNoDeliveryReportedNamesNone() {
        assertThat(sentence(entry(HistoryKind.CHOICE, AT.minusSeconds(60), Decision.UNREPORTED, null)))
                .isEqualTo(
                        "newsletter: granted was chosen in Didomi at 2026-03-01T08:00:00Z at the latest, not before"
                                + " 2026-03-01T07:59:00Z. It stood from then on: only Didomi has a choice; no delivery reported it.");
    }

    @Test
    void boundFromTheBeginningOfTimeIsLeftOut() {
        HistoryEntry entry = entry(HistoryKind.CHOICE, Instant.EPOCH, Decision.UNREPORTED, null);

        assertThat(sentence(entry))
                .contains("at 2026-03-01T08:00:00Z at the latest. It")
                .doesNotContain("1970");
        assertThat(at(AT, entry).reason()).endsWith("it was made at this time at the latest");
    }

    @Test
    void emptyColumnIsSaidInWords() {
        assertThat(sentence(entry(HistoryKind.WRITE, null, "d-1", new WrittenColumn("c-1", null, true))))
                .isEqualTo(
                        "The contact was written newsletter: granted (new_newsletter = true, before empty or not known).");
        assertThat(sentence(entry(HistoryKind.WRITE, null, "d-1", new WrittenColumn("c-1", false, null))))
                .contains("(new_newsletter = empty, before false)");
    }

    @Test
    void sideThatHadNotBeenSeenByThenIsNotSaidToHaveBeenEmpty() {
        HistoryEntry choice = entry(HistoryKind.CHOICE, null, "d-1", null);

        Column before = at(AT.minusSeconds(1), choice);
        Column then = at(AT, choice);

        assertThat(before.inDidomiWords()).isEqualTo("not known");
        assertThat(then.inDidomiWords()).isEqualTo("granted");
        assertThat(then.shown(Map.of())).isEqualTo("new_newsletter: not known");
    }

    private static Column at(Instant time, HistoryEntry entry) {
        return new PastExplainer(INTEGRATION)
                .explain(new PersonHistory("ada@example.org", null, HistoryHead.NONE, List.of()), List.of(entry), time)
                .columns()
                .get(0);
    }
}
