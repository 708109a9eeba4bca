package io.github.consentbridge.connectors.dataverse.webhook;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A {@code sdkmessageprocessingstep}: the message of a table for which an endpoint is called.
 *
 * @param settings as they are, in the form in which they are written, so that drift is inequality
 */
public record ProcessingStep(UUID id, Settings settings, List<StepImage> images) {
    public ProcessingStep {
        requireNonNull(id, "id");
        requireNonNull(settings, "settings");
        images = List.copyOf(images);
    }

    /**
     * What a step is told to do.
     *
     * @param message {@code Create}, {@code Update}, …
     * @param table logical name; empty where the step is for every table
     * @param filteringAttributes columns of which one must be submitted, in any order; empty for any column
     * @param mode 1 for asynchronous
     * @param stage 40 for behind the operation, the only one for asynchronous steps
     * @param autoDelete whether the jobs that succeeded vanish
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

        /** An enabled step that calls its endpoint after the change, without holding it up. */
        public static Settings asynchronous(String message, String table, Set<String> filteringAttributes) {
            return new Settings(message, table, filteringAttributes, ASYNCHRONOUS, POST_OPERATION, true, true);
        }
    }
}
