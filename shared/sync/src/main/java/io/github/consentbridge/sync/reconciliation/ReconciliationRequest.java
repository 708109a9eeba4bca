package io.github.consentbridge.sync.reconciliation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.json.JsonObjectReader;
import io.github.consentbridge.mapping.json.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a run is asked to do. Its only wire form is {@code
 * {"scan":"full","dry_run":false,"initial":false,"force":false,"patience_seconds":600}}.
 *
 * @param dryRun writes nothing, neither in the other systems nor in the ledger
 * @param initial people who were never settled do not count towards the stop rule
 * @param force no change counts towards the stop rule
 * @param patience how long to wait for a system that fails
 */
public record ReconciliationRequest(Scan scan, boolean dryRun, boolean initial, boolean force, Duration patience) {
    /** How long a run waits unless it is asked otherwise. */
    public static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final List<String> MEMBERS = List.of("scan", "dry_run", "initial", "force", "patience_seconds");

    /** A request with the usual patience. */
    public ReconciliationRequest(Scan scan, boolean dryRun, boolean initial, boolean force) {
        this(scan, dryRun, initial, force, PATIENCE);
    }

    /**
     * Whether a run with this request finds out who is known on this side only. Who is in Dynamics only is known after a pass
     * through all Didomi users that was saved, which a dry run does not do.
     */
    public boolean countsOnlyIn(Side side) {
        return side == Side.DIDOMI ? scan != Scan.DYNAMICS : scan == Scan.FULL && !dryRun;
    }

    /** Whether this run continues one with the other request, however patient that was. */
    boolean continues(ReconciliationRequest other) {
        return with(PATIENCE).equals(other.with(PATIENCE));
    }

    private ReconciliationRequest with(Duration other) {
        return new ReconciliationRequest(scan, dryRun, initial, force, other);
    }

    /**
     * Reads the wire form. A missing {@code scan} is a full scan, a missing flag is false. Everything else must be exact: a
     * misspelt {@code dry_run} must not start a run that writes.
     *
     * @throws IllegalArgumentException with one sentence for each mistake
     */
    public static ReconciliationRequest of(JsonNode json) {
        List<Problem> problems = new ArrayList<>();
        JsonObjectReader reader = JsonObjectReader.of(json, "", problems);
        reader.onlyKnown(MEMBERS);
        Optional<Scan> scan = Scan.of(reader.text("scan").orElse(Scan.FULL.word()));
        if (scan.isEmpty()) {
            reader.problem("scan", "must be \"full\", \"didomi\" or \"dynamics\"");
        }
        ReconciliationRequest request = new ReconciliationRequest(
                scan.orElse(Scan.FULL),
                reader.flag("dry_run", false),
                reader.flag("initial", false),
                reader.flag("force", false),
                patience(json, reader));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.stream()
                    .map(Problem::toString)
                    .collect(Collectors.joining("; ", "cannot read the reconciliation request: ", "")));
        }
        return request;
    }

    private static Duration patience(JsonNode json, JsonObjectReader reader) {
        JsonNode seconds = json.path("patience_seconds");
        if (seconds.isMissingNode()) {
            return PATIENCE;
        }
        if (!seconds.canConvertToInt() || !seconds.isIntegralNumber() || seconds.intValue() < 0) {
            reader.problem("patience_seconds", "must be a number of seconds");
            return PATIENCE;
        }
        return Duration.ofSeconds(seconds.intValue());
    }

    /** The wire form. */
    public ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("scan", scan.word())
                .put("dry_run", dryRun)
                .put("initial", initial)
                .put("force", force)
                .put("patience_seconds", patience.toSeconds());
    }
}
