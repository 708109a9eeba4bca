package io.github.consentbridge.sync.intake;

import java.util.Optional;

/** Answers the POST requests to one path that come from an allowed address. Safe for use by several threads. */
interface Route {
    /** How many bytes of a request's body are accepted. */
    int maxBytes();

    /**
     * Checks a request by its head. The route itself counts and logs a refusal, because it alone knows what may be logged.
     *
     * @return the reply to a request that is refused; empty if its body has to be read
     * @throws io.github.consentbridge.sync.credentials.CredentialsException if the secret cannot be read
     */
    Optional<WebhookReply> refusal(RequestHead head);

    /**
     * Answers a request whose head has been checked.
     *
     * @throws io.github.consentbridge.sync.storage.StorageException if it is not known that the delivery is stored
     * @throws io.github.consentbridge.sync.credentials.CredentialsException if the secret cannot be read
     */
    WebhookReply answer(RequestHead head, RequestBody body);
}
