package io.github.consentbridge.standalone.cli.output;

import java.util.Map;

/** How many characters fit on a line. */
public final class TerminalWidth {
    /** Where the output is no terminal, or its width is not known. */
    static final int USUAL = 100;

    private static final int MIN = 20;
    private static final int MAX = 1000;

    private TerminalWidth() {}

    /** The width that this process's environment tells: the {@code bridge} script sets {@code COLUMNS}. */
    public static int here() {
        return of(System.getenv());
    }

    static int of(Map<String, String> environment) {
        String columns = environment.getOrDefault("COLUMNS", "");
        return columns.matches("\\d{1,6}") ? Math.max(MIN, Math.min(MAX, Integer.parseInt(columns))) : USUAL;
    }
}
