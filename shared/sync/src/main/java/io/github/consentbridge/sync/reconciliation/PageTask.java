package io.github.consentbridge.sync.reconciliation;

import io.github.consentbridge.sync.reconciliation.StopRule.CountedPage;
import io.github.consentbridge.sync.worker.SettledPerson;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A page on its way: several are settled at once, and the stop rule takes them in the order in which they were read. Otherwise
 * a small page could be judged by its own rows alone.
 */
final class PageTask {
    private final Pass.Page page;
    private final CountedPage count;
    private final CountDownLatch before;
    private final CountDownLatch counted = new CountDownLatch(1);

    private PageTask(int pass, Pass.Page page, CountDownLatch before) {
        this.page = page;
        this.count = new CountedPage(pass, page.rows());
        this.before = before;
    }

    /** @param pass the number of the pass */
    static PageTask first(int pass, Pass.Page page) {
        return new PageTask(pass, page, new CountDownLatch(0));
    }

    /** The task of a page that was read after this one. */
    PageTask next(int pass, Pass.Page read) {
        return new PageTask(pass, read, counted);
    }

    Pass.Page page() {
        return page;
    }

    /** Counts what was planned for the page, and judges nothing. */
    void plan(StopRule rule, List<SettledPerson> people) {
        rule.count(count, people);
        counted.countDown();
    }

    /** Whether the stop rule allows the page to be written. Waits until the pages before it are counted. */
    boolean mayWrite(StopRule rule, List<SettledPerson> people) {
        try {
            before.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        rule.count(count, people);
        boolean may = rule.mayWrite(count);
        counted.countDown();
        return may;
    }

    /** The page is through, also if it never came to be counted. */
    void ended() {
        counted.countDown();
    }
}
