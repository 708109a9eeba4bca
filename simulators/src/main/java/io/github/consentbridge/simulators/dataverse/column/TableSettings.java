package io.github.consentbridge.simulators.dataverse.column;

/** The administrator's settings of the table {@code contact}. Thread-safe. */
public final class TableSettings {
    private volatile boolean optimisticConcurrency = true;
    private volatile boolean changeTracking = true;

    private volatile int maxRowsPerPage = 5000;

    public int maxRowsPerPage() {
        return maxRowsPerPage;
    }

    public void maxRowsPerPage(int max) {
        maxRowsPerPage = max;
    }

    public boolean optimisticConcurrency() {
        return optimisticConcurrency;
    }

    public void optimisticConcurrency(boolean enabled) {
        optimisticConcurrency = enabled;
    }

    public boolean changeTracking() {
        return changeTracking;
    }

    public void changeTracking(boolean enabled) {
        changeTracking = enabled;
    }
}
