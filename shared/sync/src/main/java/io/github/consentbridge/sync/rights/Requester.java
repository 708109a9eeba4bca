package io.github.consentbridge.sync.rights;

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

        /** The means with this {@link #word()}. */
        public static Means ofWord(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** The user who runs this process. */
    public static Requester thisUser(Means means) {
        return new Requester(System.getProperty("user.name", "unknown"), means);
    }
}
