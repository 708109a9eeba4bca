package io.github.consentbridge.sync.reconciliation;

import io.github.consentbridge.sync.reconciliation.Difference.Shown;
import org.jspecify.annotations.Nullable;

/**
 * Two values that were read and differ, and that no write or event is repairing.
 *
 * @param key the organization user id
 * @param mapping the column that shows the other value
 * @param reason what is known of it, as a sentence
 */
public record Unresolved(
        String key, @Nullable String contactId, String mapping, Shown didomi, Shown dynamics, String reason) {}
