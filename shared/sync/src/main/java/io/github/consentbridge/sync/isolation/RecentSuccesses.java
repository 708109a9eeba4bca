package io.github.consentbridge.sync.isolation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Counts successes of the last minute, one number for each second. For one thread. */
final class RecentSuccesses {
    private record Second(Instant at, long count) {}

    private final Deque<Second> seconds = new ArrayDeque<>();
    private @Nullable Instant last;

    void add(long count, Instant now) {
        last = now;
        Instant second = Instant.ofEpochSecond(now.getEpochSecond());
        @Nullable Second newest = seconds.peekLast();
        if (newest != null && newest.at().equals(second)) {
            seconds.removeLast();
            seconds.addLast(new Second(second, newest.count() + count));
        } else {
            seconds.addLast(new Second(second, count));
        }
        forgetBefore(now);
    }

    long count(Instant now) {
        forgetBefore(now);
        return seconds.stream().mapToLong(Second::count).sum();
    }

    /** Whether there was one within this time. */
    boolean isWithin(Duration time, Instant now) {
        return last != null && !last.isBefore(now.minus(time));
    }

    private void forgetBefore(Instant now) {
        Instant oldest = now.minus(FailureOwnership.WINDOW);
        while (!seconds.isEmpty() && seconds.getFirst().at().isBefore(oldest)) {
            seconds.removeFirst();
        }
    }
}
