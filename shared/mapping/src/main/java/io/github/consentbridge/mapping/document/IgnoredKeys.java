package io.github.consentbridge.mapping.document;

import java.util.List;
import java.util.Optional;

/**
 * Organization user ids that name nobody: what a site sends where it has no id, which would make one person of all its
 * visitors. They are compared without regard to case and to blanks around them, because sites print them in any way. A
 * blank id names nobody either, whatever the list says.
 *
 * @param keys as the document lists them
 */
public record IgnoredKeys(List<String> keys) {
    /** What JavaScript, common languages and common sites print for an id that they do not have. */
    public static final IgnoredKeys DEFAULT =
            new IgnoredKeys(List.of("undefined", "null", "none", "anonymous", "[object Object]", "0"));

    /** What to do about such an id, for logs. */
    public static final String REMEDY = "correct it where it is set, so that people without an id have none; or take it"
            + " off properties.ignored_keys if it names a person";

    public IgnoredKeys {
        keys = List.copyOf(keys);
    }

    /** The listed key that this organization user id is, empty text if it is blank; empty if it names a person. */
    public Optional<String> match(String organizationUserId) {
        String bare = organizationUserId.strip();
        return bare.isEmpty()
                ? Optional.of(bare)
                : keys.stream()
                        .filter(key -> key.strip().equalsIgnoreCase(bare))
                        .findFirst();
    }
}
