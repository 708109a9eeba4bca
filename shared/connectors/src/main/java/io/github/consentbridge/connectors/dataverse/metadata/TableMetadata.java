package io.github.consentbridge.connectors.dataverse.metadata;

import java.util.Set;

/**
 * What an environment has set for the table contact.
 *
 * @param changeTracking whether changes are tracked
 * @param optimisticConcurrency whether {@code If-Match} is heeded
 * @param keyColumns columns that are an active alternate key on their own: no two contacts have the same value
 */
public record TableMetadata(boolean changeTracking, boolean optimisticConcurrency, Set<String> keyColumns) {
    public TableMetadata {
        keyColumns = Set.copyOf(keyColumns);
    }
}
