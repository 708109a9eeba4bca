package io.github.consentbridge.standalone.operator;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.aws.Deployment;
import io.github.consentbridge.aws.Setting;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.sync.credentials.Credentials;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** The stack on AWS that the environment names; the stack has an output with exactly these variables. */
final class AwsHost implements OperatorHost {
    private static final String INTEGRATION = "BRIDGE_INTEGRATION";

    private final Deployment stack;

    /**
     * The stack.
     *
     * @throws BridgeException with one sentence that names everything that is missing or cannot be used
     */
    AwsHost(OperatorPlaces places) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putIfAbsent(INTEGRATION, places.config().toString());
        try {
            stack = new Deployment(
                    environment,
                    OperatorHost.discardedLog(),
                    Clock.systemUTC(),
                    Setting.SECRET,
                    Setting.LEDGER,
                    Setting.HISTORY,
                    Setting.QUEUE,
                    Setting.DEAD_LETTERS);
            // Both are read lazily; a mistake in them is to be reported here, as one sentence.
            stack.integration();
            stack.endpoints();
        } catch (IllegalArgumentException e) {
            throw new BridgeException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    /** Whether the environment names a stack and no data folder is given. */
    static boolean isNamed(OperatorPlaces places) {
        return !places.namesData()
                && !System.getenv().getOrDefault("BRIDGE_LEDGER_TABLE", "").isBlank();
    }

    @Override
    public Integration integration() {
        return stack.integration();
    }

    @Override
    public Credentials credentials() {
        return stack.credentials();
    }

    @Override
    public String stores() {
        return "the stack";
    }

    @Override
    public boolean isNew() {
        return false;
    }

    @Override
    public JsonNode health() {
        return stack.health();
    }

    @Override
    public OpenStores open() {
        return new OpenStores(OperatorHost.operations(stack), false, () -> {});
    }
}
