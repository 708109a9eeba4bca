package io.github.consentbridge.aws;

import java.util.Map;
import java.util.Optional;

/** A variable of the environment that names a part of the deployment; the template sets them. */
public enum Setting {
    REGION("AWS_REGION", "the region of the stack"),
    SECRET("BRIDGE_SECRET_ID", "ARN or name of the secret"),
    LEDGER("BRIDGE_LEDGER_TABLE", "name of the DynamoDB table"),
    QUEUE("BRIDGE_QUEUE_URL", "URL of the delivery queue"),
    DEAD_LETTERS("BRIDGE_DEAD_LETTER_QUEUE_URL", "URL of its dead-letter queue"),
    RECONCILIATIONS("BRIDGE_RECONCILIATION_QUEUE_URL", "URL of the queue by which a reconciliation goes on");

    private final String variable;
    private final String meaning;

    Setting(String variable, String meaning) {
        this.variable = variable;
        this.meaning = meaning;
    }

    Optional<String> in(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isBlank());
    }

    /** For a message: {@code BRIDGE_QUEUE_URL (URL of the delivery queue)}. */
    String described() {
        return variable + " (" + meaning + ")";
    }
}
