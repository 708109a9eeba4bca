package io.github.consentbridge.reconciliation;

import io.github.consentbridge.credentials.CredentialsException;
import io.github.consentbridge.sync.Connections;
import java.util.function.LongSupplier;

/** How many requests were sent since this was made. */
final class RequestCount {
    private final LongSupplier didomi;
    private final LongSupplier dataverse;
    private final long didomiBefore;
    private final long dataverseBefore;

    RequestCount(Connections connections) {
        this.didomi = () -> connections.didomi().requests();
        this.dataverse = () -> connections.dataverse().requests();
        this.didomiBefore = sent(didomi);
        this.dataverseBefore = sent(dataverse);
    }

    long toDidomi() {
        return Math.max(0, sent(didomi) - didomiBefore);
    }

    long toDataverse() {
        return Math.max(0, sent(dataverse) - dataverseBefore);
    }

    private static long sent(LongSupplier counter) {
        try {
            return counter.getAsLong();
        } catch (CredentialsException e) {
            // A run that needs this system will say so; one that does not has sent nothing.
            return 0;
        }
    }
}
