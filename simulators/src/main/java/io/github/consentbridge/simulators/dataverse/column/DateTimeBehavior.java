package io.github.consentbridge.simulators.dataverse.column;

/** How a date-time column treats time zones. */
public enum DateTimeBehavior {
    USER_LOCAL("UserLocal"),
    TIME_ZONE_INDEPENDENT("TimeZoneIndependent"),
    DATE_ONLY("DateOnly");

    private final String wireName;

    DateTimeBehavior(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }
}
