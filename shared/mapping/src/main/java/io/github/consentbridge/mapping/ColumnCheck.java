package io.github.consentbridge.mapping;

import java.util.Collection;
import java.util.List;

/** Finds mappings that cannot work with the columns as they are. */
public final class ColumnCheck {
    private ColumnCheck() {}

    /**
     * Everything that is wrong, in mapping order; a mapped column that is not among these does not exist.
     *
     * @param columns at least the mapped ones that exist
     */
    public static List<Problem> problems(Integration integration, Collection<ContactColumn> columns) {
        if (integration.mappings().isEmpty() && columns.isEmpty()) {
            return List.of();
        }
        throw new UnsupportedOperationException(integration + " " + columns);
    }
}
