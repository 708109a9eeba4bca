package io.github.consentbridge.sync.doctor;

/**
 * What is checked, by the names that {@code doctor --json} gives: they stay the same, whatever the sentences say. {@code
 * docs/doctor.md} lists them. In the order in which problems are best fixed.
 */
public enum CheckCode {
    /** What the integration document alone shows. */
    DOCUMENT("document"),
    /** Whether the secret can be read and is complete. */
    SECRET("secret"),
    LOG_KEY("log-key"),
    /** Entra gives a token for this environment, and Dataverse accepts it. */
    DYNAMICS_LOGIN("dynamics-login"),
    /** The application user's roles. */
    ROLE("role"),
    PRIVILEGES("privileges"),
    /** One mapped column. */
    COLUMN("column"),
    COLUMN_SECURITY("column-security"),
    /** Whether the key column can identify a person, and only one. */
    KEY_COLUMN("key-column"),
    /** Whether a person's key stays the same. */
    KEY_STABILITY("key-stability"),
    OPTIMISTIC_CONCURRENCY("optimistic-concurrency"),
    CHANGE_TRACKING("change-tracking"),
    DIDOMI_LOGIN("didomi-login"),
    /** The mapped purposes and preferences. */
    PURPOSES("purposes"),
    WEBHOOKS("webhooks"),
    /** Whether the registered address answers. */
    PUBLIC_ADDRESS("public-address"),
    STORES("stores");

    private final String code;

    CheckCode(String code) {
        this.code = code;
    }

    /** The name in JSON. */
    public String code() {
        return code;
    }
}
