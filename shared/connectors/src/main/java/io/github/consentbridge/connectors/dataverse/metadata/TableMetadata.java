package io.github.consentbridge.connectors.dataverse.metadata;

import java.util.Set;

/**
 * An environment's settings of the table contact.
 *
 * @param changeTracking whether changes are tracked
 * @param optimisticConcurrency whether {@code If-Match} is honoured
 * @param keyColumns columns that alone are an active alternate key: no two contacts have the same value
 */
public record TableMetadata(boolean changeTracking, boolean optimisticConcurrency, Set<String> keyColumns) {
    public TableMetadata {
        keyColumns = Set.copyOf(keyColumns);
    }
}
