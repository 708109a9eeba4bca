package io.github.consentbridge.sync.registration;

import io.github.consentbridge.connectors.dataverse.api.DataverseException;
import io.github.consentbridge.connectors.didomi.DidomiException;
import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.failure.ExitCode;

/** A system does not allow us to register. The message says what to grant or switch on. */
public final class RegistrationException extends BridgeException {
    private static final long serialVersionUID = 1L;

    private RegistrationException(String message, Throwable cause) {
        super(ExitCode.FAILURE, message, cause);
    }

    static RegistrationException missing(String privilege, String clientId, DataverseException cause) {
        return new RegistrationException(
                "Dynamics does not allow the application user of the app registration " + clientId
                        + " to do this: grant the privilege " + privilege + " (organization-wide) in a security role"
                        + " of that user, or give the user the role System Administrator for the set-up and remove it"
                        + " afterwards; then repeat the command",
                cause);
    }

    static RegistrationException unusable(IllegalArgumentException cause) {
        return new RegistrationException(
                cause.getMessage() + "; repeat register --url with the bridge's right address", cause);
    }

    static RegistrationException forbidden(DidomiException cause) {
        return new RegistrationException(
                cause.getMessage() + "; webhooks are a premium feature: ask Didomi's support to switch it on for the"
                        + " organization",
                cause);
    }
}
