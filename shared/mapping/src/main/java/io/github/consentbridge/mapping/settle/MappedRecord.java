package io.github.consentbridge.mapping.settle;

import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.document.Wins;
import java.util.List;

/**
 * One Didomi value with every column mapped to it.
 *
 * @param columns not empty; their mappings agree on {@code wins}
 */
public record MappedRecord(ConsentRecordId id, List<MappedColumn> columns) {
    public MappedRecord {
        columns = List.copyOf(columns);
    }

    /** Which side wins. A property is not a choice, so Dynamics never decides it. */
    public Wins wins() {
        return id.value().isConsent() ? columns.get(0).mapping().wins() : Wins.DIDOMI;
    }

    boolean writesDidomi() {
        return id.value().isConsent()
                && columns.stream()
                        .anyMatch(column -> column.mapping().direction().writesDidomi());
    }
}
