package io.github.consentbridge.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.aws.Deployment;
import io.github.consentbridge.aws.Setting;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/**
 * The stack on AWS that the environment names, by the lines that the stack has as an output. Operators work on its stores
 * with the same commands as on a data folder.
 */
final class Deployed {
    private static final String INTEGRATION = "BRIDGE_INTEGRATION";

    private Deployed() {}

    /** Whether a command is meant for a stack: its ledger is named, and no data folder is. */
    static boolean isMeant(CommonOptions places) {
        return places.data == null
                && !System.getenv().getOrDefault("BRIDGE_LEDGER_TABLE", "").isBlank();
    }

    /**
     * The stack.
     *
     * @throws UsageException with one sentence that names everything that is missing, or what cannot be used
     */
    static Deployment stack(CommonOptions places) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putIfAbsent(INTEGRATION, places.config.toString());
        // What a command does is in its report; its output is no place for the journal's lines.
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
        try {
            Deployment stack = new Deployment(
                    environment,
                    nowhere,
                    Clock.systemUTC(),
                    Setting.SECRET,
                    Setting.LEDGER,
                    Setting.QUEUE,
                    Setting.DEAD_LETTERS);
            // Both are read when first used; what is wrong with them is the operator's to hear, in one sentence.
            stack.integration();
            stack.endpoints();
            return stack;
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }
}
