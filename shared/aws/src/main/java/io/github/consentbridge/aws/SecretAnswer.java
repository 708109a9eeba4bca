package io.github.consentbridge.aws;

import io.github.consentbridge.mapping.json.ConfigurationException;
import io.github.consentbridge.sync.credentials.BridgeSecret;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.credentials.SecretReader;

/** Interprets Secrets Manager's answers about one secret. */
final class SecretAnswer {
    private final String secretId;

    SecretAnswer(String secretId) {
        this.secretId = secretId;
    }

    /** Throws a {@link CredentialsException} if the value is unusable. */
    BridgeSecret read(byte[] value) {
        try {
            return SecretReader.read(value);
        } catch (ConfigurationException e) {
            throw new CredentialsException("the secret " + secretId + " cannot be used:\n" + e.getMessage(), e);
        }
    }

    CredentialsException empty() {
        return new CredentialsException("the secret " + secretId + " has no value: store one");
    }

    /**
     * The remedy for an error.
     *
     * @param code the service's name of the error
     * @param details describes an error that has no advice
     */
    String reason(String code, String details) {
        return switch (code) {
            case "ResourceNotFoundException" ->
                "there is no secret " + secretId
                        + " with a current value: check BRIDGE_SECRET_ID and the region, and store a value";
            case "AccessDeniedException" ->
                "the secret " + secretId
                        + " may not be read: allow secretsmanager:GetSecretValue on it, and kms:Decrypt on its key";
            case "DecryptionFailure", "DecryptionFailureException" ->
                "the secret " + secretId + " cannot be decrypted: enable its key, and allow kms:Decrypt on it";
            case "InvalidRequestException" ->
                "the secret " + secretId + " is being deleted: restore it, or name another one in BRIDGE_SECRET_ID";
            default -> "Secrets Manager could not return the secret " + secretId + " (" + details + "): try again";
        };
    }
}
