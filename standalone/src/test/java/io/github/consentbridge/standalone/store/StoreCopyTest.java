package io.github.consentbridge.standalone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.ReceivedDelivery;
import io.github.consentbridge.sync.storage.StorageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCopyTest {
    @TempDir
    Path parent;

    private final ManualClock clock = new ManualClock("2026-03-01T08:00:00Z");

    private void send(Store store, String person) {
        store.queue().send(List.of(Delivery.received(Side.DIDOMI, person, clock.instant(), "{}")), Duration.ZERO);
    }

    @Test
    void copyOfAnOpenStoreHoldsWhatWasStoredThen() throws Exception {
        Path file = parent.resolve("copy.db");
        try (Store store = Store.open(parent.resolve("data"), clock)) {
            send(store, "a");
            assertThat(StoreCopy.write(parent.resolve("data"), file)).isEqualTo(Files.size(file));
            send(store, "b");
        }
        Path restored = Files.createDirectory(
                parent.resolve("restored"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        Files.copy(file, restored.resolve("bridge.db"));

        try (Store store = Store.open(restored, clock)) {
            assertThat(store.queue().take(10))
                    .extracting(ReceivedDelivery::delivery)
                    .extracting(Delivery::person)
                    .containsExactly("a");
        }
    }

    @Test
    void nothingIsOverwrittenAndNothingHalfMadeIsLeft() throws Exception {
        Store.open(parent.resolve("data"), clock).close();
        Path file = Files.writeString(parent.resolve("former"), "precious");

        assertThatThrownBy(() -> StoreCopy.write(parent.resolve("data"), file))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("exists");
        assertThat(file).hasContent("precious");
        assertThatThrownBy(() -> StoreCopy.write(parent.resolve("data"), parent.resolve("nowhere/copy")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("there is no folder");
        assertThatThrownBy(() -> StoreCopy.write(parent.resolve("empty"), parent.resolve("copy")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("--data");
        assertThat(parent).isDirectoryNotContaining("glob:**.new");
    }
}
