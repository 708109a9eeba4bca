package io.github.consentbridge.sync;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.mapping.OrganizationUserId;
import io.github.consentbridge.remote.Secret;
import io.github.consentbridge.settle.Side;
import java.io.PrintStream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.DoubleAdder;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Prints one line of JSON per outcome, {@code {"at","level","outcome","person", …facts}}, in ASCII and of bounded
 * length, and keeps the counts as totals. A person is the first 16 hexadecimal digits of a keyed hash: the same for the
 * same key, so that the lines of one person can be found by whoever has the key. Safe for use by several threads.
 */
public final class JsonJournal implements Journal {
    private static final String HASH = "HmacSHA256";
    private static final int RANDOM_KEY_BYTES = 32;
    private static final int PERSON_BYTES = 8;

    private final PrintStream out;
    private final SecretKeySpec logKey;
    private final Clock clock;
    private final Map<Metric, DoubleAdder> totals = new EnumMap<>(Metric.class);

    /** People are told apart by the secret's {@code log_key}: the same in every process. */
    public JsonJournal(PrintStream out, Secret logKey, Clock clock) {
        this(out, logKey.value().getBytes(UTF_8), clock);
    }

    /** People are told apart within this process only, which it says once. */
    public JsonJournal(PrintStream out, Clock clock) {
        this(out, randomKey(), clock);
        tell(
                "no log key",
                null,
                Facts.of("note", "people have other hashes after a restart: write \"log_key\" in the secret"));
    }

    private JsonJournal(PrintStream out, byte[] logKey, Clock clock) {
        this.out = out;
        this.logKey = new SecretKeySpec(logKey, HASH);
        this.clock = clock;
        for (Metric metric : Metric.values()) {
            totals.put(metric, new DoubleAdder());
        }
    }

    private static byte[] randomKey() {
        byte[] key = new byte[RANDOM_KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    @Override
    public void count(Metric metric, Side towards, double amount) {
        totals.get(metric).add(amount);
    }

    /** What was counted since the start, both directions together; metrics that were never counted are 0. */
    public Map<Metric, Double> totals() {
        Map<Metric, Double> sums = new EnumMap<>(Metric.class);
        totals.forEach((metric, sum) -> sums.put(metric, sum.sum()));
        return sums;
    }

    @Override
    public void tell(String outcome, @Nullable OrganizationUserId person, Facts facts) {
        JournalLine line = new JournalLine(clock.instant(), "info", outcome);
        if (person != null) {
            line.person(hash(person));
        }
        print(line.facts(facts));
    }

    @Override
    public void fault(String outcome, Throwable fault, Facts facts) {
        print(new JournalLine(clock.instant(), "error", outcome).facts(facts).fault(fault));
    }

    private String hash(OrganizationUserId person) {
        try {
            Mac mac = Mac.getInstance(HASH);
            mac.init(logKey);
            return HexFormat.of().formatHex(mac.doFinal(person.value().getBytes(UTF_8)), 0, PERSON_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HASH, e);
        }
    }

    private void print(JournalLine line) {
        byte[] bytes = (line.text() + "\n").getBytes(US_ASCII);
        // One call: lines of several threads do not mix.
        out.write(bytes, 0, bytes.length);
        out.flush();
    }
}
