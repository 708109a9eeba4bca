package io.github.consentbridge.mapping.json;

import java.util.List;
import java.util.stream.Collectors;

/** The integration document cannot be used as it is. Holds everything that is wrong with it at once. */
public final class ConfigurationException extends RuntimeException {
    private final transient List<Problem> problems;

    /** Holds these problems; there is at least one. */
    public ConfigurationException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
