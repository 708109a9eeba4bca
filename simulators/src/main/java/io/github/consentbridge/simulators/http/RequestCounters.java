package io.github.consentbridge.simulators.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a simulated system was asked and answered. Thread-safe. */
public class RequestCounters {
    private final Map<RouteKind, LongAdder> requests = new ConcurrentHashMap<>();
    private final Map<Integer, LongAdder> answers = new ConcurrentHashMap<>();

    /** HTTP requests in all, whatever their answer; the parts of a batch are not counted here. */
    public long requests() {
        return requests.values().stream().mapToLong(LongAdder::sum).sum();
    }

    public long requests(RouteKind kind) {
        LongAdder counter = requests.get(kind);
        return counter == null ? 0 : counter.sum();
    }

    /** Answers with this HTTP status, scripted ones included; a dropped connection is none. */
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
