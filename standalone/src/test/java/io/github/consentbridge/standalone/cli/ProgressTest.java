package io.github.consentbridge.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.sync.reconciliation.Totals;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final StringWriter shown = new StringWriter();
    private Duration time = Duration.ZERO;

    private Progress progress(boolean watched) {
        return new Progress(new PrintWriter(shown), watched, () -> time.toNanos());
    }

    private static Totals read(long users, long contacts) {
        return new Totals(users, contacts, 3, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void rateAndRemainingTimeAreOfThisRunEvenWhereItWasTakenUp() {
        Progress progress = progress(true);

        progress.page(read(50_000, 0), 100_000);
        time = Duration.ofSeconds(10);
        progress.page(read(60_000, 0), 100_000);

        assertThat(shown.toString())
                .endsWith("\r60,000 of about 100,000 read, 1,000 a second, 3 differences, 40 s left");
    }

    @Test
    void longTimesAreInMinutes() {
        Progress progress = progress(true);

        progress.page(read(0, 0), 2_000_000);
        time = Duration.ofSeconds(10);
        progress.page(read(5_000, 5_000), 2_000_000);

        assertThat(shown.toString()).contains("33 min left");
    }

    @Test
    void nothingIsGuessedWhereNobodyHasReadBefore() {
        Progress progress = progress(true);

        progress.page(read(0, 0), 0);
        time = Duration.ofSeconds(1);
        progress.page(read(500, 0), 0);
        progress.end();

        assertThat(shown.toString())
                .contains("\r500 read, 500 a second")
                .doesNotContain("left")
                .endsWith("\n");
    }

    @Test
    void nobodyLooksOnSoNothingIsSaid() {
        Progress progress = progress(false);

        progress.page(read(0, 0), 0);
        time = Duration.ofSeconds(1);
        progress.page(read(500, 0), 0);
        progress.end();

        assertThat(shown.toString()).isEmpty();
    }

    @Test
    void whatIsReadIsShownBeforeTheFirstPage() {
        Progress progress = progress(true);

        progress.reading("Didomi's users");

        assertThat(shown.toString()).endsWith("\rreading Didomi's users");
    }

    @Test
    void waitIsSaidInALogToo() {
        Progress progress = progress(false);

        progress.reading("Didomi's users");
        progress.waiting("Didomi answered 503", Duration.ofSeconds(15), Duration.ofMinutes(10));
        progress.waiting("Didomi answered 503", Duration.ofSeconds(15), Duration.ofSeconds(585));

        assertThat(shown.toString().lines()).containsExactly("Didomi answered 503; waiting 15 s, at most 10 min");
    }

    @Test
    void waitThatLastsIsSaidAgain() {
        Progress progress = progress(false);

        progress.waiting("Didomi answered 503", Duration.ofSeconds(15), Duration.ofSeconds(90));
        time = Duration.ofSeconds(15);
        progress.waiting("Didomi answered 503", Duration.ofSeconds(15), Duration.ofSeconds(75));

        assertThat(shown.toString().lines()).last().asString().endsWith("at most 75 s");
    }

    @Test
    void lineMakesRoomForWhatIsPrintedBetween() {
        Progress progress = progress(true);

        progress.reading("Didomi's users");
        progress.clear();
        progress.clear();
        progress.end();

        assertThat(shown.toString()).endsWith("reading Didomi's users\r" + " ".repeat(79) + "\r");
    }
}
