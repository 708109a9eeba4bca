package io.github.consentbridge.connectors.dataverse.audit;

import io.github.consentbridge.connectors.dataverse.metadata.ColumnMetadata;
import java.util.List;

/** The audit history of one column of one contact. */
public sealed interface ColumnHistory {
    /**
     * The changes, newest first. The list is not complete: there are none while auditing is off ({@link
     * ColumnMetadata#audited()} covers only the column, not table and environment), and changes older than the audit
     * log are missing. A contact that does not exist has none.
     */
    record Known(List<ColumnChange> changes) implements ColumnHistory {
        public Known {
            changes = List.copyOf(changes);
        }
    }

    /**
     * The history is not available to us, of this contact or another.
     *
     * @param why a phrase for operators, such as {@code the application user lacks prvReadAuditSummary}
     */
    record Withheld(String why) implements ColumnHistory {}
}
