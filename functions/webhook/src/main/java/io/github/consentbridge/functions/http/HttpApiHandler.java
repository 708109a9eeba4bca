package io.github.consentbridge.functions.http;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.github.consentbridge.sync.intake.WebhookEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Answers the requests of an HTTP API. Reads and writes streams: binding requests and replies to classes would take longer
 * than handling them.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-handler.html">Handlers in Java</a>
 */
public abstract class HttpApiHandler implements RequestStreamHandler {
    private final WebhookEndpoint endpoint;

    protected HttpApiHandler(WebhookEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public final void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        HttpApiJson.write(endpoint.answer(HttpApiJson.read(input)), output);
    }
}
