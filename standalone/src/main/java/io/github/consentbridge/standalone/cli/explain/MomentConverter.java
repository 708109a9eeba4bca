package io.github.consentbridge.standalone.cli.explain;

import io.github.consentbridge.standalone.operator.Moment;
import java.time.DateTimeException;
import java.time.Instant;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time with its offset, or a date, which is the last moment of that day in UTC. */
final class MomentConverter implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
        try {
            return Moment.parse(text);
        } catch (DateTimeException e) {
            throw new TypeConversionException("'" + text
                    + "' is not a time: write a date such as 2026-05-03, or a time with its offset such as"
                    + " 2026-05-03T09:30:00Z");
        }
    }
}
