package io.github.consentbridge.sync.rights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * Who asks for a person's data.
 *
 * @param name the user of the operating system
 * @param means by which they ask
 */
public record Requester(String name, Means means) {
    /** By which somebody asks. */
    public enum Means {
        COMMAND_LINE,
        CONSOLE;

        /** The name in JSON. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * The means with this {@link #word()}.
         *
         * @throws IllegalArgumentException if there is none
         */
        public static Means ofWord(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** The user who runs this process. */
    public static Requester thisUser(Means means) {
        return new Requester(userName(), means);
    }

    /** The user of the operating system; in a container it may have a number only, which Java shows as "?". */
    public static String userName() {
        String name = System.getProperty("user.name", "?");
        return name.equals("?") ? ProcessHandle.current().info().user().orElse("unknown") : name;
    }

    /** {@code {"name","means"}}. */
    public ObjectNode json() {
        return JsonNodeFactory.instance.objectNode().put("name", name).put("means", means.word());
    }

    /**
     * What {@link #json()} wrote.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static Requester of(JsonNode node) {
        return new Requester(
                node.required("name").asText(),
                Means.ofWord(node.required("means").asText()));
    }
}
