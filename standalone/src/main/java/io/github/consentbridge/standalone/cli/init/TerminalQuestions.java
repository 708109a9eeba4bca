package io.github.consentbridge.standalone.cli.init;

import java.io.Console;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks on the terminal of this process. */
final class TerminalQuestions implements Questions {
    private final Console console;

    private TerminalQuestions(Console console) {
        this.console = console;
    }

    /** Empty if input or output is no terminal, for example a pipe. */
    @SuppressWarnings("SystemConsoleNull") // It is null on Java 17.
    static Optional<Questions> here() {
        @Nullable Console console = System.console();
        return console == null || !isTerminal(console) ? Optional.empty() : Optional.of(new TerminalQuestions(console));
    }

    /** From Java 22 on there is a console for pipes too. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    @Override
    public String ask(String prompt) {
        @Nullable String line = console.readLine("%s", prompt);
        if (line == null) {
            throw Questions.endOfInput();
        }
        return line.strip();
    }

    @Override
    public String askHidden(String prompt) {
        char @Nullable [] line = console.readPassword("%s", prompt);
        if (line == null) {
            throw Questions.endOfInput();
        }
        return new String(line).strip();
    }
}
