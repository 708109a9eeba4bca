package io.github.consentbridge.benchmarks;

import io.github.consentbridge.runtimetests.FunctionJar;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The first requests of one function that comes to them in one way. */
final class StartTimes {
    private final String name;
    private final FunctionJar function;
    private final String event;
    private final FirstRequest kind;
    private final long jarBytes;
    private final List<Double> onTheClock = new ArrayList<>();
    private final List<Double> busy = new ArrayList<>();

    /** @param event what the function is called with */
    StartTimes(String name, FunctionJar function, String event, FirstRequest kind, long jarBytes) {
        this.name = name;
        this.function = function;
        this.event = event;
        this.kind = kind;
        this.jarBytes = jarBytes;
    }

    FunctionJar function() {
        return function;
    }

    String event() {
        return event;
    }

    FirstRequest kind() {
        return kind;
    }

    void add(double milliseconds, double cpuMilliseconds) {
        onTheClock.add(milliseconds);
        busy.add(cpuMilliseconds);
    }

    /** Drops the first starts, which read files that are not yet cached. */
    void forget() {
        onTheClock.clear();
        busy.clear();
    }

    static String head() {
        return String.format(
                Locale.ROOT,
                "%-42s %10s %10s %8s %8s %8s %8s",
                "",
                "median ms",
                "least ms",
                "times",
                "CPU ms",
                "times",
                "jar MB");
    }

    String row(StartTimes base) {
        return String.format(
                Locale.ROOT,
                "%-42s %10.0f %10.0f %8.2f %8.0f %8.2f %8.2f",
                name + ", " + kind.words(),
                median(onTheClock),
                Collections.min(onTheClock),
                median(onTheClock) / median(base.onTheClock),
                median(busy),
                median(busy) / median(base.busy),
                jarBytes / 1e6);
    }

    private static double median(List<Double> numbers) {
        List<Double> sorted = numbers.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
