package io.github.consentbridge.connectors.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Parses the {@code Retry-After} header: seconds or an HTTP date. */
final class RetryAfter {
    /** A system that asks for more is asked once after that time: it may answer again long before. */
    private static final Duration MAX_WAIT = Duration.ofMinutes(15);

    private RetryAfter() {}

    /** The wait from now, at most 15 minutes; zero for a past date; empty if the value has neither form. */
    static Optional<Duration> parse(String value, Instant now) {
        String text = value.strip();
        if (text.matches("\\d{1,18}")) {
            return Optional.of(Duration.ofSeconds(Math.min(Long.parseLong(text), MAX_WAIT.toSeconds())));
        }
        try {
            Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(now, date);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : wait);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
