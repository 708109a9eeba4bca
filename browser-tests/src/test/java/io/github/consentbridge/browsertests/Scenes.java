package io.github.consentbridge.browsertests;

import java.io.IOException;

/** Brings the demo and the console into states worth looking at. */
record Scenes(Console console) {
    void prepare() {}

    void show(Console.Page page) throws IOException {
        console.goTo(page.title());
    }
}
