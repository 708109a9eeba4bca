package io.github.consentbridge.mapping.json;

import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.failure.ExitCode;
import java.util.List;
import java.util.stream.Collectors;

/** The integration document cannot be used as it is. Holds everything that is wrong with it at once. */
public final class ConfigurationException extends BridgeException {
    private final transient List<Problem> problems;

    /** Holds these problems; there is at least one. */
    public ConfigurationException(List<Problem> problems) {
        super(ExitCode.USAGE, problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
