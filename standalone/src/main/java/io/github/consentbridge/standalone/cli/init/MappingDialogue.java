package io.github.consentbridge.standalone.cli.init;

import io.github.consentbridge.connectors.dataverse.metadata.LabelledColumn;
import io.github.consentbridge.mapping.json.ClosestName;
import io.github.consentbridge.sync.report.VisibleText;
import io.github.consentbridge.sync.setup.ColumnChoice;
import io.github.consentbridge.sync.setup.MappableValue;
import io.github.consentbridge.sync.setup.Proposal;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Lets an operator accept, change or drop each proposal, and map what nothing was proposed for. */
final class MappingDialogue {
    private final List<LabelledColumn> columns;
    private final Questions questions;
    private final PrintWriter out;
    private final List<ColumnChoice> chosen = new ArrayList<>();

    /** @param columns without the key column */
    MappingDialogue(List<LabelledColumn> columns, Questions questions, PrintWriter out) {
        this.columns = columns;
        this.questions = questions;
        this.out = out;
    }

    /** The accepted mappings; may be none. */
    List<ColumnChoice> choose(List<Proposal> proposals) {
        out.println();
        out.println("Proposed mappings. Enter accepts one, c changes its column, d drops it.");
        proposals.forEach(proposal -> firstFree(proposal).ifPresent(this::decide));
        others(proposals.stream().map(Proposal::value).toList());
        return List.copyOf(chosen);
    }

    private Optional<ColumnChoice> firstFree(Proposal proposal) {
        return proposal.candidates().stream()
                .filter(choice -> owner(choice.column().name()).isEmpty())
                .findFirst();
    }

    private Optional<ColumnChoice> owner(String column) {
        return chosen.stream()
                .filter(choice -> choice.column().name().equals(column))
                .findFirst();
    }

    private void decide(ColumnChoice proposed) {
        out.println();
        new SetupPrinter(out).choice(proposed);
        while (true) {
            switch (ask("  Accept? [Y/c/d] ").toLowerCase(Locale.ROOT)) {
                case "", "y", "yes" -> {
                    accept(proposed);
                    return;
                }
                case "c" -> {
                    column(proposed.value()).map(this::inverted).ifPresent(this::accept);
                    return;
                }
                case "d" -> {
                    return;
                }
                default -> out.println("  Press Enter, c or d.");
            }
        }
    }

    /** What is without a column: a list of purposes can be long, and most of them do not belong in a CRM. */
    private void others(List<MappableValue> values) {
        while (true) {
            List<String> free = values.stream()
                    .filter(value ->
                            chosen.stream().noneMatch(choice -> choice.value().equals(value)))
                    .map(MappableValue::id)
                    .toList();
            if (free.isEmpty()) {
                return;
            }
            out.println();
            out.println(VisibleText.of("Without a column: " + String.join(", ", free)));
            String id = ask("Map another one? (its id as above; Enter to go on) ");
            if (id.isEmpty()) {
                return;
            }
            values.stream()
                    .filter(value -> value.id().equals(id) && free.contains(id))
                    .findFirst()
                    .ifPresentOrElse(
                            value -> column(value).map(this::inverted).ifPresent(this::accept),
                            () -> out.println(VisibleText.of("There is no " + id + " in this list.")));
        }
    }

    /** Asks for a column that can show the value; empty if there is to be none. */
    private Optional<ColumnChoice> column(MappableValue value) {
        while (true) {
            String name = ask("  Column for " + VisibleText.of(value.id()) + " (its logical name; Enter for none): ");
            if (name.isEmpty()) {
                return Optional.empty();
            }
            Optional<LabelledColumn> column = columns.stream()
                    .filter(each -> each.name().equals(name.toLowerCase(Locale.ROOT)))
                    .findFirst();
            Optional<ColumnChoice> choice = column.flatMap(found -> ColumnChoice.of(value, found));
            Optional<ColumnChoice> owner = column.flatMap(found -> owner(found.name()));
            if (choice.isPresent() && owner.isEmpty()) {
                return choice;
            }
            out.println(VisibleText.of("  " + whyNot(name, value, column.isPresent(), owner)));
        }
    }

    private String whyNot(String name, MappableValue value, boolean exists, Optional<ColumnChoice> owner) {
        if (owner.isPresent()) {
            return name + " is mapped to " + owner.get().value().id() + " already.";
        } else if (exists) {
            return name + " cannot show it: name a writable "
                    + (value.isPurpose() ? "yes/no or choice column." : "choice or text column.");
        }
        return "There is no column " + name + " that can be mapped: did you mean "
                + ClosestName.to(
                        name, columns.stream().map(LabelledColumn::name).toList()) + "?";
    }

    private ColumnChoice inverted(ColumnChoice choice) {
        return choice.column().metadata().type().equals("BooleanType")
                ? choice.withInvert(questions.confirm("  Does yes in this column mean refusal?", choice.invert()))
                : choice;
    }

    /** A choice column without a number for any answer would show nothing. */
    private void accept(ColumnChoice choice) {
        ColumnChoice complete = choice.withOptions(options(choice));
        boolean usable =
                !ColumnChoice.hasOptions(choice.column()) || !complete.options().isEmpty();
        if (usable && !(choice.value().isPurpose() && !complete.unmatched().isEmpty())) {
            chosen.add(complete);
            complete.unmatched()
                    .values()
                    .forEach(name -> out.println(VisibleText.of("  A choice of " + name
                            + " cannot be written: it becomes a dead letter until there is an option for it.")));
        } else {
            out.println("  Dropped: it needs option numbers"
                    + (choice.value().isPurpose() ? " for both granted and refused." : "."));
        }
    }

    private Map<String, Integer> options(ColumnChoice choice) {
        Map<String, Integer> options = new LinkedHashMap<>(choice.options());
        choice.unmatched()
                .forEach((id, name) ->
                        option(choice.column(), id, name, options).ifPresent(number -> options.put(id, number)));
        return options;
    }

    private Optional<Integer> option(LabelledColumn column, String id, String name, Map<String, Integer> taken) {
        String prompt = VisibleText.of("  Option number for " + (id.equals(name) ? id : id + " (" + name + ")") + ": "
                + SetupPrinter.options(column) + " (Enter for none): ");
        while (true) {
            String answer = ask(prompt);
            if (answer.isEmpty()) {
                return Optional.empty();
            }
            Optional<Integer> number = column.options().keySet().stream()
                    .filter(each -> answer.equals(each.toString()) && !taken.containsValue(each))
                    .findFirst();
            if (number.isPresent()) {
                return number;
            }
            out.println("  Write one of the numbers that no other answer has.");
        }
    }

    private String ask(String prompt) {
        out.flush();
        return questions.ask(prompt);
    }
}
