package io.github.consentbridge.browsertests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * Every page in both themes, wide and narrow, with something on it: axe finds no barrier, the browser complains of nothing, and
 * the page does not move sideways. The pictures are in {@code target/pictures}; three of those in
 * {@code readme} are in the README.
 */
class ConsoleLookIT {
    private static final Path PICTURES = Path.of("target", "pictures");

    @Test
    void everyPageCanBeRead() throws Exception {
        try (Console console = Console.open(Chromium.installed(), View.WIDE_LIGHT)) {
            Scenes scenes = new Scenes(console);
            scenes.prepare();
            SoftAssertions all = new SoftAssertions();
            for (Console.Page page : Console.PAGES) {
                scenes.show(page);
                for (View view : View.chosen()) {
                    look(console.browser(), page, view, all);
                }
                console.browser().look(View.WIDE_LIGHT);
                console.browser().shootTop(PICTURES.resolve("readme").resolve(page.id() + ".png"));
            }
            all.assertAll();
        }
    }

    private static void look(Browser browser, Console.Page page, View view, SoftAssertions all) throws IOException {
        String name = page.id() + "-" + view;
        browser.look(view);
        browser.shoot(PICTURES.resolve(name + ".png"));
        all.assertThat(browser.overflow())
                .as("%s: pixels beyond the right edge", name)
                .isNotPositive();
        all.assertThat(browser.barriers()).as("%s: axe", name).isEmpty();
        all.assertThat(browser.complaints())
                .as("%s: the browser's console", name)
                .isEmpty();
    }

    @Test
    void emptyPagesSayWhatToDoNext() throws Exception {
        try (Console console = Console.open(Chromium.installed(), View.WIDE_LIGHT)) {
            Browser browser = console.browser();
            console.goTo("People");
            assertThat(browser.text()).contains("Type an organization user id");
            console.goTo("Differences");
            assertThat(browser.text()).contains("Start a dry run");
        }
    }
}
