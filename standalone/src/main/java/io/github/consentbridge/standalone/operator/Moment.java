package io.github.consentbridge.standalone.operator;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** A time as people write it. */
public final class Moment {
    private Moment() {}

    /**
     * Reads a time with its offset, or a date, which is the last moment of that day in UTC.
     *
     * @throws java.time.DateTimeException if it is neither
     */
    public static Instant parse(String text) {
        return text.contains("T")
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDate.parse(text)
                        .plusDays(1)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant()
                        .minusNanos(1);
    }
}
