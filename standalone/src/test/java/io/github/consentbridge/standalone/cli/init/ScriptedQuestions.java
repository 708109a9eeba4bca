package io.github.consentbridge.standalone.cli.init;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Answers one after another; then the input has ended. */
final class ScriptedQuestions implements Questions {
    /** Everything that was asked. */
    final List<String> prompts = new ArrayList<>();

    private final Deque<String> answers;

    ScriptedQuestions(String... answers) {
        this.answers = new ArrayDeque<>(List.of(answers));
    }

    @Override
    public String ask(String prompt) {
        prompts.add(prompt);
        if (answers.isEmpty()) {
            throw Questions.endOfInput();
        }
        return answers.remove();
    }

    @Override
    public String askHidden(String prompt) {
        return ask(prompt);
    }

    int left() {
        return answers.size();
    }
}
