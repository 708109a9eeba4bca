package io.github.consentbridge.sync.reconciliation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.json.JsonObjectReader;
import io.github.consentbridge.mapping.json.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a run is asked to do. Its only wire form is {@code {"scan":"full","dry_run":false,"initial":false,"force":false}}.
 *
 * @param dryRun writes nothing, neither in the other systems nor in the ledger
 * @param initial people without a ledger entry do not count towards the stop rule
 * @param force no change counts towards the stop rule
 */
public record ReconciliationRequest(Scan scan, boolean dryRun, boolean initial, boolean force) {
    private static final List<String> MEMBERS = List.of("scan", "dry_run", "initial", "force");

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
                reader.flag("force", false));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.stream()
                    .map(Problem::toString)
                    .collect(Collectors.joining("; ", "cannot read the reconciliation request: ", "")));
        }
        return request;
    }

    /** The wire form. */
    public ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("scan", scan.word())
                .put("dry_run", dryRun)
                .put("initial", initial)
                .put("force", force);
    }
}
