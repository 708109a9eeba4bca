package io.github.consentbridge.sync.worker;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.Reply;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * An answer that comes after the time left, and the deadline that says so: far away until the request arrives, and then
 * half a second more than what is kept free for storing results.
 */
public final class LateAnswer implements Fault, Deadline {
    private static final Duration LEFT = Deadline.TO_STORE_RESULTS.plusMillis(500);
    private static final Duration ANSWERED_AFTER = Duration.ofSeconds(20);

    private final AtomicLong arrived = new AtomicLong();

    @Override
    public Reply apply(Supplier<Reply> proceed, IntFunction<Reply> error) throws InterruptedException {
        arrived.compareAndSet(0, System.nanoTime());
        Thread.sleep(ANSWERED_AFTER.toMillis());
        return proceed.get();
    }

    @Override
    public Duration remaining() {
        return arrived.get() == 0 ? Duration.ofMinutes(1) : LEFT.minusNanos(System.nanoTime() - arrived.get());
    }
}
