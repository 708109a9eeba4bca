package io.github.consentbridge.sync.worker;

import java.util.List;

/** Whether what was settled may be written: a reconciliation can be asked only to tell, or has to stop in time. */
@FunctionalInterface
interface Approval {
    /** Every delivery is applied. */
    Approval ALWAYS = settled -> true;

    /**
     * Asked once a round, before anything is saved or written.
     *
     * @param settled people with a settlement
     * @return whether to save and write; if not, all of them are finished as they are
     */
    boolean of(List<PersonTask> settled);
}
