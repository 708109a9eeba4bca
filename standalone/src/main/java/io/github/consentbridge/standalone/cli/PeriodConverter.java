package io.github.consentbridge.standalone.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 30m}, {@code 24h}, {@code 7d} or {@code off}, which is {@link #NEVER}. */
public final class PeriodConverter implements ITypeConverter<Duration> {
    public static final Duration NEVER = Duration.ZERO;

    private static final Pattern PERIOD = Pattern.compile("([1-9][0-9]{0,4})([smhd])");

    @Override
    public Duration convert(String text) {
        if (text.equals("off")) {
            return NEVER;
        }
        Matcher matcher = PERIOD.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException(
                    "'" + text + "' is not an interval: write a number and s, m, h or d, for example 24h, or off");
        }
        return duration(matcher);
    }

    /** The time that a number and a unit name: the match's two groups. */
    public static Duration duration(Matcher matched) {
        long number = Long.parseLong(matched.group(1));
        return switch (matched.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
