package io.github.consentbridge.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.sync.reconciliation.Difference;
import io.github.consentbridge.sync.reconciliation.Difference.Shown;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What the column holds is shown beside the choice: an inverted column holds the opposite. */
class ReconciliationPrinterTest {
    private static final Instant AT = Instant.parse("2026-03-01T08:00:00Z");
    private static final Difference DIFFERENCE = new Difference(
            "ada@example.org",
            "c1",
            "donotbulkemail",
            Side.DYNAMICS,
            new Shown(ConsentValue.of(true), AT),
            new Shown(ConsentValue.of(false), null),
            true,
            Side.DIDOMI,
            "newer",
            false);

    private final StringWriter text = new StringWriter();
    private final PrintWriter out = new PrintWriter(text, true);
    private final Progress progress = new Progress(new PrintWriter(new StringWriter()), false, () -> 0L);

    @Test
    void textShowsBoth() {
        new ReconciliationPrinter.Text(out, progress).found(DIFFERENCE);

        assertThat(text)
                .hasToString(
                        "ada@example.org donotbulkemail: Didomi granted since 2026-03-01T08:00:00Z, Dynamics refused"
                                + " (donotbulkemail = true) -> didomi, newer" + System.lineSeparator());
    }

    @Test
    void csvHasTheColumnValueLast() {
        new ReconciliationPrinter.Csv(out, progress).found(DIFFERENCE);

        assertThat(text.toString().lines())
                .hasSize(2)
                .satisfiesExactly(
                        header -> assertThat(header).endsWith(",applied,column_value"),
                        row -> assertThat(row)
                                .contains("donotbulkemail,dynamics,true,")
                                .endsWith(",false,true"));
    }
}
