package io.github.consentbridge.sync.queue;

import java.time.Duration;
import java.util.List;

/** The worker's end of the delivery queue: deliveries that it has received. Safe for use by several threads. */
public interface DeliveryReceipts {
    /**
     * Hides received deliveries for a while longer; they come back without counting as failed.
     *
     * @param receipts the receipt handles under which they were received
     * @throws io.github.consentbridge.sync.storage.StorageException if it failed; they then come back when their visibility
     *     timeout ends
     */
    void postpone(List<String> receipts, Duration delay);
}
