package io.github.consentbridge.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConcurrencyLimitTest {
    private final ConcurrencyLimit limit = new ConcurrencyLimit(8);

    @Test
    void throttlingHalvesItDownToOne() {
        limit.throttled();
        assertThat(limit.current()).isEqualTo(4);

        for (int i = 0; i < 5; i++) {
            limit.throttled();
        }

        assertThat(limit.current()).isEqualTo(1);
    }

    @Test
    void successesRaiseItSlowlyUpToItsMaximum() {
        limit.throttled();

        for (int i = 0; i < 79; i++) {
            limit.succeeded();
        }
        assertThat(limit.current()).isEqualTo(4);
        limit.succeeded();
        assertThat(limit.current()).isEqualTo(5);
        for (int i = 0; i < 10_000; i++) {
            limit.succeeded();
        }

        assertThat(limit.current()).isEqualTo(8);
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
