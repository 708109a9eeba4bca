package io.github.consentbridge.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConcurrencyLimitTest {
    private final ConcurrencyLimit limit = new ConcurrencyLimit(8);

    private int callsAtOnce() throws InterruptedException {
        int calls = 0;
        while (limit.acquire(Duration.ZERO)) {
            calls++;
        }
        for (int i = 0; i < calls; i++) {
            limit.release();
        }
        return calls;
    }

    @Test
    void throttlingHalvesItDownToOne() throws InterruptedException {
        limit.throttled();
        assertThat(callsAtOnce()).isEqualTo(4);

        for (int i = 0; i < 5; i++) {
            limit.throttled();
        }

        assertThat(callsAtOnce()).isEqualTo(1);
    }

    @Test
    void successesRaiseItSlowlyUpToItsMaximum() throws InterruptedException {
        limit.throttled();

        for (int i = 0; i < 79; i++) {
            limit.succeeded();
        }
        assertThat(callsAtOnce()).isEqualTo(4);
        limit.succeeded();
        assertThat(callsAtOnce()).isEqualTo(5);
        for (int i = 0; i < 10_000; i++) {
            limit.succeeded();
        }

        assertThat(callsAtOnce()).isEqualTo(8);
    }

    @Test
    void callsAboveTheLimitWait() throws InterruptedException {
        ConcurrencyLimit one = new ConcurrencyLimit(1);

        assertThat(one.acquire(Duration.ZERO)).isTrue();

        assertThat(one.acquire(Duration.ZERO)).isFalse();
    }

    @Test
    void waitingCallStartsAfterARelease() throws Exception {
        ConcurrencyLimit one = new ConcurrencyLimit(1);
        one.acquire(Duration.ZERO);
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return one.acquire(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        one.release();

        assertThat(waiting.get(10, TimeUnit.SECONDS)).isTrue();
    }
}
