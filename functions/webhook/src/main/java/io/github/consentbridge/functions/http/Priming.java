package io.github.consentbridge.functions.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.github.consentbridge.aws.direct.WebhookDeployment;
import io.github.consentbridge.sync.credentials.SecretReader;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.crac.Core;
import org.crac.Resource;

/**
 * Takes sample requests through all of the code before Lambda makes a snapshot of the process, so that the snapshot has the
 * classes loaded that the first sender would otherwise wait for. The samples go to a deployment of their own, which asks
 * nobody and is forgotten afterwards: nothing secret, random or expiring gets into the snapshot, and nothing has to be
 * renewed after it, since the real clients are made for the first real request.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html">Runtime hooks</a>
 */
public final class Priming implements Resource {
    /** Known to everybody, and good for nothing: only a rehearsal's own secret has it. */
    private static final String KEY = "key-of-a-rehearsal";

    /** The context refers to its resources weakly. */
    private static final Set<Priming> REGISTERED = ConcurrentHashMap.newKeySet();

    private final WebhookDeployment deployment;
    private final Function<WebhookDeployment, WebhookEndpoint> handler;
    private final String path;
    private final List<String> samples;

    public Priming(
            WebhookDeployment deployment,
            Function<WebhookDeployment, WebhookEndpoint> handler,
            String path,
            List<String> samples) {
        this.deployment = deployment;
        this.handler = handler;
        this.path = path;
        this.samples = List.copyOf(samples);
    }

    /** Has this done before a snapshot of the process is made, if one ever is. */
    public void beforeSnapshot() {
        REGISTERED.add(this);
        Core.getGlobalContext().register(this);
    }

    @Override
    public void beforeCheckpoint(org.crac.Context<? extends Resource> context) throws NoSuchAlgorithmException {
        SSLContext.getDefault();
        run();
    }

    @Override
    public void afterRestore(org.crac.Context<? extends Resource> context) {
        // Nothing was kept that could have grown old.
    }

    /** Takes the samples through, and tells how each was answered. */
    public List<APIGatewayV2HTTPResponse> run() {
        WebhookEndpoint endpoint = handler.apply(deployment.forPriming(KEY));
        return samples.stream().map(sample -> endpoint.answer(request(sample))).toList();
    }

    private APIGatewayV2HTTPEvent request(String body) {
        String address = deployment.integration().didomiSourceIps().stream()
                .map(range -> range.replaceFirst("/.*", ""))
                .findFirst()
                .orElse("127.0.0.1");
        RequestContext.Http http = RequestContext.Http.builder()
                .withMethod("POST")
                .withPath(path)
                .withSourceIp(address)
                .build();
        return APIGatewayV2HTTPEvent.builder()
                .withRawPath(path)
                .withHeaders(Map.of(SecretReader.DEFAULT_HEADER, KEY))
                .withRequestContext(RequestContext.builder().withHttp(http).build())
                .withBody(body)
                .withIsBase64Encoded(false)
                .build();
    }
}
