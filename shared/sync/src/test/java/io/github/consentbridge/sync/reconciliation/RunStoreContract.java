package io.github.consentbridge.sync.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every run store promises. */
public abstract class RunStoreContract {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(600);

    /** The same store each time, empty at the start of a test. */
    protected abstract RunStore runs();

    @Test
    void leaseIsOneRunsUntilItEnds() {
        assertThat(runs().lease("a", NOW, LATER)).isTrue();
        assertThat(runs().lease("b", NOW, LATER)).isFalse();
        assertThat(runs().lease("b", LATER.minusMillis(1), LATER.plusSeconds(600)))
                .isFalse();

        assertThat(runs().lease("b", LATER, LATER.plusSeconds(600))).isTrue();
        assertThat(runs().lease("a", LATER, LATER.plusSeconds(600))).isFalse();
    }

    @Test
    void leaseIsRenewedByItsHolder() {
        runs().lease("a", NOW, LATER);

        assertThat(runs().lease("a", NOW.plusSeconds(60), LATER.plusSeconds(60)))
                .isTrue();
        assertThat(runs().lease("b", LATER, LATER.plusSeconds(600))).isFalse();
    }

    @Test
    void leaseIsGivenBackByItsHolderOnly() {
        runs().release("other");
        runs().lease("a", NOW, LATER);
        runs().release("b");
        assertThat(runs().lease("b", NOW, LATER)).isFalse();

        runs().release("a");
        assertThat(runs().lease("b", NOW, LATER)).isTrue();
    }

    @Test
    void leaseIsHandedOverByItsHolderOnly() {
        runs().lease("a", NOW, LATER);

        assertThat(runs().handOver("b", "c", LATER)).isFalse();
        assertThat(runs().handOver("a", "a-2", LATER.plusSeconds(60))).isTrue();
        assertThat(runs().handOver("a", "a-2", LATER.plusSeconds(60)))
                .as("repeated after a lost answer")
                .isTrue();

        assertThat(runs().handOver("a", "a-3", LATER)).isFalse();
        assertThat(runs().lease("a", NOW, LATER)).isFalse();
        assertThat(runs().lease("b", LATER, LATER.plusSeconds(600))).isFalse();
        assertThat(runs().lease("a-2", NOW, LATER)).isTrue();
    }

    @Test
    void leaseThatAnotherRunTookIsNotHandedOver() {
        runs().lease("a", NOW, LATER);
        runs().lease("b", LATER, LATER.plusSeconds(600));

        assertThat(runs().handOver("a", "a-2", LATER.plusSeconds(600))).isFalse();
        assertThat(runs().lease("b", LATER, LATER.plusSeconds(600))).isTrue();
    }

    @Test
    void leaseIsHandedOverToOneOfManyOnly() {
        runs().lease("ticket", NOW, LATER);

        assertThat(runs().handOver("ticket", "ticket/1", LATER)).isTrue();
        assertThat(runs().handOver("ticket", "ticket/2", LATER)).isFalse();
    }

    @Test
    void ofManyWhoAskAtOnceOneHasTheLease() throws Exception {
        RunStore runs = runs();
        List<Callable<Boolean>> asked = IntStream.range(0, 8)
                .<Callable<Boolean>>mapToObj(run -> () -> runs.lease("run-" + run, NOW, LATER))
                .collect(Collectors.toList());
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            int taken = 0;
            for (Future<Boolean> answer : threads.invokeAll(asked)) {
                taken += answer.get() ? 1 : 0;
            }

            assertThat(taken).isEqualTo(1);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void textsAreKeptByName() {
        runs().save("run:full", "one");
        runs().save("run:didomi", "two");
        runs().save("run:full", "three");

        assertThat(runs().load("run:full")).contains("three");
        assertThat(runs().load("run:didomi")).contains("two");
        assertThat(runs().load("none")).isEmpty();
    }

    @Test
    void textIsRemovedByNull() {
        runs().save("run:full", "one");
        runs().save("run:full", null);
        runs().save("none", null);

        assertThat(runs().load("run:full")).isEmpty();
    }

    /** A report of many differences has several hundred kilobytes. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 70_000, 1_000_000})
    void textsOfAnySizeComeBackAsTheyWere(int characters) {
        String text = "{\"é\":%d}".formatted(characters).repeat(characters / 10);
        runs().save("large", text);

        assertThat(runs().load("large")).contains(text);
    }
}
