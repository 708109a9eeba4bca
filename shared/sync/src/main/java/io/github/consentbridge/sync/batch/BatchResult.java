package io.github.consentbridge.sync.batch;

import io.github.consentbridge.sync.queue.ReceivedDelivery;
import java.util.List;

/**
 * What the queue is to do with a batch.
 *
 * @param finished to be removed
 * @param returning to be received again
 */
public record BatchResult(List<ReceivedDelivery> finished, List<ReceivedDelivery> returning) {}
