package io.github.consentbridge.standalone.cli.init;

import io.github.consentbridge.standalone.cli.UsageException;
import java.util.Locale;
import java.util.Optional;

/** Where an operator answers. Every method throws a {@link UsageException} once the input has ended. */
interface Questions {
    /** A line without the blanks around it; empty if only Enter was pressed. */
    String ask(String prompt);

    /** The same for a secret, which is not shown while it is typed. */
    String askHidden(String prompt);

    /** Asks until there is an answer. */
    default String askFor(String prompt) {
        String answer = "";
        while (answer.isEmpty()) {
            answer = ask(prompt);
        }
        return answer;
    }

    /** Asks until the answer is yes, no or only Enter. */
    default boolean confirm(String question, boolean onEnter) {
        while (true) {
            String answer = ask(question + (onEnter ? " [Y/n] " : " [y/N] ")).toLowerCase(Locale.ROOT);
            if (answer.isEmpty()) {
                return onEnter;
            } else if ("yes".startsWith(answer) || "no".startsWith(answer)) {
                return "yes".startsWith(answer);
            }
        }
    }

    /** The answer, or the known value on Enter; asks until there is one. */
    default String askFor(String prompt, Optional<String> known) {
        return known.map(value -> Optional.of(ask(prompt + " [" + value + "]: "))
                        .filter(answer -> !answer.isEmpty())
                        .orElse(value))
                .orElseGet(() -> askFor(prompt + ": "));
    }

    /** What is thrown at the end of the input. */
    static UsageException endOfInput() {
        return new UsageException(
                "the input ended before everything was answered, and nothing was written: start init again,"
                        + " or use --non-interactive");
    }
}
