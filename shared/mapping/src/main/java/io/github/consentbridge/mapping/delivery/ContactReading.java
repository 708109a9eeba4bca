package io.github.consentbridge.mapping.delivery;

/** What one delivery from Dynamics says. */
public sealed interface ContactReading permits ContactChange, ContactReading.Ignored {

    /**
     * Nothing that could change a contact or a Didomi user: acknowledge and count it.
     *
     * @param key as in {@link Reading.Ignored}
     */
    record Ignored(Reading.Reason reason, String key) implements ContactReading {
        public Ignored(Reading.Reason reason) {
            this(reason, "");
        }
    }
}
