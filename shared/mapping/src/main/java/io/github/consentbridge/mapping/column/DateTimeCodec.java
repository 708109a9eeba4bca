package io.github.consentbridge.mapping.column;

import io.github.consentbridge.mapping.column.ColumnType.Behavior;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.Encoding;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.document.OptionTable;
import io.github.consentbridge.mapping.document.ValueWords;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A date and time column, in UTC and without fractions of a second, which Dataverse does not store. A text without an
 * offset is UTC, as in the Web API.
 */
final class DateTimeCodec implements ValueCodec {
    private static final Instant EARLIEST = Instant.parse("1753-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-30T23:59:59Z");

    private final Mapping mapping;
    private final Behavior behavior;

    DateTimeCodec(Mapping mapping, Behavior behavior) {
        this.mapping = mapping;
        this.behavior = behavior;
    }

    @Override
    public Encoding encode(ConsentValue value) {
        String text = OptionTable.key(value);
        if (text.isEmpty()) {
            return new Encoding.Fits(null);
        }
        Optional<Instant> time = time(text);
        if (time.isEmpty()) {
            return new Encoding.Misfit("column %s takes an ISO 8601 date and time, not %s"
                    .formatted(mapping.column(), ValueWords.describe(mapping, value)));
        }
        if (time.get().isBefore(EARLIEST) || time.get().isAfter(LATEST)) {
            return new Encoding.Misfit("column %s takes times from 1753-01-01 to 9999-12-30, the value is outside"
                    .formatted(mapping.column()));
        }
        return new Encoding.Fits(written(time.get()));
    }

    private String written(Instant time) {
        return behavior == Behavior.DATE_ONLY
                ? time.atOffset(ZoneOffset.UTC).toLocalDate().toString()
                : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static Optional<Instant> time(String text) {
        try {
            TemporalAccessor parsed = text.indexOf('T') < 0
                    ? LocalDate.parse(text)
                    : DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            return Optional.of(instant(parsed));
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }

    private static Instant instant(TemporalAccessor parsed) {
        if (parsed instanceof OffsetDateTime withOffset) {
            return withOffset.toInstant();
        }
        return parsed instanceof LocalDate date
                ? date.atStartOfDay().toInstant(ZoneOffset.UTC)
                : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC);
    }

    @Override
    public Optional<ConsentValue> decode(Object columnValue) {
        return Optional.of(new ConsentValue.Text(columnValue.toString()));
    }

    @Override
    public @Nullable Object canonical(Object columnValue) {
        return columnValue instanceof String text
                ? time(text).map(this::written).orElse(null)
                : null;
    }
}
