package io.github.consentbridge.aws;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An environment variable that names a part of the deployment; the template sets it. */
public enum Setting {
    REGION("AWS_REGION", "the region of the stack"),
    STACK("BRIDGE_STACK", "name of the stack, a dimension of its metrics"),
    SECRET("BRIDGE_SECRET_ID", "ARN or name of the secret"),
    LEDGER("BRIDGE_LEDGER_TABLE", "name of the DynamoDB table"),
    HISTORY("BRIDGE_HISTORY_TABLE", "name of the DynamoDB table of histories"),
    QUEUE("BRIDGE_QUEUE_URL", "URL of the delivery queue"),
    DYNAMICS_QUEUE("BRIDGE_DYNAMICS_QUEUE_URL", "URL of the queue of deliveries from Dynamics"),
    DEAD_LETTERS("BRIDGE_DEAD_LETTER_QUEUE_URL", "URL of its dead-letter queue"),
    RECONCILIATIONS("BRIDGE_RECONCILIATION_QUEUE_URL", "URL of the queue that continues a reconciliation");

    private final String variable;
    private final String meaning;

    Setting(String variable, String meaning) {
        this.variable = variable;
        this.meaning = meaning;
    }

    Optional<String> in(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isBlank());
    }

    /** Throws an {@link IllegalArgumentException} with one sentence that names all missing settings. */
    public static void require(Map<String, String> environment, Setting... needed) {
        String missing = Stream.concat(Stream.of(REGION), Stream.of(needed))
                .filter(setting -> setting.in(environment).isEmpty())
                .map(Setting::described)
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("set in the environment: " + missing);
        }
    }

    /** Throws an {@link IllegalArgumentException} with one sentence that names it, if it is missing. */
    public String value(Map<String, String> environment) {
        return in(environment)
                .orElseThrow(() -> new IllegalArgumentException("set in the environment: " + described()));
    }

    /** The stack's name for its metrics. The template sets it; a function must not fail for want of it. */
    public static String stack(Map<String, String> environment) {
        return STACK.in(environment).orElse("unnamed");
    }

    /** For a message: {@code BRIDGE_QUEUE_URL (URL of the delivery queue)}. */
    private String described() {
        return variable + " (" + meaning + ")";
    }
}
