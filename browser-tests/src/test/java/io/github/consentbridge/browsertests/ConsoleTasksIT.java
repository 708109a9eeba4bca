package io.github.consentbridge.browsertests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.openqa.selenium.Keys;

/** What each page is for, done with the keyboard alone. */
@TestInstance(Lifecycle.PER_CLASS)
class ConsoleTasksIT {
    private Console console;
    private Browser browser;
    private Scenes scenes;

    @BeforeAll
    void openOnce() throws Exception {
        console = Console.open(Chromium.installed(), View.WIDE_LIGHT);
        browser = console.browser();
        scenes = new Scenes(console);
    }

    @AfterAll
    void close() {
        if (console != null) {
            console.close();
        }
    }

    @AfterEach
    void nothingIsComplainedOf() {
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void checksAreRun() {
        console.goTo("Overview");
        browser.choose("Run the checks");
        browser.awaitText("The checks have ended");
        assertThat(browser.text()).contains("in order");
    }

    @Test
    void personIsExplained() {
        scenes.find("ada@example.org");
        assertThat(browser.text()).contains("newsletter", "history unbroken");
        browser.choose("The whole history as a list");
        browser.awaitText("was chosen in Didomi");
        // Whoever looks at a person is on record.
        assertThat(browser.text()).containsIgnoringCase("looked at");
    }

    /** Both have as many entries of the same purpose. */
    @Test
    void timelineIsThatOfThePersonWhoIsShown() throws Exception {
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        console.demo().deliver(Scenes.delivery("first@example.org", "weekly", first));
        console.demo().deliver(Scenes.delivery("second@example.org", "weekly", second));
        scenes.find("first@example.org");
        assertThat(browser.label("console-timeline .point")).contains(first.toString());

        scenes.search("second@example.org");

        assertThat(browser.label("console-timeline .point"))
                .contains(second.toString())
                .doesNotContain(first.toString());
    }

    @Test
    void personIsExported() {
        scenes.find(Scenes.ADA);
        browser.choose("Export");
        browser.type("Reason", "letter of 3 May");
        browser.press(Keys.ENTER);
        browser.awaitText("The export is in your downloads");
        assertThat(browser.awaitDownload(".html"))
                .contains("What is stored about a person", Scenes.ADA)
                .doesNotContain("<script");
        browser.awaitText("letter of 3 May");
    }

    @Test
    void personIsErased() {
        scenes.find("renée@example.org");
        browser.choose("Erase");
        browser.type("Type the organization user id", "renée@example.org");
        browser.type("Reason", "request of 3 May");
        browser.press(Keys.ENTER);
        browser.awaitText("was erased");
        assertThat(browser.text()).contains("What remains elsewhere");
    }

    /** It would look as if nothing had been done. */
    @Test
    void changeThatIsUnderWayCannotBeCancelled() throws Exception {
        console.demo().deliver(Scenes.delivery("third@example.org", "weekly"));
        scenes.find("third@example.org");
        browser.choose("Erase");
        browser.type("Type the organization user id", "third@example.org");
        browser.type("Reason", "request of 4 May");
        browser.holdRequests();
        browser.press(Keys.ENTER);
        browser.awaitText("Working…");

        browser.press(Keys.ESCAPE);
        browser.choose("Cancel");

        assertThat(browser.text()).contains("Working…");
        browser.sendHeld();
        browser.awaitText("was erased");
    }

    @Test
    void differenceIsFoundAndApplied() throws Exception {
        scenes.makeDifference();
        console.goTo("Differences");
        browser.choose("Start a dry run");
        String differences = browser.awaitMatch(Scenes.APPLY);
        browser.choose("Apply " + differences);
        browser.type("Type the number", differences);
        browser.press(Keys.ENTER);
        browser.awaitText("Reconciliation");
        browser.awaitText("applied");
    }

    @Test
    void deadLetterIsLookedAtAndReplayed() throws Exception {
        scenes.makeDeadLetters(1);
        console.goTo("Dead letters");
        browser.awaitText("could not be applied");
        browser.choose("Look at them");
        browser.await("table");
        browser.choose("Look at delivery");
        browser.awaitText("daily");
        browser.press(Keys.ESCAPE);
        browser.choose("Replay all 1");
        browser.type("Type how many", "1");
        browser.press(Keys.ENTER);
        browser.awaitText("1 delivery replayed");
    }

    @Test
    void deliveryIsTried() throws Exception {
        console.goTo("Mapping");
        browser.type("Body of the delivery", Scenes.delivery("ada@example.org", "weekly"));
        browser.choose("Show what it changes");
        browser.awaitText("Columns of the contact");
        assertThat(browser.text()).contains("new_frequency");
    }
}
