package io.github.consentbridge.standalone.command;

import io.github.consentbridge.operations.Operations;
import io.github.consentbridge.operations.StoreOperations;
import io.github.consentbridge.standalone.server.ControlFile;
import io.github.consentbridge.standalone.server.RunningBridge;
import io.github.consentbridge.standalone.store.FolderInUseException;
import io.github.consentbridge.standalone.store.Store;
import java.time.Clock;
import java.util.function.Function;

/**
 * Does an operator's work on the data folder: on the stores themselves, or, while a bridge runs on them, by asking it.
 * Nobody has to stop the service to ask why.
 */
final class Stores {
    private Stores() {}

    /**
     * Does it.
     *
     * @throws UsageException if there is no data folder
     * @throws io.github.consentbridge.storage.StorageException if it cannot be used, or the bridge does not answer
     */
    static <T> T with(Places places, Function<Operations, T> work) {
        if (!Store.exists(places.data)) {
            throw new UsageException(
                    "there is no data of a bridge in " + places.data + ": name its folder with --data");
        }
        try (Store store = Store.open(places.data, Clock.systemUTC())) {
            return work.apply(
                    new StoreOperations(places.integration(), store.ledger(), store.deadLetters(), store.queue()));
        } catch (FolderInUseException e) {
            return work.apply(new RunningBridge(ControlFile.read(places.data).orElseThrow(() -> e)));
        }
    }
}
