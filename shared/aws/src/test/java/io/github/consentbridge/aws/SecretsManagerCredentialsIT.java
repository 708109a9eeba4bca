package io.github.consentbridge.aws;

import io.github.consentbridge.sync.credentials.Credentials;

class SecretsManagerCredentialsIT extends StoredSecretContract {
    private final Credentials credentials =
            new SecretsManagerCredentials(() -> secretsManager, secretId, clock, () -> outcomeLog);

    @Override
    protected Credentials credentials() {
        return credentials;
    }
}
