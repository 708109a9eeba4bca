package io.github.consentbridge.simulators.dataverse;

/** What an administrator sets for the table {@code contact}. Thread-safe. */
final class TableSettings {
    private volatile boolean optimisticConcurrency = true;
    private volatile boolean changeTracking = true;

    private volatile int mostRowsPerPage = 5000;

    int mostRowsPerPage() {
        return mostRowsPerPage;
    }

    void mostRowsPerPage(int most) {
        mostRowsPerPage = most;
    }

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
