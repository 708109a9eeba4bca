package io.github.consentbridge.connectors.dataverse.webhook;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A {@code sdkmessageprocessingstep}: calls an endpoint for one message of a table.
 *
 * @param settings the present ones, in the form in which they are written, so that inequality means drift
 */
public record ProcessingStep(UUID id, Settings settings, List<StepImage> images) {
    public ProcessingStep {
        requireNonNull(id, "id");
        requireNonNull(settings, "settings");
        images = List.copyOf(images);
    }

    /**
     * The properties of a step.
     *
     * @param message {@code Create}, {@code Update}, …
     * @param table logical name; empty if the step is for every table
     * @param filteringAttributes columns, in any order, of which at least one must be submitted; empty for any column
     * @param mode 1 for asynchronous
     * @param stage 40 for after the operation, the only stage of asynchronous steps
     * @param autoDelete whether successful jobs are deleted
     */
    public record Settings(
            String message,
            String table,
            Set<String> filteringAttributes,
            int mode,
            int stage,
            boolean enabled,
            boolean autoDelete) {
        private static final int ASYNCHRONOUS = 1;
        private static final int POST_OPERATION = 40;

        public Settings {
            requireNonNull(message, "message");
            requireNonNull(table, "table");
            filteringAttributes = Collections.unmodifiableSet(new LinkedHashSet<>(filteringAttributes));
        }

        /** An enabled step that calls its endpoint asynchronously after the change. */
        public static Settings asynchronous(String message, String table, Set<String> filteringAttributes) {
            return new Settings(message, table, filteringAttributes, ASYNCHRONOUS, POST_OPERATION, true, true);
        }
    }
}
