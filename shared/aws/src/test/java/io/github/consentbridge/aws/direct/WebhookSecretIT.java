package io.github.consentbridge.aws.direct;

import io.github.consentbridge.aws.LocalStack;
import io.github.consentbridge.aws.StoredSecretContract;
import io.github.consentbridge.sync.credentials.Credentials;

/** The secret as a webhook function reads it. */
class WebhookSecretIT extends StoredSecretContract {
    private final Credentials credentials =
            LocalStack.webhook(secretId, "http://127.0.0.1/none", clock).credentials();

    @Override
    protected Credentials credentials() {
        return credentials;
    }
}
