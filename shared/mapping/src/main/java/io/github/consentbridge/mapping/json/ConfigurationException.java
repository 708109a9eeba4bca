package io.github.consentbridge.mapping.json;

import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.failure.ExitCode;
import java.util.List;
import java.util.stream.Collectors;

/** The integration document or the secret is invalid. Carries all of its problems. */
public final class ConfigurationException extends BridgeException {
    private final transient List<Problem> problems;

    /** There must be at least one problem. */
    public ConfigurationException(List<Problem> problems) {
        super(ExitCode.USAGE, problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** All problems of a file: one sentence, or a line for each. */
    public String sentenceAbout(String file) {
        return file + " cannot be used:" + (problems.size() == 1 ? " " : "\n") + sentence();
    }

    public List<Problem> problems() {
        return problems;
    }
}
