package io.github.consentbridge.didomi;

import io.github.consentbridge.remote.RemoteSettings;
import java.util.List;
import java.util.Optional;

/**
 * Reads users and posts consent events of one Didomi organisation. Safe for use by several threads; keep one per
 * process, it holds the session token. Every method throws {@link DidomiException} when no trustworthy answer was had.
 *
 * @see <a href="https://developers.didomi.io/api-and-platform/consents">Consents API</a>
 */
@SuppressWarnings("DoNotCallSuggester") // nothing behind the signatures yet
public final class DidomiClient {

    /** A client that has sent nothing yet. */
    public DidomiClient(DidomiAccess access, RemoteSettings settings) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * All Didomi users with this organization user id, as they stand under one regulation. Safe to repeat.
     *
     * @return empty when Didomi knows nobody by this id
     */
    public List<DidomiUser> users(String organizationUserId, String regulation) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * One page of all users under one regulation, about 100. Safe to repeat.
     *
     * @param cursor empty for the first page, then {@link UsersPage#nextCursor()}
     */
    public UsersPage usersPage(String regulation, String cursor) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Posts events, at most 100 per request; a refused array is halved until the bad event is alone. Never throws for
     * a remote failure. Safe to repeat: an event that Didomi has already counts as posted.
     *
     * @param silenceIntegrations send {@code $disable_integrations=true}: no integration of the organisation hears of them
     * @return one result per event, in the same order
     */
    public List<EventResult> postEvents(List<DidomiEvent> events, boolean silenceIntegrations) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** One event as JSON, or empty when the person has none by this id. Safe to repeat. */
    public Optional<String> event(String id, String organizationUserId) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** The confirmed events of one person under one regulation, as JSON objects in Didomi's order. Safe to repeat. */
    public List<String> events(String organizationUserId, String regulation) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** HTTP requests sent by this client so far, repeats and sessions included. */
    public long requests() {
        throw new UnsupportedOperationException("not built yet");
    }
}
