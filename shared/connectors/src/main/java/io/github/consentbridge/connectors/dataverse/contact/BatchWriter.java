package io.github.consentbridge.connectors.dataverse.contact;

import io.github.consentbridge.connectors.dataverse.DataverseClient;
import io.github.consentbridge.connectors.dataverse.api.BatchRequest;
import io.github.consentbridge.connectors.dataverse.api.DataverseApi;
import io.github.consentbridge.connectors.http.RemoteException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One call of {@link DataverseClient#write}: batches in order, until the system as a whole fails. */
public final class BatchWriter {
    private final DataverseApi api;
    private @Nullable RemoteException stopped;

    public BatchWriter(DataverseApi api) {
        this.api = api;
    }

    public List<WriteResult> write(List<ContactWrite> writes) {
        List<WriteResult> results = new ArrayList<>(writes.size());
        for (int start = 0; start < writes.size(); start += BatchRequest.MAX_WRITES) {
            int end = Math.min(start + BatchRequest.MAX_WRITES, writes.size());
            results.addAll(batch(writes.subList(start, end)));
        }
        return results;
    }

    private List<WriteResult> batch(List<ContactWrite> writes) {
        if (stopped != null) {
            return Collections.nCopies(writes.size(), new WriteResult.Failed(stopped));
        }
        try {
            return send(writes);
        } catch (RemoteException failure) {
            if (failure.concernsSystem()) {
                stopped = failure;
                return batch(writes);
            }
            return writes.size() == 1 ? List.of(WriteResults.of(writes.get(0), failure)) : halved(writes);
        }
    }

    private List<WriteResult> send(List<ContactWrite> writes) {
        BatchRequest batch = BatchRequest.ofWrites("batch_" + UUID.randomUUID(), writes);
        List<WriteResult> results = api.post(batch, response -> WriteResults.of(writes, response));
        results.stream()
                .filter(WriteResult.Failed.class::isInstance)
                .map(failed -> ((WriteResult.Failed) failed).cause())
                .filter(cause -> cause.kind() == RemoteException.Kind.THROTTLED)
                .findFirst()
                .ifPresent(api::pauseFor);
        return results;
    }

    /** The batch was refused as a whole: it is too large, or one part is invalid. Halving it isolates that part. */
    private List<WriteResult> halved(List<ContactWrite> writes) {
        int middle = writes.size() / 2;
        List<WriteResult> results = new ArrayList<>(batch(writes.subList(0, middle)));
        results.addAll(batch(writes.subList(middle, writes.size())));
        return results;
    }
}
