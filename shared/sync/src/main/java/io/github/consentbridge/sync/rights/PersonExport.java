package io.github.consentbridge.sync.rights;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Everything that is stored about a person here, and what both systems show now.
 *
 * @param json as {@link PersonExporter} describes it
 */
public record PersonExport(ObjectNode json) {
    static final List<String> SYSTEMS = List.of("didomi", "dynamics");

    /** The member in place of a system's data, with one sentence, if the system could not be read. */
    static final String ERROR = "error";

    /** Whether both systems could be read. */
    public boolean isComplete() {
        return SYSTEMS.stream().noneMatch(system -> json.path(system).has(ERROR));
    }
}
