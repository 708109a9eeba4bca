package io.github.consentbridge.benchmarks;

/**
 * What one load run measured.
 *
 * @param accepted deliveries a second
 * @param applied deliveries a second, from the first send until none waited
 * @param storedBytes what the store keeps of each person
 */
record LoadFigures(double accepted, double applied, double storedBytes) {
    static final LoadFigures NONE = new LoadFigures(0, 0, 0);

    LoadFigures withStored(double bytes) {
        return new LoadFigures(accepted, applied, bytes);
    }
}
