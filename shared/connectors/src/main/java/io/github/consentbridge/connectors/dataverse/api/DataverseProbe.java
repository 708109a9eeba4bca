package io.github.consentbridge.connectors.dataverse.api;

import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.connectors.http.RemoteResponse;
import java.util.List;
import java.util.UUID;

/**
 * Asks Dataverse for one contact's id, to tell a system that is down from a request that it cannot serve. Each method
 * throws a {@link RemoteException} if there is no usable answer; a refusal is one.
 */
public final class DataverseProbe {
    private static final String ONE_CONTACT = "/contacts?$select=contactid&$top=1";

    private final DataverseApi api;

    public DataverseProbe(DataverseApi api) {
        this.api = api;
    }

    /** Whether contacts are found. */
    public void reads() {
        api.get(
                ONE_CONTACT,
                response -> checked(response) && response.isSuccess()
                        ? DataverseJson.object(response).size()
                        : 0);
    }

    /** Whether batches are answered. */
    public void batches() {
        BatchRequest batch = BatchRequest.ofReads("batch_" + UUID.randomUUID(), List.of(ONE_CONTACT));
        api.post(batch, response -> {
            checked(response);
            List<RemoteResponse> parts = BatchResponse.parts(response);
            parts.forEach(DataverseProbe::checked);
            return parts.size();
        });
    }

    private static boolean checked(RemoteResponse response) {
        boolean answered = response.isSuccess() || response.failure("", "").kind() == RemoteException.Kind.PERMANENT;
        if (!answered) {
            throw DataverseException.from(response);
        }
        return true;
    }
}
