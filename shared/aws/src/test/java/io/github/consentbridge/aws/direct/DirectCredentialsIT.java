package io.github.consentbridge.aws.direct;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.aws.LocalStack;
import io.github.consentbridge.aws.StoredSecretContract;
import io.github.consentbridge.sync.credentials.Credentials;

/** A webhook function's way to read the secret. */
class DirectCredentialsIT extends StoredSecretContract {
    private final Credentials credentials =
            LocalStack.webhook(secretId, "http://127.0.0.1/none", clock).credentials();

    /** The deployment has a log of its own: {@link DirectCredentialsTest} looks at what is reported. */
    @Override
    protected void assertReportedOnce(String detail) {
        assertThat(outcomeLog.recorded).isEmpty();
    }

    @Override
    protected Credentials credentials() {
        return credentials;
    }
}
