package io.github.consentbridge.sync.setup;

import io.github.consentbridge.connectors.dataverse.metadata.ColumnMetadata;
import io.github.consentbridge.connectors.dataverse.metadata.LabelledColumn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Columns of contact, without a server. */
final class Columns {
    private Columns() {}

    static LabelledColumn yesNo(String name, String... labels) {
        return column(name, "BooleanType", true, Map.of(), labels);
    }

    static LabelledColumn readOnly(String name) {
        return column(name, "BooleanType", false, Map.of());
    }

    static LabelledColumn text(String name) {
        return column(name, "StringType", true, Map.of());
    }

    /** Options have the numbers 100000001 and so on, in the order of their labels. */
    static LabelledColumn choice(String name, String... options) {
        return column(name, "PicklistType", true, numbered(options));
    }

    static LabelledColumn choices(String name, String... options) {
        return column(name, "MultiSelectPicklistType", true, numbered(options));
    }

    private static Map<Integer, List<String>> numbered(String... options) {
        Map<Integer, List<String>> numbered = new LinkedHashMap<>();
        for (String option : options) {
            numbered.put(100_000_001 + numbered.size(), List.of(option));
        }
        return numbered;
    }

    private static LabelledColumn column(
            String name, String type, boolean writable, Map<Integer, List<String>> options, String... labels) {
        return new LabelledColumn(
                new ColumnMetadata(
                        name,
                        type,
                        true,
                        writable,
                        writable,
                        false,
                        false,
                        null,
                        null,
                        null,
                        null,
                        null,
                        options.keySet(),
                        null),
                List.of(labels),
                options);
    }
}
