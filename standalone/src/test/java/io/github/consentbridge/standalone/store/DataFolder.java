package io.github.consentbridge.standalone.store;

import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A store that is opened anew each time that it is asked for, as the next process would, and closed after the test. */
final class DataFolder implements AfterEachCallback {
    private @Nullable Store store;

    Store open(Path folder, Clock clock) {
        close();
        Store opened = Store.open(folder.resolve("data"), clock);
        store = opened;
        return opened;
    }

    /** The same store as before, if there is one. */
    Store opened(Path folder, Clock clock) {
        @Nullable Store known = store;
        return known == null ? open(folder, clock) : known;
    }

    private void close() {
        if (store != null) {
            store.close();
            store = null;
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        close();
    }
}
