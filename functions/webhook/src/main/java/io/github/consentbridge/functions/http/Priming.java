package io.github.consentbridge.functions.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.aws.WebhookDeployment;
import io.github.consentbridge.mapping.json.JsonTree;
import io.github.consentbridge.sync.credentials.SecretReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.crac.Core;
import org.crac.Resource;

/**
 * Sends sample events through all of the code before Lambda makes a snapshot of the process, and connects to AWS once, so
 * that the snapshot contains the classes for which the first sender would otherwise wait. The samples go to a handler with a
 * deployment of its own, which calls no service and is discarded afterwards; the connections are closed. So nothing secret,
 * random or expiring gets into the snapshot, and nothing has to be renewed after it: the real clients read the role's keys for
 * the first real request. The runtime itself forgets looked-up addresses before the snapshot.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html">Runtime hooks</a>
 */
public final class Priming implements Resource {
    /** Public and useless: only the secret of the priming deployment has it. */
    private static final String KEY = "key-of-the-priming";

    /** The context refers to its resources weakly. */
    private static final Set<Priming> REGISTERED = ConcurrentHashMap.newKeySet();

    private final WebhookDeployment deployment;
    private final Function<WebhookDeployment, RequestStreamHandler> handler;
    private final String path;
    private final List<String> samples;

    public Priming(
            WebhookDeployment deployment,
            Function<WebhookDeployment, RequestStreamHandler> handler,
            String path,
            List<String> samples) {
        this.deployment = deployment;
        this.handler = handler;
        this.path = path;
        this.samples = List.copyOf(samples);
    }

    /** Runs this before a snapshot of the process is made, if one ever is. */
    public void beforeSnapshot() {
        REGISTERED.add(this);
        Core.getGlobalContext().register(this);
    }

    @Override
    public void beforeCheckpoint(org.crac.Context<? extends Resource> context)
            throws IOException, GeneralSecurityException {
        run();
        deployment.connectOnce();
    }

    @Override
    public void afterRestore(org.crac.Context<? extends Resource> context) {
        // Nothing was kept that could have expired.
    }

    /** Sends the samples through, and returns the answers. */
    public List<String> run() throws IOException {
        String side = path.substring(path.lastIndexOf('/') + 1);
        RequestStreamHandler own = handler.apply(deployment.forPriming(side, KEY));
        List<String> answers = new ArrayList<>();
        for (String sample : samples) {
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            own.handleRequest(new ByteArrayInputStream(event(sample).getBytes(UTF_8)), answer, null);
            answers.add(answer.toString(UTF_8));
        }
        return answers;
    }

    /** As API Gateway sends it. */
    private String event(String body) {
        ObjectNode event = JsonNodeFactory.instance
                .objectNode()
                .put("version", "2.0")
                .put("routeKey", "POST " + path)
                .put("rawPath", path);
        event.putObject("headers").put("content-type", "application/json").put(SecretReader.DEFAULT_HEADER, KEY);
        event.putObject("requestContext")
                .putObject("http")
                .put("method", "POST")
                .put("sourceIp", address());
        return JsonTree.write(event.put("body", body).put("isBase64Encoded", false));
    }

    private String address() {
        return deployment.integration().didomiSourceIps().stream()
                .map(range -> range.replaceFirst("/.*", ""))
                .findFirst()
                .orElse("127.0.0.1");
    }
}
