package io.github.consentbridge.standalone.cli.deadletter;

import io.github.consentbridge.standalone.cli.PeriodConverter;
import io.github.consentbridge.standalone.cli.UsageException;
import io.github.consentbridge.sync.operations.DeadLetterFilter;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that select dead letters. */
final class DeadLetterOptions {
    private static final Pattern AGE = Pattern.compile("(\\d{1,6})([smhd])");

    @Option(names = "--id", paramLabel = "ID", description = "the dead letter with this id")
    private @Nullable String id;

    @Option(names = "--key", paramLabel = "KEY", description = "dead letters of this organization user id")
    private @Nullable String key;

    @Option(names = "--reason", paramLabel = "TEXT", description = "dead letters whose reason contains this text")
    private @Nullable String reason;

    @Option(
            names = "--older-than",
            paramLabel = "AGE",
            description = "dead letters received longer ago than this, for example 90m, 12h or 2d")
    private @Nullable String olderThan;

    boolean isEmpty() {
        return id == null && key == null && reason == null && olderThan == null;
    }

    /**
     * The filter that these options describe.
     *
     * @throws UsageException if the age cannot be read
     */
    DeadLetterFilter filter() {
        return new DeadLetterFilter(
                Optional.ofNullable(id),
                Optional.ofNullable(key),
                Optional.ofNullable(reason),
                Optional.ofNullable(olderThan)
                        .map(age -> Clock.systemUTC().instant().minus(age(age))));
    }

    private static Duration age(String text) {
        Matcher age = AGE.matcher(text);
        if (!age.matches()) {
            throw new UsageException("--older-than must be a number and s, m, h or d, for example 12h");
        }
        return PeriodConverter.duration(age);
    }
}
