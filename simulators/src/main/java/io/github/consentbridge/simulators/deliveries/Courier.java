package io.github.consentbridge.simulators.deliveries;

import java.util.List;

/** A simulated system's rules of delivery: the receivers and the retries. */
public interface Courier<D> {
    /** The receivers of this delivery, computed for each attempt; possibly none. */
    List<Receiver<D>> receivers(D delivery);

    /**
     * Whether the system tries again.
     *
     * @param attempts made so far, at least 1
     * @param statuses the answers to the last attempt, at least one of them not 2xx
     */
    boolean triesAgain(int attempts, List<Integer> statuses);
}
