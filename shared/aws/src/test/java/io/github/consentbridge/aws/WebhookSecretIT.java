package io.github.consentbridge.aws;

import io.github.consentbridge.credentials.Credentials;

/** The secret as a webhook function reads it. */
class WebhookSecretIT extends StoredSecretContract {
    private final Credentials credentials =
            LocalStack.webhook(secretId, "http://127.0.0.1/none", clock).credentials();

    @Override
    protected Credentials credentials() {
        return credentials;
    }
}
