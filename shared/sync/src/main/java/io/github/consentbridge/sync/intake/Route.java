package io.github.consentbridge.sync.intake;

/** Answers the POST requests to one path that come from an allowed address. Safe for use by several threads. */
interface Route {
    /**
     * Answers one request. The route itself counts and logs a refusal, because it alone knows what may be logged.
     *
     * @throws io.github.consentbridge.sync.storage.StorageException if it is not known that the delivery is stored
     * @throws io.github.consentbridge.sync.credentials.CredentialsException if the secret cannot be read
     */
    WebhookReply answer(WebhookRequest request);
}
