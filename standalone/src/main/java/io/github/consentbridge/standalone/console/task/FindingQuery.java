package io.github.consentbridge.standalone.console.task;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Selects findings: those that match every criterion that is present.
 *
 * @param mapping the column
 * @param reason as the summary gives it
 * @param text part of the organization user id or of the contact's id, in upper or lower case
 */
public record FindingQuery(Optional<String> mapping, Optional<String> reason, Optional<String> text) {
    /** Whether a finding with these properties is selected. */
    boolean selects(@Nullable String column, String why, String key, @Nullable String contactId) {
        return mapping.map(wanted -> wanted.equals(column)).orElse(true)
                && reason.map(wanted -> wanted.equals(FindingReason.general(why)))
                        .orElse(true)
                && text.map(part -> contains(key, part) || (contactId != null && contains(contactId, part)))
                        .orElse(true);
    }

    private static boolean contains(String text, String part) {
        return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }
}
