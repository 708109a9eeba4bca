package io.github.consentbridge.standalone.cli.failure;

import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.mapping.json.ClosestName;
import io.github.consentbridge.sync.report.VisibleText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with the words of a command, and how to find the right ones, on one line: the usage would hide it. */
public final class UsageErrors {
    private static final String PREFIX = "-";

    /** The names of an enum's constants, which a user writes in lower case. */
    private static final Pattern CHOICE = Pattern.compile("\\[([A-Z_, ]+)]");

    private UsageErrors() {}

    /**
     * A file or folder by its name. A shell passes an empty one where a variable is not set, and that would be the folder in
     * which the command was started.
     *
     * @throws TypeConversionException if it is empty
     */
    public static Path named(String name) {
        if (name.isBlank()) {
            throw new TypeConversionException("the name is empty");
        }
        return Path.of(name);
    }

    /** Prints the sentence; the exit code. */
    public static int print(ParameterException error, String... arguments) {
        CommandLine command = error.getCommandLine();
        command.getErr().println(VisibleText.of(problem(error)) + "; try " + invocation(command) + " --help");
        return ExitCode.USAGE.number();
    }

    private static String invocation(CommandLine command) {
        return "./" + command.getCommandSpec().qualifiedName();
    }

    private static String problem(ParameterException error) {
        CommandLine command = error.getCommandLine();
        if (error instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched.getUnmatched().get(0), command);
        } else if (error instanceof MissingParameterException missing) {
            return missing(missing);
        } else if (error instanceof OverwrittenOptionException twice) {
            return name(twice.getOverwritten()) + " is given twice";
        } else if (error instanceof MutuallyExclusiveArgsException both) {
            return exclusive(String.valueOf(both.getMessage()));
        }
        return plain(error.getMessage());
    }

    /** Another library's words, without the names of its classes. */
    private static String plain(@Nullable String message) {
        String text = String.valueOf(message)
                .replace(" is not an int", " is not a whole number")
                .replaceAll(" \\([\\w.]*Exception: [^)]*\\)", "")
                .replace(" (case-insensitive)", "")
                .replaceAll("\\.$", "");
        String words = CHOICE.matcher(text).replaceAll(names -> names.group(1).toLowerCase(Locale.ROOT));
        return words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
    }

    /** Of {@code Error: --a, --b=VALUE are mutually exclusive (specify only one)}. */
    private static String exclusive(String message) {
        return message.replaceAll("^Error: | are mutually exclusive.*$|=[^, ]*", "")
                        .replace(", ", " and ") + " exclude each other: leave one out";
    }

    private static String unmatched(String word, CommandLine command) {
        if (word.startsWith(PREFIX)) {
            return unknownOption(word, command);
        }
        Optional<String> option = optionTakenForKey(command);
        if (option.isPresent()) {
            return unknownOption(option.get(), command);
        } else if (!command.getSubcommands().isEmpty()) {
            return "there is no command '" + word + "'"
                    + suggestion(word, command.getSubcommands().keySet());
        }
        return "'" + word + "' is one word too many";
    }

    /** The message about an option that does not exist. */
    static String unknownOption(String word, CommandLine command) {
        String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
        if (command.getSubcommands().values().stream()
                .anyMatch(each -> optionNames(each).contains(name))) {
            return name + " belongs to a command: write it after the command's name";
        }
        return "there is no option '" + name + "'" + suggestion(name, optionNames(command));
    }

    /** Where a key is expected, an option that does not exist was taken for one, and the key for one word too many. */
    private static Optional<String> optionTakenForKey(CommandLine command) {
        return command.getCommandSpec().positionalParameters().stream()
                .map(parameter -> parameter.<Object>getValue())
                .filter(value -> value instanceof String text && text.startsWith(PREFIX))
                .map(Object::toString)
                .findFirst();
    }

    static List<String> optionNames(CommandLine command) {
        List<String> names = new ArrayList<>();
        command.getCommandSpec().options().forEach(option -> names.addAll(List.of(option.names())));
        return names;
    }

    static String suggestion(String word, Collection<String> known) {
        return close(word, known).map(name -> ": did you mean " + name + "?").orElse("");
    }

    /** A known word of which this may be a misspelling. */
    static Optional<String> close(String word, Collection<String> known) {
        if (known.isEmpty()) {
            return Optional.empty();
        }
        String lower = word.toLowerCase(Locale.ROOT);
        String closest = ClosestName.to(lower, known);
        int letters = lower.replace("-", "").length();
        boolean similar = letters > 1 && ClosestName.distance(lower, closest) <= Math.max(1, Math.min(3, letters / 2));
        return similar
                ? Optional.of(closest)
                : known.stream()
                        .filter(name -> letters > 2 && (name.startsWith(lower) || lower.startsWith(name + "s")))
                        .findFirst();
    }

    /**
     * Refuses options that stand before a command of a command, which would not see them.
     *
     * @throws ParameterException that names the first
     */
    public static void refuseIgnoredOptions(ParseResult parsed) {
        for (ParseResult each = parsed; each.hasSubcommand(); each = each.subcommand()) {
            if (!each.matchedOptions().isEmpty()) {
                String option = each.matchedOptions().get(0).longestName();
                CommandLine inner = each.subcommand().commandSpec().commandLine();
                throw new ParameterException(inner, "write " + option + " after " + inner.getCommandName());
            }
        }
    }

    private static String missing(MissingParameterException error) {
        List<ArgSpec> missing = error.getMissing();
        String message = String.valueOf(error.getMessage());
        if (message.contains("specify one of these")) {
            return missing.stream().map(UsageErrors::name).collect(Collectors.joining(" or ")) + " is missing";
        }
        String names = missing.stream().map(UsageErrors::name).collect(Collectors.joining(" and "));
        boolean value = !message.matches("Missing required (option|parameter)s?: .*");
        return value ? names + " needs a value" : names + (missing.size() == 1 ? " is missing" : " are missing");
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }
}
