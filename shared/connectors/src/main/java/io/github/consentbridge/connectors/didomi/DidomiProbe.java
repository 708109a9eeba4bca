package io.github.consentbridge.connectors.didomi;

import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.connectors.http.RemoteResponse;
import java.util.Map;

/**
 * Asks Didomi for what it does not have, to tell a system that is down from a request that it cannot serve. Each method
 * throws a {@link RemoteException} if there is no usable answer; a refusal is one.
 */
public final class DidomiProbe {
    private static final Map<String, String> NOBODY = Map.of("organization_user_id", "consent-bridge-probe");

    private final DidomiApi api;

    DidomiProbe(DidomiApi api) {
        this.api = api;
    }

    /** Whether users are looked up. */
    public void users() {
        api.get("/consents/users", NOBODY, DidomiProbe::checked);
    }

    /** Whether events are looked up. */
    public void events() {
        api.get("/consents/events", NOBODY, DidomiProbe::checked);
    }

    /** Whether events are taken: an array without one changes nothing. */
    public void posts() {
        api.post("/consents/events", Map.of(), "[]", DidomiProbe::checked);
    }

    private static boolean checked(RemoteResponse response) {
        boolean answered = response.isSuccess()
                ? DidomiJson.tryRead(response.body()).isContainerNode()
                : response.failure("", "").kind() == RemoteException.Kind.PERMANENT;
        if (!answered) {
            throw DidomiException.from(response);
        }
        return true;
    }
}
