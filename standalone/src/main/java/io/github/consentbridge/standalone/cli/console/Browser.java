package io.github.consentbridge.standalone.cli.console;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Starts the desktop's browser, where there is a desktop. */
public final class Browser {
    private Browser() {}

    /** Opens the address if a browser can be started; the address is printed in any case. */
    public static void open(URI address) {
        command(System.getProperty("os.name", ""), System.getenv()).ifPresent(command -> start(command, address));
    }

    /** The program that opens an address; empty if nobody would see it. */
    static Optional<List<String>> command(String system, Map<String, String> environment) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("mac")) {
            return Optional.of(List.of("open"));
        }
        if (name.startsWith("windows")) {
            return Optional.of(List.of("rundll32", "url.dll,FileProtocolHandler"));
        }
        boolean desktop = environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY");
        return desktop ? Optional.of(List.of("xdg-open")) : Optional.empty();
    }

    private static void start(List<String> command, URI address) {
        List<String> words = new ArrayList<>(command);
        words.add(address.toString());
        ProcessBuilder browser = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectInput(Redirect.PIPE)
                .redirectOutput(Redirect.DISCARD);

        try {
            browser.start();
        } catch (IOException e) {
            // There is no such program: the address was printed.
            return;
        }
    }
}
