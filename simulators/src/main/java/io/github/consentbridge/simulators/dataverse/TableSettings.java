package io.github.consentbridge.simulators.dataverse;

/** What an administrator sets for the table {@code contact}. Thread-safe. */
final class TableSettings {
    private volatile boolean optimisticConcurrency = true;
    private volatile boolean changeTracking = true;

    boolean optimisticConcurrency() {
        return optimisticConcurrency;
    }

    void optimisticConcurrency(boolean enabled) {
        optimisticConcurrency = enabled;
    }

    boolean changeTracking() {
        return changeTracking;
    }

    void changeTracking(boolean enabled) {
        changeTracking = enabled;
    }
}
