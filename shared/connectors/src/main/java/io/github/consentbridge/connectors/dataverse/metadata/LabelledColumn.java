package io.github.consentbridge.connectors.dataverse.metadata;

import java.util.List;
import java.util.Map;

/**
 * A column of contact with the labels that staff read.
 *
 * @param labels in all languages of the environment, that of our user first; empty if it has none
 * @param options option number to its labels, in the order that forms show them; empty for other types than choices
 */
public record LabelledColumn(ColumnMetadata metadata, List<String> labels, Map<Integer, List<String>> options) {
    public LabelledColumn {
        labels = List.copyOf(labels);
    }

    /** The logical name. */
    public String name() {
        return metadata.logicalName();
    }

    /** The label in our user's language; the logical name if there is none. */
    public String label() {
        return labels.isEmpty() ? name() : labels.get(0);
    }

    /** The label of one option; its number if there is none. */
    public String optionLabel(int number) {
        List<String> known = options.getOrDefault(number, List.of());
        return known.isEmpty() ? Integer.toString(number) : known.get(0);
    }
}
