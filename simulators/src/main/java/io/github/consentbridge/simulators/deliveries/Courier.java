package io.github.consentbridge.simulators.deliveries;

import java.util.List;

/** A simulated system's rules of delivery: who gets it, and what happens when it does not arrive. */
public interface Courier<D> {
    /** Who is to get this delivery, asked anew at each attempt; empty when there is nobody. */
    List<Receiver<D>> receivers(D delivery);

    /**
     * Whether the system tries again.
     *
     * @param attempts made so far, at least 1
     * @param statuses what the last attempt met, with at least one that is not 2xx
     */
    boolean triesAgain(int attempts, List<Integer> statuses);
}
