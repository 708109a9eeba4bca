package io.github.consentbridge.sync.worker;

import io.github.consentbridge.sync.ledger.ConsentLedger;
import io.github.consentbridge.sync.reconciliation.MemoryRunStore;
import io.github.consentbridge.sync.reconciliation.RunStore;
import java.time.Clock;
import java.util.ServiceLoader;

/**
 * The stores on which the suites of this module run: in memory here, and a host's own where its module runs them again with
 * a provider on the class path. What a worker does must not depend on where it remembers.
 */
public interface StoresUnderTest {
    /** An empty ledger. */
    ConsentLedger ledger(Clock clock);

    /** A store that has seen no run. */
    RunStore runs();

    /** Those of the provider, if there is one. */
    static StoresUnderTest chosen() {
        return ServiceLoader.load(StoresUnderTest.class).findFirst().orElse(new InMemory());
    }

    /** Nothing to start. */
    final class InMemory implements StoresUnderTest {
        @Override
        public ConsentLedger ledger(Clock clock) {
            return new MemoryLedger();
        }

        @Override
        public RunStore runs() {
            return new MemoryRunStore();
        }
    }
}
