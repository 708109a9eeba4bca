package io.github.consentbridge.connectors.dataverse.contact;

import io.github.consentbridge.connectors.dataverse.DataverseClient;
import io.github.consentbridge.connectors.dataverse.api.BatchRequest;
import io.github.consentbridge.connectors.dataverse.api.DataverseApi;
import io.github.consentbridge.connectors.dataverse.api.DataverseProbe;
import io.github.consentbridge.connectors.http.Bisection;
import io.github.consentbridge.connectors.http.RemoteException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
        Bisection<ContactWrite, WriteResult> bisection = new Bisection<>(writes, new Batches());
        List<WriteResult> results = bisection.send();
        stopped = bisection.stopCause().orElse(null);
        return results;
    }

    /** A batch that fails as a whole is too large, or one of its parts makes it fail: halving isolates that part. */
    private final class Batches implements Bisection.Requests<ContactWrite, WriteResult> {
        /** Sent before in a batch that failed: they may have been carried out nevertheless. */
        private final Set<ContactWrite> uncertain = new HashSet<>();

        @Override
        public List<WriteResult> send(List<ContactWrite> writes) {
            BatchRequest batch = BatchRequest.ofWrites("batch_" + UUID.randomUUID(), writes);
            try {
                return results(writes, batch);
            } catch (RemoteException e) {
                uncertain.addAll(writes);
                throw e;
            }
        }

        private List<WriteResult> results(List<ContactWrite> writes, BatchRequest batch) {
            List<WriteResult> results = api.post(batch, response -> {
                List<WriteResult> answers = new ArrayList<>(WriteResults.of(writes, response));
                for (int index = 0; index < answers.size(); index++) {
                    boolean repeated = response.isToRepeat() || uncertain.contains(writes.get(index));
                    answers.set(index, repeated ? ofRepeat(answers.get(index)) : answers.get(index));
                }
                return answers;
            });
            results.stream()
                    .filter(WriteResult.Failed.class::isInstance)
                    .map(failed -> ((WriteResult.Failed) failed).cause())
                    .filter(cause -> cause.kind() == RemoteException.Kind.THROTTLED)
                    .findFirst()
                    .ifPresent(api::pauseFor);
            return results;
        }

        private static WriteResult ofRepeat(WriteResult answer) {
            boolean perhapsOurs = answer instanceof WriteResult.Conflict || answer instanceof WriteResult.Duplicate;
            return perhapsOurs ? new WriteResult.Uncertain() : answer;
        }

        @Override
        public WriteResult alone(ContactWrite write, RemoteException failure) {
            return WriteResults.of(write, failure);
        }

        @Override
        public WriteResult stopped(ContactWrite write, RemoteException failure) {
            return new WriteResult.Failed(failure);
        }

        @Override
        public void probe() {
            new DataverseProbe(api).batches();
        }
    }
}
