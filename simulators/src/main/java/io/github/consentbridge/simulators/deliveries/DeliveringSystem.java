package io.github.consentbridge.simulators.deliveries;

import java.time.Duration;
import java.util.List;

/**
 * A simulated system that calls webhooks. Deliveries wait in {@link #pending} until {@link #deliverAll} or {@link
 * #deliver} sends them, so that a test decides whether, when, in which order and how often they are sent.
 */
public abstract class DeliveringSystem<D extends NumberedDelivery> implements AutoCloseable {
    private final DeliveryQueue<D> queue;

    /** @param threadName name of the threads of {@link #deliverAutomatically} */
    protected DeliveringSystem(Courier<D> courier, String threadName) {
        this.queue = new DeliveryQueue<>(courier, threadName);
    }

    /** Adds a pending delivery. */
    protected final void enqueue(D delivery) {
        queue.add(delivery);
    }

    /** Deliveries that the system has given up. */
    protected final List<D> givenUp() {
        return queue.givenUp();
    }

    /** Deliveries that not every webhook has accepted yet, oldest first. */
    public final List<D> pending() {
        return queue.pending();
    }

    /**
     * Sends each pending delivery once to every receiver that has not accepted it.
     *
     * @return the status codes in order, 0 for a missing answer
     * @throws IllegalStateException if a delivery is pending and no webhook is registered
     */
    public final List<Integer> deliverAll() {
        return queue.deliverAll();
    }

    /** Sends the pending delivery at this index once, as {@link #deliverAll} does. */
    public final List<Integer> deliver(int index) {
        return queue.deliver(index);
    }

    /** Sends a delivery again, possibly a lost one, without changing {@link #pending}. */
    public final List<Integer> send(D delivery) {
        return queue.send(delivery);
    }

    /** Loses the pending delivery at this index. */
    public final D lose(int index) {
        return queue.lose(index);
    }

    /** Loses all pending deliveries. */
    public final void loseAll() {
        queue.loseAll();
    }

    /**
     * From now on background threads send deliveries automatically and in no guaranteed order; those without a receiver
     * are dropped. For the demo and for load tests; it cannot be switched off.
     *
     * @param connections number of concurrent calls
     * @param retryEvery real time between attempts
     */
    public final void deliverAutomatically(int connections, Duration retryEvery) {
        queue.deliverAutomatically(connections, retryEvery);
    }

    /** Stops sending. */
    @Override
    public void close() {
        queue.close();
    }
}
