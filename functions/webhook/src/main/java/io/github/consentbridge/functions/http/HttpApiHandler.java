package io.github.consentbridge.functions.http;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Answers the requests of an HTTP API. Lambda finds the stream handler first, where the class alone is named as the
 * handler: it would take longer to bind request and answer to classes than to handle them. Hosts in the same process use
 * the other one.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-handler.html">Handlers in Java</a>
 */
public abstract class HttpApiHandler
        implements RequestStreamHandler, RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
    @Override
    public final void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        HttpApiJson.write(handleRequest(HttpApiJson.read(input), context), output);
    }
}
