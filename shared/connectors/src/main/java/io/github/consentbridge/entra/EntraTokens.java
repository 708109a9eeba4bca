package io.github.consentbridge.entra;

import io.github.consentbridge.dataverse.DataverseEnvironment;
import io.github.consentbridge.remote.RemoteSettings;
import io.github.consentbridge.remote.Secret;
import io.github.consentbridge.remote.TokenSource;

/**
 * Tokens for one Dataverse environment by client credentials. Keep one per process: the tokens are in its memory.
 * Failures are {@link io.github.consentbridge.dataverse.DataverseException}: refused credentials are permanent and
 * the message says what to correct.
 *
 * @see <a href="https://learn.microsoft.com/power-apps/developer/data-platform/use-single-tenant-server-server-authentication">
 *     Server-to-server authentication</a>
 */
@SuppressWarnings("DoNotCallSuggester") // nothing behind the signatures yet
public final class EntraTokens implements TokenSource {

    /**
     * Nothing is requested yet.
     *
     * @throws IllegalArgumentException if the instance is in no known cloud and no login URL is given
     */
    public EntraTokens(EntraAccess access, DataverseEnvironment environment, RemoteSettings settings) {
        throw new UnsupportedOperationException("not built yet");
    }

    @Override
    public Secret token() {
        throw new UnsupportedOperationException("not built yet");
    }

    @Override
    public Secret tokenInsteadOf(Secret refused) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** HTTP requests sent to Entra so far. */
    public long requests() {
        throw new UnsupportedOperationException("not built yet");
    }
}
