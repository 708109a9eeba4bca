package io.github.consentbridge.simulators.deliveries;

import java.time.Duration;
import java.util.List;

/**
 * A simulated system that calls webhooks. What it owes waits in {@link #pending} until it is sent by {@link #deliverAll} or
 * {@link #deliver}, so that a test decides when, in which order, how often and whether at all.
 */
public abstract class DeliveringSystem<D extends NumberedDelivery> implements AutoCloseable {
    private final DeliveryQueue<D> queue;

    /** @param threadName of the threads of {@link #deliverAutomatically} */
    protected DeliveringSystem(Courier<D> courier, String threadName) {
        this.queue = new DeliveryQueue<>(courier, threadName);
    }

    /** Owes one more. */
    protected final void owe(D delivery) {
        queue.add(delivery);
    }

    /** Deliveries that the system has stopped trying. */
    protected final List<D> givenUp() {
        return queue.givenUp();
    }

    /** Deliveries that some webhook has not accepted yet, oldest first. */
    public final List<D> pending() {
        return queue.pending();
    }

    /**
     * Sends each pending delivery once to every webhook it is for that has not accepted it.
     *
     * @return the status codes in order, 0 where no answer came
     * @throws IllegalStateException when something is pending and no webhook is registered
     */
    public final List<Integer> deliverAll() {
        return queue.deliverAll();
    }

    /** Sends the pending delivery at this place once; as {@link #deliverAll}. */
    public final List<Integer> deliver(int index) {
        return queue.deliver(index);
    }

    /** Sends a delivery once more, or one that was lost; leaves {@link #pending} as it is. */
    public final List<Integer> send(D delivery) {
        return queue.send(delivery);
    }

    /** Loses the pending delivery at this place. */
    public final D lose(int index) {
        return queue.lose(index);
    }

    /** Loses all pending deliveries. */
    public final void loseAll() {
        queue.loseAll();
    }

    /**
     * From now on deliveries go out by themselves on background threads, in no sure order; those for nobody are dropped. For
     * the demo and for load; it cannot be switched off.
     *
     * @param connections how many calls at once
     * @param retryEvery real time between attempts
     */
    public final void deliverAutomatically(int connections, Duration retryEvery) {
        queue.deliverAutomatically(connections, retryEvery);
    }

    /** Sends nothing more. */
    @Override
    public void close() {
        queue.close();
    }
}
