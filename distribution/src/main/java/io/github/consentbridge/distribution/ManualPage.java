package io.github.consentbridge.distribution;

import static java.util.stream.Collectors.joining;

import io.github.consentbridge.mapping.failure.ExitCode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The manual page of one command, in roff. It has no date, so that two builds give the same bytes.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/man.7.html">man(7)</a>
 */
final class ManualPage {
    private final CommandLine command;
    private final CommandSpec spec;
    private final String version;

    ManualPage(CommandLine command, String version) {
        this.command = command;
        this.spec = command.getCommandSpec();
        this.version = version;
    }

    /** As {@code man} is asked for it: {@code bridge-deadletters-show}. */
    String name() {
        return spec.qualifiedName("-").replace(' ', '-');
    }

    String roff() {
        StringBuilder page = new StringBuilder();
        page.append(".TH \"%s\" \"1\" \"\" \"Consent Bridge %s\" \"Consent Bridge\"\n"
                .formatted(name().toUpperCase(Locale.ROOT), version));
        page.append(".SH NAME\n").append(text(name() + " - " + summary(command)));
        page.append(".SH SYNOPSIS\n").append(text(synopsis()));
        page.append(".SH DESCRIPTION\n").append(text(description(spec)));
        section(page, "ARGUMENTS", spec.positionalParameters().stream().map(ManualPage::entry));
        section(
                page,
                "OPTIONS",
                spec.options().stream().filter(option -> !option.hidden()).map(ManualPage::entry));
        section(page, "COMMANDS", command.getSubcommands().values().stream().map(this::entry));
        section(page, "EXIT STATUS", Stream.of(ExitCode.values()).map(ManualPage::entry));
        return page.toString();
    }

    private static void section(StringBuilder page, String title, Stream<String> entries) {
        String all = entries.collect(joining());
        if (!all.isEmpty()) {
            page.append(".SH ").append(title).append('\n').append(all);
        }
    }

    private String synopsis() {
        return new Help(spec, Help.defaultColorScheme(Ansi.OFF)).synopsis(0).replaceAll("\\s+", " ");
    }

    private static String summary(CommandLine command) {
        String description = description(command.getCommandSpec());
        int sentence = description.indexOf(". ");
        return (sentence < 0 ? description : description.substring(0, sentence)).replaceFirst("\\.$", "");
    }

    private static String description(CommandSpec spec) {
        return joined(spec.usageMessage().description());
    }

    private String entry(CommandLine part) {
        return entry(new ManualPage(part, version).name() + "(1)", summary(part));
    }

    private static String entry(ArgSpec argument) {
        String label = argument.paramLabel();
        String names = argument instanceof OptionSpec option
                ? Stream.of(option.names())
                        .map(name -> takesValue(option) ? name + "=" + label : name)
                        .collect(joining(", "))
                : label;
        return entry(names, joined(argument.description()));
    }

    private static boolean takesValue(OptionSpec option) {
        return option.arity().max() > 0;
    }

    private static String entry(ExitCode code) {
        return entry(Integer.toString(code.number()), meaning(code));
    }

    private static String meaning(ExitCode code) {
        return switch (code) {
            case DONE -> "Done.";
            case FINDINGS -> "A check failed, a dry run found differences, a run stopped, or nothing was found.";
            case USAGE -> "Wrong options, or a configuration that cannot be used.";
            case FAILURE -> "A remote system or the bridge's own storage failed.";
            case BUSY -> "Another run is under way.";
        };
    }

    private static String entry(String term, String meaning) {
        return ".TP\n\\fB" + escaped(term) + "\\fR\n" + text(meaning);
    }

    private static String joined(String[] lines) {
        return List.of(lines).stream()
                .map(Ansi.OFF::string)
                .collect(joining(" "))
                .strip();
    }

    /** One paragraph. A line that began with a full stop or an apostrophe would be a request. */
    private static String text(String words) {
        String line = escaped(words.strip());
        return (line.startsWith(".") || line.startsWith("'") ? "\\&" : "") + line + "\n";
    }

    private static String escaped(String words) {
        return words.replace("\\", "\\e").replace("-", "\\-");
    }
}
