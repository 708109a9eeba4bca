package io.github.consentbridge.benchmarks;

import io.github.consentbridge.runtimetests.FunctionJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The starts of one function. */
final class StartTimes {
    private final String name;
    private final FunctionJar function;
    private final String event;
    private final long jarBytes;
    private final List<Double> onTheClock = new ArrayList<>();
    private final List<Double> busy = new ArrayList<>();

    /** @param event name of its sample event */
    StartTimes(String name, FunctionJar function, String event, long jarBytes) {
        this.name = name;
        this.function = function;
        this.event = event;
        this.jarBytes = jarBytes;
    }

    FunctionJar function() {
        return function;
    }

    String event(Path root) {
        try {
            return Files.readString(root.resolve("events").resolve(event + ".json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    String row(StartTimes base) {
        return String.format(
                Locale.ROOT,
                "%-18s %10.0f %10.0f %8.2f %10.0f %8.2f %8.2f",
                name,
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
