package io.github.consentbridge.connectors.dataverse.audit;

import io.github.consentbridge.connectors.dataverse.metadata.ColumnMetadata;
import java.util.List;

/** What the audit history says of one column of one contact. */
public sealed interface ColumnHistory {
    /**
     * The changes, the newest first. None while auditing is off, which {@link ColumnMetadata#audited()} tells only for
     * the column, not for table and environment; older ones than the audit log are missing. So what is not here may have
     * happened nevertheless.
     */
    record Known(List<ColumnChange> changes) implements ColumnHistory {
        public Known {
            changes = List.copyOf(changes);
        }
    }

    /**
     * We may not or cannot know, and a repeat will not help.
     *
     * @param why a phrase for operators, such as {@code the application user lacks prvReadAuditSummary}
     */
    record Withheld(String why) implements ColumnHistory {}
}
