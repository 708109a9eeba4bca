package io.github.consentbridge.connectors.dataverse.webhook;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

/**
 * A {@code sdkmessageprocessingstepimage}: columns of the row that a step's call includes.
 *
 * @param settings the present ones, in the form in which they are written
 */
public record StepImage(UUID id, Settings settings) {
    public StepImage {
        requireNonNull(id, "id");
        requireNonNull(settings, "settings");
    }

    /**
     * The properties of an image.
     *
     * @param alias its name in the delivery
     * @param type 0 the row before the change, 1 the row after it, 2 both
     * @param messageProperty {@code Id} for Create, {@code Target} for Update and Delete
     * @param attributes columns, in any order; empty for all
     */
    public record Settings(String alias, int type, String messageProperty, Set<String> attributes) {
        private static final int PRE = 0;
        private static final int POST = 1;

        public Settings {
            requireNonNull(alias, "alias");
            requireNonNull(messageProperty, "messageProperty");
            attributes = Collections.unmodifiableSet(new LinkedHashSet<>(attributes));
        }

        /** The row before a change or deletion. */
        public static Settings before(Set<String> attributes) {
            return new Settings("pre", PRE, "Target", attributes);
        }

        /** The row after this message, {@code Create} or {@code Update}. */
        public static Settings after(String message, Set<String> attributes) {
            return new Settings("post", POST, message.equals("Create") ? "Id" : "Target", attributes);
        }
    }
}
