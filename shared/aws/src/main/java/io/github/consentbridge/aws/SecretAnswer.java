package io.github.consentbridge.aws;

import io.github.consentbridge.mapping.json.ConfigurationException;
import io.github.consentbridge.sync.credentials.BridgeSecret;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.credentials.SecretReader;

/** What Secrets Manager's answers about one secret mean, however it was asked. */
public final class SecretAnswer {
    private final String secretId;

    public SecretAnswer(String secretId) {
        this.secretId = secretId;
    }

    /**
     * Reads the secret's value.
     *
     * @throws CredentialsException if the value is not usable
     */
    public BridgeSecret read(byte[] value) {
        try {
            return SecretReader.read(value);
        } catch (ConfigurationException e) {
            throw new CredentialsException("the secret " + secretId + " cannot be used:\n" + e.getMessage(), e);
        }
    }

    public CredentialsException empty() {
        return new CredentialsException("the secret " + secretId + " has no value: put one");
    }

    /**
     * What to do about an error.
     *
     * @param code the service's own name of it
     * @param details what else is known, for an error that has no advice
     */
    public String reason(String code, String details) {
        return switch (code) {
            case "ResourceNotFoundException" ->
                "there is no secret " + secretId
                        + " with a current value: check BRIDGE_SECRET_ID and the region, and put a value";
            case "AccessDeniedException" ->
                "the secret " + secretId
                        + " may not be read: allow secretsmanager:GetSecretValue on it, and kms:Decrypt on its key";
            case "DecryptionFailure", "DecryptionFailureException" ->
                "the secret " + secretId + " cannot be decrypted: enable its key, and allow kms:Decrypt on it";
            case "InvalidRequestException" ->
                "the secret " + secretId + " is being deleted: restore it, or name another one in BRIDGE_SECRET_ID";
            default -> "Secrets Manager does not give the secret " + secretId + " now (" + details + "): try again";
        };
    }
}
