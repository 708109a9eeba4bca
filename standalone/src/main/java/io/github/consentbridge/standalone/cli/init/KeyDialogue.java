package io.github.consentbridge.standalone.cli.init;

import io.github.consentbridge.connectors.dataverse.metadata.LabelledColumn;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.standalone.cli.UsageException;
import io.github.consentbridge.sync.doctor.KeyStability;
import io.github.consentbridge.sync.report.VisibleText;
import io.github.consentbridge.sync.setup.KeyColumns;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Decides which column holds the organization user id. */
final class KeyDialogue {
    private final List<LabelledColumn> columns;
    private final KeyColumns keys;
    private final PrintWriter out;

    KeyDialogue(List<LabelledColumn> columns, KeyColumns keys, PrintWriter out) {
        this.columns = columns;
        this.keys = keys;
        this.out = out;
    }

    /** The column that was named; throws a {@link UsageException} if there is none of this name. */
    AttributeName named(String name) {
        if (!exists(name)) {
            throw new UsageException("there is no column " + name + " on contact: name another one with --contact-key");
        }
        return warned(new AttributeName(name));
    }

    /** The suggested one, with what speaks against it. */
    AttributeName suggested() {
        keys.remark().ifPresent(out::println);
        return warned(keys.suggested());
    }

    AttributeName ask(Questions questions) {
        out.println();
        out.println("Which column of contact holds Didomi's organization user id? Candidates: "
                + keys.candidates().stream().map(AttributeName::logicalName).collect(Collectors.joining(", "))
                + (keys.candidates().size() == 1 ? " (no text column is an alternate key)" : ""));
        keys.remark().ifPresent(out::println);
        while (true) {
            out.flush();
            String name = questions
                    .askFor("Key column", Optional.of(keys.suggested().logicalName()))
                    .toLowerCase(Locale.ROOT);
            if (!exists(name)) {
                out.println(VisibleText.of("There is no column " + name + " on contact."));
                continue;
            }
            AttributeName column = new AttributeName(name);
            Optional<String> warning = KeyStability.warning(column);
            warning.ifPresent(out::println);
            out.flush();
            if (warning.isEmpty() || questions.confirm("Use it nevertheless?", false)) {
                return unique(column);
            }
        }
    }

    private boolean exists(String name) {
        return columns.stream().anyMatch(column -> column.name().equals(name));
    }

    private AttributeName warned(AttributeName column) {
        KeyStability.warning(column).ifPresent(out::println);
        return unique(column);
    }

    private AttributeName unique(AttributeName column) {
        if (!keys.candidates().contains(column)) {
            out.println(column
                    + " is not an alternate key: define one on it, so that no two contacts have the same value.");
        }
        return column;
    }
}
