package io.github.consentbridge.standalone.activity;

import io.github.consentbridge.sync.logging.Metric;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was counted in one minute. Times are kept by their magnitude, so that a percentile is right within a tenth. For one thread at a time. */
final class MinuteCounts {
    /** Ten for each factor of ten, from a hundredth of a second to some months. */
    private static final int PER_DECADE = 24;

    private static final int DECADES = 9;
    private static final double MIN_SECONDS = 0.01;

    final long minute;
    private final Map<Metric, Double> sums = new EnumMap<>(Metric.class);
    private final int[] propagation = new int[PER_DECADE * DECADES + 1];
    private int propagated;
    private @Nullable Long depth;
    private @Nullable Long oldestSeconds;

    /** @param minute since 1970 */
    MinuteCounts(long minute) {
        this.minute = minute;
    }

    void add(Metric metric, double amount) {
        if (metric == Metric.PROPAGATION_SECONDS) {
            propagation[bucket(amount)]++;
            propagated++;
        } else {
            sums.merge(metric, amount, Double::sum);
        }
    }

    private static int bucket(double seconds) {
        double magnitude = Math.log10(Math.max(seconds, MIN_SECONDS) / MIN_SECONDS) * PER_DECADE;
        return (int) Math.min(Math.round(magnitude), (long) PER_DECADE * DECADES);
    }

    void queue(long waiting, long oldest) {
        depth = waiting;
        oldestSeconds = oldest;
    }

    long sum(Metric... metrics) {
        return Math.round(Arrays.stream(metrics)
                .mapToDouble(metric -> sums.getOrDefault(metric, 0.0))
                .sum());
    }

    @Nullable
    Long depth() {
        return depth;
    }

    @Nullable
    Long oldestSeconds() {
        return oldestSeconds;
    }

    /**
     * The time within which this share of the changes reached the other side, in seconds; null if there were none.
     *
     * @param share from 0 to 1
     */
    @Nullable
    Double percentile(double share) {
        if (propagated == 0) {
            return null;
        }
        long rank = Math.max(1, (long) Math.ceil(share * propagated));
        int bucket = 0;
        for (long seen = propagation[0]; seen < rank; seen += propagation[bucket]) {
            bucket++;
        }
        double seconds = MIN_SECONDS * Math.pow(10, (double) bucket / PER_DECADE);
        return Math.round(seconds * 1000) / 1000.0;
    }
}
