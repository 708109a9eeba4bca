package io.github.consentbridge.standalone.host;

import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that takes time to read, read anew so rarely that this takes a tenth of the time at most, and after a second in any
 * case. For one thread at a time.
 */
final class Remembered<T> {
    private static final int SHARE = 10;
    private static final long MAX_AGE = TimeUnit.SECONDS.toNanos(1);

    private final Supplier<T> reader;
    private final Predicate<T> mayBeOld;
    private @Nullable T known;
    private long readAt;
    private long cost;

    /** @param mayBeOld whether this value may be returned again without being read */
    Remembered(Supplier<T> reader, Predicate<T> mayBeOld) {
        this.reader = reader;
        this.mayBeOld = mayBeOld;
    }

    T value() {
        @Nullable T last = known;
        long now = System.nanoTime();
        if (last != null && now - readAt < Math.min(MAX_AGE, SHARE * cost) && mayBeOld.test(last)) {
            return last;
        }
        T read = reader.get();
        readAt = System.nanoTime();
        cost = readAt - now;
        known = read;
        return read;
    }
}
