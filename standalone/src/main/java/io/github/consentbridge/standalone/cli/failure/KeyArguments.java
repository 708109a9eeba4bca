package io.github.consentbridge.standalone.cli.failure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
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
     * Moves a key of the form {@code -key} behind the end of the options: the parser would look for options of one letter in
     * it.
     */
    public static String[] arranged(CommandLine root, String... arguments) {
        List<String> words = new ArrayList<>(List.of(arguments));
        @Nullable
        CommandLine command = words.isEmpty() ? null : root.getSubcommands().get(words.get(0));
        if (command == null || key(command).isEmpty() || words.contains(END_OF_OPTIONS)) {
            return arguments;
        }
        for (int index = 1; index < words.size(); index++) {
            boolean valueOfOption = takesValue(command, words.get(index - 1));
            if (!valueOfOption && words.get(index).matches("-[^-].+")) {
                String key = words.remove(index);
                words.addAll(List.of(END_OF_OPTIONS, key));
                break;
            }
        }
        return words.toArray(String[]::new);
    }

    private static boolean takesValue(CommandLine command, String word) {
        @Nullable OptionSpec option = command.getCommandSpec().findOption(word);
        return option != null && option.arity().min() > 0;
    }

    /**
     * Refuses a key that is empty, as where a shell's variable is not set, or rather a misspelt option.
     *
     * @throws ParameterException that says so, and how to pass a key that looks like an option nevertheless
     */
    public static void check(ParseResult parsed) {
        for (CommandLine command : parsed.asCommandLineList()) {
            boolean ended = parsed.originalArgs().contains(END_OF_OPTIONS);
            key(command).map(parameter -> parameter.<Object>getValue()).ifPresent(value -> {
                String text = value.toString();
                if (text.isBlank()) {
                    throw new ParameterException(command, "the key is empty: name an organization user id");
                }
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
