package io.github.consentbridge.sync.batch;

import io.github.consentbridge.sync.queue.ReceivedDelivery;
import java.util.List;

/**
 * What the queue is to do with a batch.
 *
 * @param finished to be removed
 * @param returning to be received again
 * @param failed whether the batch failed as a whole, for example because the ledger does
 */
public record BatchResult(List<ReceivedDelivery> finished, List<ReceivedDelivery> returning, boolean failed) {
    /** The batch failed as a whole: all of it returns. */
    public static BatchResult failed(List<ReceivedDelivery> batch) {
        return new BatchResult(List.of(), batch, true);
    }
}
