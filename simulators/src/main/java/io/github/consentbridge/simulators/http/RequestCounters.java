package io.github.consentbridge.simulators.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts requests to a simulated system and its answers. Thread-safe. */
public class RequestCounters {
    private final Map<RouteKind, LongAdder> requests = new ConcurrentHashMap<>();
    private final Map<Integer, LongAdder> answers = new ConcurrentHashMap<>();

    /** All HTTP requests, regardless of their answer and without the parts of batches. */
    public long requests() {
        return requests.values().stream().mapToLong(LongAdder::sum).sum();
    }

    public long requests(RouteKind kind) {
        LongAdder counter = requests.get(kind);
        return counter == null ? 0 : counter.sum();
    }

    /** Answers with this HTTP status, including scripted ones but not dropped connections. */
    public long answers(int status) {
        LongAdder counter = answers.get(status);
        return counter == null ? 0 : counter.sum();
    }

    public void reset() {
        requests.clear();
        answers.clear();
    }

    void received(RouteKind kind) {
        requests.computeIfAbsent(kind, any -> new LongAdder()).increment();
    }

    void answered(int status) {
        answers.computeIfAbsent(status, any -> new LongAdder()).increment();
    }
}
