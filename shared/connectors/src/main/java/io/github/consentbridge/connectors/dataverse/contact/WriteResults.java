package io.github.consentbridge.connectors.dataverse.contact;

import io.github.consentbridge.connectors.dataverse.api.BatchResponse;
import io.github.consentbridge.connectors.dataverse.api.DataverseException;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.connectors.http.RemoteFailure;
import io.github.consentbridge.connectors.http.RemoteResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Interprets the answers to writes. */
final class WriteResults {
    private static final Set<String> DUPLICATE = Set.of("0x80060892", "0x80040237", "0x80040333");
    private static final Set<String> NO_SUCH_ROW = Set.of("", "0x80040217");

    private WriteResults() {}

    /** One result per write, from the answer to their batch. */
    static List<WriteResult> of(List<ContactWrite> writes, RemoteResponse response) {
        boolean multipart = BatchResponse.isMultipart(response);
        if (!response.isSuccess() && !(multipart && response.status() / 100 == 4)) {
            throw DataverseException.from(response);
        }
        List<RemoteResponse> parts = BatchResponse.parts(response);
        if (parts.size() > writes.size()) {
            throw DataverseException.unreadable(response, "it has more parts than the request");
        }
        List<WriteResult> results = new ArrayList<>(writes.size());
        for (int i = 0; i < writes.size(); i++) {
            results.add(i < parts.size() ? of(writes.get(i), parts.get(i)) : missing());
        }
        return results;
    }

    static WriteResult of(ContactWrite write, RemoteResponse part) {
        return part.isSuccess()
                ? new WriteResult.Written(DataverseException.requestIdOf(part))
                : of(write, DataverseException.from(part));
    }

    static WriteResult of(ContactWrite write, RemoteException failure) {
        boolean update = write instanceof ContactWrite.Update;
        if (isRetryable(failure.kind())) {
            return new WriteResult.Failed(failure);
        }
        if (failure.status() == 412 && DUPLICATE.contains(failure.code())) {
            return new WriteResult.Duplicate(failure.code());
        }
        if (failure.status() == 412 && update) {
            return new WriteResult.Conflict();
        }
        if (failure.status() == 404 && update && NO_SUCH_ROW.contains(failure.code())) {
            return new WriteResult.Gone();
        }
        return new WriteResult.Rejected(failure.status(), failure.code(), failure.detail(), failure.requestId());
    }

    private static boolean isRetryable(RemoteException.Kind kind) {
        return switch (kind) {
            case THROTTLED, UNAVAILABLE, UNAUTHORIZED -> true;
            case CONFLICT, PERMANENT -> false;
        };
    }

    private static WriteResult missing() {
        return new WriteResult.Failed(new DataverseException(
                RemoteFailure.withoutAnswer(RemoteException.Kind.UNAVAILABLE, "missing_part"),
                "Dataverse's answer to a batch lacks the part for this contact"));
    }
}
