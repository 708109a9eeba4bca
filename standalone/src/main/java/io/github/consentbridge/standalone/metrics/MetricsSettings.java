package io.github.consentbridge.standalone.metrics;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the metrics are published.
 *
 * @param stack the label {@code stack} of every metric
 */
public record MetricsSettings(Place place, Optional<String> stack) {
    private static final Pattern ADDRESS = Pattern.compile("(?:\\[([0-9A-Fa-f:.%]+)]|([^:\\[\\]]+)):([0-9]{1,5})");
    private static final int MAX_PORT = 65_535;

    /** Where {@code GET /metrics} is answered. */
    public sealed interface Place {
        /** With the webhooks. */
        record WithWebhooks() implements Place {}

        /** At an address of its own only; port 0 picks one. */
        record At(String host, int port) implements Place {}

        /** Not at all. */
        record Closed() implements Place {}
    }

    /** With the webhooks, and without a stack. */
    public static MetricsSettings standard() {
        return new MetricsSettings(new Place.WithWebhooks(), Optional.empty());
    }

    /**
     * Reads the settings.
     *
     * @param address {@code HOST:PORT}, {@code off}, or empty for the address of the webhooks
     * @param environment may have a {@code BRIDGE_STACK}
     * @throws IllegalArgumentException with one sentence, if the address is none
     */
    public static MetricsSettings of(String address, Map<String, String> environment) {
        Optional<String> stack =
                Optional.ofNullable(environment.get("BRIDGE_STACK")).filter(name -> !name.isBlank());
        return new MetricsSettings(place(address), stack);
    }

    private static Place place(String address) {
        if (address.isEmpty()) {
            return new Place.WithWebhooks();
        }
        if (address.equals("off")) {
            return new Place.Closed();
        }
        Matcher matcher = ADDRESS.matcher(address);
        if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > MAX_PORT) {
            throw new IllegalArgumentException(
                    "--metrics-address must be a host and a port, for example 127.0.0.1:9464," + " or off: it is '"
                            + address + "'");
        }
        String host = Optional.ofNullable(matcher.group(1)).orElseGet(() -> matcher.group(2));
        return new Place.At(host, Integer.parseInt(matcher.group(3)));
    }
}
