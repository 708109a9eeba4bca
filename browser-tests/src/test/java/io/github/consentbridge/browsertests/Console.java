package io.github.consentbridge.browsertests;

import java.net.URI;
import java.util.List;

/** The console of a demo, opened in a browser. */
record Console(DemoProcess demo, Browser browser) implements AutoCloseable {
    /** The page's part of the address, and its heading. */
    record Page(String id, String title) {}

    static final List<Page> PAGES = List.of(
            new Page("overview", "Overview"),
            new Page("people", "People"),
            new Page("differences", "Differences"),
            new Page("deadletters", "Dead letters"),
            new Page("mapping", "Mapping"),
            new Page("live", "Live"));

    static Console open(Chromium chromium, View view) throws Exception {
        DemoProcess demo = DemoProcess.start();
        try {
            Console console = new Console(demo, Browser.start(chromium, view));
            console.browser.open(demo.address());
            console.browser.await("main h1");
            return console;
        } catch (RuntimeException e) {
            demo.close();
            throw e;
        }
    }

    /** Goes to a page by its link in the navigation, with keys. */
    void goTo(String title) {
        browser.choose(title);
        browser.awaitHeading(title);
    }

    /** The address without the page. */
    URI root() {
        return demo.address().resolve("/");
    }

    @Override
    public void close() {
        try (demo) {
            browser.close();
        }
    }
}
