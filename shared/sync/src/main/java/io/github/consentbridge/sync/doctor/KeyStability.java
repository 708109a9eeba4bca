package io.github.consentbridge.sync.doctor;

import io.github.consentbridge.mapping.document.AttributeName;
import java.util.Optional;
import java.util.regex.Pattern;

/** Warns of key columns whose values do not stay with a person. */
public final class KeyStability {
    /** Dataverse's own columns for what people change, and what several people share. */
    private static final Pattern CHANGEABLE =
            Pattern.compile("emailaddress\\d|telephone\\d|mobilephone|fax|(full|first|last|nick)name|websiteurl");

    private KeyStability() {}

    /** What may happen with this key column; empty if nothing is known against it. */
    public static Optional<String> warning(AttributeName keyColumn) {
        // Who takes over another person's address would take over that person's choices.
        return CHANGEABLE.matcher(keyColumn.logicalName()).matches()
                ? Optional.of(keyColumn
                        + " can change and can be shared: after a change the person's earlier choices no longer"
                        + " reach the contact, and a contact that takes over the value gets another person's"
                        + " choices. Use an id that never changes, in a column of its own, as organization user id.")
                : Optional.empty();
    }
}
