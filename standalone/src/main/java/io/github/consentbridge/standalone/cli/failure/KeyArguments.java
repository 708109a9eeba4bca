package io.github.consentbridge.standalone.cli.failure;

import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Organization user ids as arguments. A company chooses them, so one may begin with {@code @}, which must name no file, or
 * with {@code -}, which must name no option.
 */
public final class KeyArguments {
    private static final String KEY = "KEY";
    private static final String END_OF_OPTIONS = "--";

    private KeyArguments() {}

    /** Prepares the commands that take a key. */
    public static void allow(CommandLine root) {
        root.setExpandAtFiles(false).setPosixClusteredShortOptionsAllowed(false);
        root.getSubcommands().values().stream()
                .filter(command -> key(command).isPresent())
                .forEach(command -> command.setUnmatchedOptionsArePositionalParams(true));
    }

    private static Optional<PositionalParamSpec> key(CommandLine command) {
        return command.getCommandSpec().positionalParameters().stream()
                .filter(parameter -> parameter.paramLabel().equals(KEY))
                .findFirst();
    }

    /**
     * Refuses a key that is rather a misspelt option.
     *
     * @throws ParameterException that says so, and how to pass such a key nevertheless
     */
    public static void check(ParseResult parsed) {
        for (CommandLine command : parsed.asCommandLineList()) {
            boolean ended = parsed.originalArgs().contains(END_OF_OPTIONS);
            key(command).map(parameter -> parameter.<Object>getValue()).ifPresent(value -> {
                String text = value.toString();
                if (!ended
                        && text.startsWith("-")
                        && UsageErrors.close(text, UsageErrors.optionNames(command))
                                .isPresent()) {
                    throw new ParameterException(
                            command, UsageErrors.unknownOption(text, command) + " If it is a key, write -- before it");
                }
            });
        }
    }
}
