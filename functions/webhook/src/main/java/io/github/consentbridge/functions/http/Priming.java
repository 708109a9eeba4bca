package io.github.consentbridge.functions.http;

import io.github.consentbridge.aws.direct.WebhookDeployment;
import io.github.consentbridge.sync.credentials.SecretReader;
import io.github.consentbridge.sync.intake.RequestBody;
import io.github.consentbridge.sync.intake.RequestHead;
import io.github.consentbridge.sync.intake.WebhookEndpoint;
import io.github.consentbridge.sync.intake.WebhookReply;
import io.github.consentbridge.sync.intake.WebhookRequest;
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
 * Sends sample requests through all of the code before Lambda makes a snapshot of the process, so that the snapshot contains
 * the classes for which the first sender would otherwise wait. The samples go to a deployment of their own, which calls no
 * service and is discarded afterwards: nothing secret, random or expiring gets into the snapshot. Nothing has to be renewed
 * after it, because the real clients are created for the first real request.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html">Runtime hooks</a>
 */
public final class Priming implements Resource {
    /** Public and useless: only the secret of the priming deployment has it. */
    private static final String KEY = "key-of-the-priming";

    /** The context refers to its resources weakly. */
    private static final Set<Priming> REGISTERED = ConcurrentHashMap.newKeySet();

    private final WebhookDeployment deployment;
    private final Function<WebhookDeployment, WebhookEndpoint> intake;
    private final String path;
    private final List<String> samples;

    public Priming(
            WebhookDeployment deployment,
            Function<WebhookDeployment, WebhookEndpoint> intake,
            String path,
            List<String> samples) {
        this.deployment = deployment;
        this.intake = intake;
        this.path = path;
        this.samples = List.copyOf(samples);
    }

    /** Runs this before a snapshot of the process is made, if one ever is. */
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
        // Nothing was kept that could have expired.
    }

    /** Sends the samples through, and returns the replies. */
    public List<WebhookReply> run() {
        String side = path.substring(path.lastIndexOf('/') + 1);
        WebhookEndpoint endpoint = intake.apply(deployment.forPriming(side, KEY));
        return samples.stream().map(sample -> endpoint.answer(request(sample))).toList();
    }

    private WebhookRequest request(String body) {
        String address = deployment.integration().didomiSourceIps().stream()
                .map(range -> range.replaceFirst("/.*", ""))
                .findFirst()
                .orElse("127.0.0.1");
        return new WebhookRequest(
                new RequestHead("POST", path, Map.of(SecretReader.DEFAULT_HEADER, KEY), address), RequestBody.of(body));
    }
}
