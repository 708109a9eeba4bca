package io.github.consentbridge.sync.reconciliation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first pages of a run, which are planned before anything is written: a share of fewer rows means little. Reads until at
 * least 200 rows are planned, or the whole scan. The pages are kept, and settled again to be written; a first page that is
 * large enough is not planned apart, because each page is judged before it is written.
 */
final class FirstPages {
    private static final int MIN_ROWS = 200;

    private final List<Pass> passes;
    private final PageWork work;
    private final StopRule stopRule;
    private final Deque<PageTask> tasks = new ArrayDeque<>();
    private final List<Plan> plans = new ArrayList<>();

    /** A page and what would become of it. */
    record Plan(Pass.Page page, PageWork.Settled settled) {}

    FirstPages(List<Pass> passes, PageWork work, StopRule stopRule) {
        this.passes = passes;
        this.work = work;
        this.stopRule = stopRule;
    }

    /** Plans from this position on. The stop rule has judged the plan when this returns. */
    void plan(int firstPass, @Nullable String firstPosition) throws InterruptedException {
        int pass = firstPass;
        @Nullable String position = firstPosition;
        int rows = 0;
        while (rows < MIN_ROWS && pass < passes.size() && work.isTimeLeft()) {
            PageTask task = work.read(passes.get(pass), pass, position);
            tasks.add(task);
            int before = rows;
            rows += task.page().rows();
            if (before > 0 || rows < MIN_ROWS) {
                plans.add(new Plan(task.page(), work.plan(task)));
            }
            position = task.page().next().orElse(null);
            if (position == null || rows >= MIN_ROWS) {
                stopRule.judge(pass);
            }
            pass = position == null ? pass + 1 : pass;
        }
    }

    /** What was planned, for the report of a run that is stopped by it. */
    List<Plan> plans() {
        return plans;
    }

    /** The next of the pages that were read already, once; empty if the next page has to be read. */
    Optional<PageTask> next() {
        plans.clear();
        return Optional.ofNullable(tasks.poll());
    }
}
