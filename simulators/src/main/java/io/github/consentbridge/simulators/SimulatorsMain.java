package io.github.consentbridge.simulators;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.simulators.dataverse.limits.ServiceLimits;
import io.github.consentbridge.simulators.http.Json;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * Runs the three systems as a process until it is killed. Prints one line of JSON with their URLs and credentials once
 * they accept requests.
 *
 * <pre>
 * --didomi-port N --dataverse-port N --entra-port N   0, the default, picks one
 * --people N          seeds this many people, see {@link People}
 * --differing SHARE   makes this share of them differ between the systems
 * --seed N            same seed, same people
 * --limits none       lifts Dataverse's service protection limits
 * --latency MILLIS    delays each answer by this time
 * --purposes A,B      the purposes that Didomi lists; none by default
 * --deliver N         delivers automatically with N connections, retrying every second
 * --webhook URL       Didomi's webhook; --webhook-key VALUE is sent as x-consent-bridge-key
 * --dynamics-webhook URL   Dataverse's webhook for changes of the people's columns, with the same key
 * </pre>
 */
public final class SimulatorsMain {
    private static final Set<String> OPTIONS = Set.of(
            "--didomi-port",
            "--dataverse-port",
            "--entra-port",
            "--people",
            "--differing",
            "--seed",
            "--purposes",
            "--limits",
            "--latency",
            "--deliver",
            "--webhook",
            "--dynamics-webhook",
            "--webhook-key");

    private final Map<String, String> options;

    private SimulatorsMain(Map<String, String> options) {
        this.options = options;
    }

    /** Does not return. */
    public static void main(String[] arguments) throws InterruptedException {
        new SimulatorsMain(options(arguments)).run();
        new CountDownLatch(1).await();
    }

    private void run() {
        Clock clock = Clock.systemUTC();
        Simulators simulators =
                Simulators.start(clock, number("--didomi-port"), number("--dataverse-port"), number("--entra-port"));
        new People(simulators, number("--seed"))
                .add(number("--people"), Double.parseDouble(options.getOrDefault("--differing", "0")), clock.instant());
        for (String purpose : options.getOrDefault("--purposes", "").split(",", -1)) {
            if (!purpose.isEmpty()) {
                simulators.didomi().knowsPurpose(purpose);
            }
        }
        if (options.getOrDefault("--limits", "documented").equals("none")) {
            simulators.dataverse().limits(ServiceLimits.none());
        }
        simulators.latency(Duration.ofMillis(number("--latency")));
        registerWebhooks(simulators);
        if (options.containsKey("--deliver")) {
            simulators.didomi().deliverAutomatically(number("--deliver"), Duration.ofSeconds(1));
            simulators.dataverse().deliverAutomatically(number("--deliver"), Duration.ofSeconds(1));
        }
        System.out.println(description(simulators));
    }

    /** Called after the people are added, so that they cause no deliveries. */
    private void registerWebhooks(Simulators simulators) {
        Map<String, String> headers = Map.of("x-consent-bridge-key", options.getOrDefault("--webhook-key", ""));
        if (options.containsKey("--webhook")) {
            simulators.didomi().registerWebhook(URI.create(options.get("--webhook")), headers);
        }
        if (options.containsKey("--dynamics-webhook")) {
            URI url = URI.create(options.get("--dynamics-webhook"));
            simulators
                    .dataverse()
                    .registerWebhook(url, headers, "new_newsletter", "donotbulkemail", "new_didomiuserid");
        }
    }

    private static ObjectNode description(Simulators simulators) {
        ObjectNode json = Json.object();
        json.put("didomi", simulators.didomi().url().toString());
        json.put("dataverse", simulators.dataverse().url().toString());
        json.put("entra", simulators.entra().url().toString());
        json.put("organization_id", simulators.didomi().organizationId());
        json.put("key", simulators.didomi().key());
        json.put("secret", simulators.didomi().secret());
        json.put("environment", simulators.dataverse().organizationId().toString());
        json.put("tenant_id", simulators.entra().tenantId());
        json.put("client_id", simulators.entra().clientId());
        json.put("client_secret", simulators.entra().clientSecret());
        json.put("people", simulators.dataverse().contactCount());
        return json;
    }

    private int number(String option) {
        return Integer.parseInt(options.getOrDefault(option, "0"));
    }

    private static Map<String, String> options(String[] arguments) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (!OPTIONS.contains(arguments[i]) || i + 1 == arguments.length) {
                throw new IllegalArgumentException("unknown option or no value: " + arguments[i]);
            }
            options.put(arguments[i], arguments[i + 1]);
        }
        return options;
    }
}
