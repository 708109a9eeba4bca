package io.github.consentbridge.sync.isolation;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The records that failed last time, for one operation. Bounded: the longest unseen are forgotten. For one thread. */
final class FailingRecords {
    private static final int MAX_RECORDS = 1000;

    /** Retries come at most a quarter of an hour apart. */
    private static final Duration MAX_AGE = Duration.ofHours(1);

    /**
     * A record that failed.
     *
     * @param proven whether it failed beside others that succeeded
     * @param spoilsRequests whether it makes requests fail in which others are
     */
    record Failing(Instant at, boolean proven, boolean spoilsRequests) {}

    private final Map<String, Failing> records = new LinkedHashMap<>();

    void failed(String record, boolean spoilsRequests, Instant now) {
        @Nullable Failing before = records.remove(record);
        records.put(record, new Failing(now, before != null && before.proven(), spoilsRequests));
        records.values().removeIf(each -> each.at().isBefore(now.minus(MAX_AGE)));
        if (records.size() > MAX_RECORDS) {
            records.remove(records.keySet().iterator().next());
        }
    }

    void succeeded(String record) {
        records.remove(record);
    }

    void prove(String record) {
        records.computeIfPresent(record, (key, failing) -> new Failing(failing.at(), true, failing.spoilsRequests()));
    }

    Optional<Failing> find(String record) {
        return Optional.ofNullable(records.get(record));
    }

    /** How many of those that are not proven failed within this time. */
    long unproven(Duration time, Instant now) {
        Instant oldest = now.minus(time);
        return records.values().stream()
                .filter(failing -> !failing.proven() && !failing.at().isBefore(oldest))
                .count();
    }

    /** How many of those that are not proven are remembered. */
    long unproven() {
        return records.values().stream().filter(failing -> !failing.proven()).count();
    }
}
