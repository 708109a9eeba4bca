package io.github.consentbridge.sync.queue;

/**
 * A delivery as a worker received it from the queue.
 *
 * @param receipt the receipt handle: names this receive, unique within a batch
 * @param receives how often it has been received, this time included
 */
public record ReceivedDelivery(String receipt, int receives, Delivery delivery) {}
