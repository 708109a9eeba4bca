package io.github.consentbridge.aws;

import io.github.consentbridge.aws.AwsCalls.Service;
import io.github.consentbridge.credentials.CachedCredentials;
import io.github.consentbridge.credentials.Credentials;
import io.github.consentbridge.mapping.Integration;
import io.github.consentbridge.queue.DeliveryQueue;
import io.github.consentbridge.remote.ServiceUrl;
import io.github.consentbridge.sync.Journal;
import io.github.consentbridge.sync.JsonJournal;
import java.io.PrintStream;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a webhook function, which needs the secret and the way into the queue only: they are asked without the SDK,
 * which is not even in the function's jar, as its sender waits for the start. Otherwise as {@link Deployment}. Safe for use
 * by several threads.
 */
public final class WebhookDeployment {
    private final Map<String, String> environment;
    private final Clock clock;
    private final Integration integration;
    private final Credentials credentials;
    private final DeliveryQueue queue;
    private final Journal journal;

    /**
     * The function that an environment describes. Reads the integration document, and nothing secret.
     *
     * @param out takes the journal
     * @throws IllegalArgumentException with one sentence, if the environment is not complete or the document not there
     * @throws io.github.consentbridge.mapping.ConfigurationException with everything that is wrong with the document
     */
    public WebhookDeployment(Map<String, String> environment, PrintStream out, Clock clock) {
        Setting.require(environment, Setting.SECRET, Setting.QUEUE);
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.integration = IntegrationFile.read(environment);
        RoleKeySource keys = new RoleKeySource(this.environment, clock);
        DirectSecret secret = new DirectSecret(calls(secretsManager(), keys), Setting.SECRET.value(environment));
        this.credentials = new CachedCredentials(secret, clock);
        this.queue = new DirectQueue(calls(sqs(), keys), Setting.QUEUE.value(environment));
        JsonJournal lines = new JsonJournal(out, () -> credentials().current().logKey(), clock);
        this.journal = new EmfJournal(lines, out, clock);
    }

    /** The one that this process is a part of. */
    public static WebhookDeployment here() {
        return new WebhookDeployment(System.getenv(), System.out, Clock.systemUTC());
    }

    private AwsCalls calls(Service service, RoleKeySource keys) {
        return new AwsCalls(service, keys, clock, time -> Thread.sleep(time.toMillis()));
    }

    private Service secretsManager() {
        String region = Setting.REGION.value(environment);
        String domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
        URI standard = URI.create("https://secretsmanager." + region + "." + domain);
        return service("secretsmanager", "SECRETS_MANAGER", standard, "application/x-amz-json-1.1");
    }

    /** A queue's address names the host that has it. */
    private Service sqs() {
        ServiceUrl queueUrl = ServiceUrl.parse("BRIDGE_QUEUE_URL", Setting.QUEUE.value(environment));
        return service("sqs", "SQS", URI.create(queueUrl.origin()), "application/x-amz-json-1.0");
    }

    private Service service(String name, String variable, URI standard, String type) {
        @Nullable ServiceUrl given = AwsEndpoint.given(environment, variable);
        URI url = given == null ? standard : given.uri();
        return new Service(name, Setting.REGION.value(environment), URI.create(url + "/"), type);
    }

    public Clock clock() {
        return clock;
    }

    public Integration integration() {
        return integration;
    }

    /** The secret in Secrets Manager. */
    public Credentials credentials() {
        return credentials;
    }

    /** Where accepted deliveries are put. */
    public DeliveryQueue queue() {
        return queue;
    }

    /** Lines and metrics. */
    public Journal journal() {
        return journal;
    }
}
