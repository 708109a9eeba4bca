package io.github.consentbridge.sync.connections;

import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.mapping.json.Problem;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Mappings that would destroy data or cannot work. Nothing is written until they are corrected: deliveries wait, and no
 * attempt is counted. The message has one line per mapping.
 */
public final class RefusedMappingsException extends BridgeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** There must be at least one problem. */
    public RefusedMappingsException(List<Problem> problems) {
        super(
                ExitCode.USAGE,
                problems.stream()
                        .map(Problem::toString)
                        .collect(Collectors.joining(
                                "\n", "nothing is written until these mappings are corrected:\n", "")));
        this.problems = List.copyOf(problems);
    }

    /** Each names its mapping by a JSON pointer. */
    public List<Problem> problems() {
        return problems;
    }
}
