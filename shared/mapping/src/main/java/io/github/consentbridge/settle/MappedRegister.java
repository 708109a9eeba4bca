package io.github.consentbridge.settle;

import io.github.consentbridge.mapping.Wins;
import java.util.List;

/**
 * One Didomi value with every column mapped to it.
 *
 * @param columns not empty; their mappings agree on {@code wins}
 */
public record MappedRegister(RegisterId id, List<MappedColumn> columns) {
    public MappedRegister {
        columns = List.copyOf(columns);
    }

    /** Whose choice stands; a property is nobody's choice, so Dynamics never decides it. */
    public Wins wins() {
        return id.value().isConsent() ? columns.get(0).mapping().wins() : Wins.DIDOMI;
    }

    boolean writesDidomi() {
        return id.value().isConsent()
                && columns.stream()
                        .anyMatch(column -> column.mapping().direction().writesDidomi());
    }
}
