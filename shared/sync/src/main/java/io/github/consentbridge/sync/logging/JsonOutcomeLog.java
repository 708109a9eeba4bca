package io.github.consentbridge.sync.logging;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.credentials.CredentialsException;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Prints one line of JSON per outcome, {@code {"at","level","service","outcome","person", …fields}}, in ASCII and of bounded
 * length. Counts nothing: a {@link CountedOutcomeLog} around it does. A person is the first 16 hexadecimal digits of a keyed
 * hash: the same for the same key, so that a holder of the key can find the lines of one person. Safe for use by several threads.
 */
public final class JsonOutcomeLog implements OutcomeLog {
    private static final int RANDOM_KEY_BYTES = 32;

    private final PrintStream out;
    private final Supplier<Optional<Secret>> logKey;
    private final Clock clock;
    private final LogLevel minLevel;
    private @Nullable PersonHash people;

    /** People are told apart by the secret's {@code log_key}: the same in every process. */
    public JsonOutcomeLog(PrintStream out, Secret logKey, Clock clock) {
        this(out, () -> Optional.of(logKey), clock);
    }

    /** People are told apart within this process only, which it says once. */
    public JsonOutcomeLog(PrintStream out, Clock clock) {
        this(out, Optional::empty, clock);
        people();
    }

    /**
     * Hashes people with the secret's {@code log_key} if it has one.
     *
     * @param logKey read when a person is first logged; while it throws a {@link CredentialsException}, lines
     *     contain no hash
     */
    public JsonOutcomeLog(PrintStream out, Supplier<Optional<Secret>> logKey, Clock clock) {
        this(out, logKey, clock, LogLevel.INFO);
    }

    /** The same, without lines of a lower level than this. */
    public JsonOutcomeLog(PrintStream out, Supplier<Optional<Secret>> logKey, Clock clock, LogLevel minLevel) {
        this.minLevel = minLevel;
        this.out = out;
        this.logKey = logKey;
        this.clock = clock;
    }

    /**
     * Reads the key now, not when a person is first logged, and says so if there is none.
     *
     * @throws CredentialsException if it cannot be read
     */
    public void chooseKey() {
        people();
    }

    private synchronized PersonHash people() {
        @Nullable PersonHash known = people;
        if (known == null) {
            known = new PersonHash(
                    logKey.get().map(key -> key.value().getBytes(UTF_8)).orElseGet(this::randomKey));
            people = known;
        }
        return known;
    }

    private byte[] randomKey() {
        log(
                "no log key",
                null,
                LogFields.of("note", "people have other hashes after a restart: write \"log_key\" in the secret"));
        byte[] key = new byte[RANDOM_KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    @Override
    public void count(Metric metric, Side towards, double amount) {
        // Lines only.
    }

    @Override
    public void log(String outcome, @Nullable OrganizationUserId person, LogFields fields) {
        log(OutcomeLevels.of(outcome), outcome, person, fields);
    }

    @Override
    public void log(LogLevel level, String outcome, @Nullable OrganizationUserId person, LogFields fields) {
        if (level.compareTo(minLevel) < 0) {
            return;
        }
        OutcomeLine line = new OutcomeLine(clock.instant(), level, outcome);
        if (person != null) {
            line.person(name(person));
        }
        print(line.fields(fields));
    }

    @Override
    public void fault(String outcome, Throwable fault, LogFields fields) {
        LogLevel level = OutcomeLevels.ofFault(outcome);
        if (level.compareTo(minLevel) >= 0) {
            print(new OutcomeLine(clock.instant(), level, outcome)
                    .fields(fields)
                    .fault(fault));
        }
    }

    private String name(OrganizationUserId person) {
        try {
            return people().inLogs(person);
        } catch (CredentialsException e) {
            // The line matters more than the name; the code that needs the secret reports the failure.
            return "unknown without the secret";
        }
    }

    private void print(OutcomeLine line) {
        byte[] bytes = (line.text() + "\n").getBytes(US_ASCII);
        // One call: lines of several threads do not mix.
        out.write(bytes, 0, bytes.length);
        out.flush();
    }
}
