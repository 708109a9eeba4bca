package io.github.consentbridge.mapping.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The known scalar fields of a Didomi user and their types. Didomi may add fields, and a person's metadata is free, so
 * any other property may hold anything.
 *
 * @see <a href="https://developers.didomi.io/api-and-platform/consents/users/users-schema">Users schema</a>
 */
public enum UserField {
    ID("id", Kind.TEXT),
    ORGANIZATION_ID("organization_id", Kind.TEXT),
    ORGANIZATION_USER_ID("organization_user_id", Kind.TEXT),
    ORGANIZATION_USER_ID_TYPE("organization_user_id_type", Kind.TEXT),
    VERSION("version", Kind.NUMBER),
    CREATED_AT("created_at", Kind.TIME),
    UPDATED_AT("updated_at", Kind.TIME),
    COUNTRY("country", Kind.TEXT),
    LAST_SEEN_COUNTRY("last_seen_country", Kind.TEXT);

    public enum Kind {
        TEXT("text"),
        NUMBER("a number"),
        TIME("a date and time");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    private final String fieldName;
    private final Kind kind;

    UserField(String fieldName, Kind kind) {
        this.fieldName = fieldName;
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    public static Optional<UserField> named(String name) {
        for (UserField field : values()) {
            if (field.fieldName.equals(name)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    static List<String> names() {
        List<String> names = new ArrayList<>();
        for (UserField field : values()) {
            names.add(field.fieldName);
        }
        return names;
    }
}
