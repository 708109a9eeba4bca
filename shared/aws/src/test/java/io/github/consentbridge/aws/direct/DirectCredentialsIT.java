package io.github.consentbridge.aws.direct;

import io.github.consentbridge.aws.LocalStack;
import io.github.consentbridge.aws.StoredSecretContract;
import io.github.consentbridge.sync.credentials.Credentials;

/** A webhook function's way to read the secret. */
class DirectCredentialsIT extends StoredSecretContract {
    private final Credentials credentials =
            LocalStack.webhook(secretId, "http://127.0.0.1/none", clock).credentials();

    @Override
    protected Credentials credentials() {
        return credentials;
    }
}
