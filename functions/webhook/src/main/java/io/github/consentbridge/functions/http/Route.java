package io.github.consentbridge.functions.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;

/** Answers the POST requests of one path, from an address that may call. Safe for use by several threads. */
public interface Route {
    /**
     * Answers one request; an answer that refuses is counted and told by the route, which alone knows what it may say.
     *
     * @throws io.github.consentbridge.sync.storage.StorageException if what came is not known to be stored
     * @throws io.github.consentbridge.sync.credentials.CredentialsException if it cannot be told who may call
     */
    HttpReply answer(APIGatewayV2HTTPEvent request, Headers headers);
}
