package io.github.consentbridge.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;

/** What the history costs: runs without and with it by turns, so that both meet the same load of the machine. */
record HistoryRounds(List<LoadFigures> without, List<LoadFigures> with) {
    private static final int USUAL_DAYS = 1095;

    /** @param measured a run with so many {@code history_days} */
    static HistoryRounds run(int rounds, IntFunction<LoadFigures> measured) {
        HistoryRounds all = new HistoryRounds(new ArrayList<>(), new ArrayList<>());
        for (int round = 0; round < rounds; round++) {
            // The one that comes first changes, because the machine may slow down or recover meanwhile.
            if (round % 2 == 0) {
                all.without.add(measured.apply(0));
            }
            all.with.add(measured.apply(USUAL_DAYS));
            if (round % 2 == 1) {
                all.without.add(measured.apply(0));
            }
        }
        return all;
    }

    /** Three lines: accepted, applied, stored. */
    String report() {
        return line("accepted", "a second", LoadFigures::accepted)
                + line("applied", "a second", LoadFigures::applied)
                + line("stored", "bytes a person", LoadFigures::storedBytes);
    }

    private String line(String name, String unit, ToDoubleFunction<LoadFigures> figure) {
        double before = median(without, figure);
        double after = median(with, figure);
        return "%-8s without a history %,.0f %s, with one %,.0f: %.0f %%%n"
                .formatted(name, before, unit, after, 100 * after / before);
    }

    private static double median(List<LoadFigures> runs, ToDoubleFunction<LoadFigures> figure) {
        double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
