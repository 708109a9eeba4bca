package io.github.consentbridge.standalone.store;

import io.github.consentbridge.sync.queue.DeliveryQueue;
import io.github.consentbridge.sync.queue.DeliveryQueueContract;
import io.github.consentbridge.sync.queue.DeliveryReceipts;
import io.github.consentbridge.sync.queue.ReceivedDelivery;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SqliteQueueTest extends DeliveryQueueContract {
    @RegisterExtension
    final DataFolder data = new DataFolder();

    @TempDir
    Path parent;

    private final List<ReceivedDelivery> inHand = new ArrayList<>();

    private SqliteQueue store() {
        return data.opened(parent, clock).queue();
    }

    @Override
    protected DeliveryQueue queue() {
        return store();
    }

    @Override
    protected DeliveryReceipts receipts() {
        return store();
    }

    @Override
    protected List<Taken> take(int most) {
        List<ReceivedDelivery> taken = store().take(most);
        inHand.addAll(taken);
        return taken.stream()
                .map(message -> new Taken(message.receipt(), message.delivery()))
                .toList();
    }

    @Override
    protected void endWorker() {
        store().finish(List.of(), inHand, Duration.ZERO);
    }
}
