package io.github.consentbridge.sync.reconciliation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.sync.reconciliation.Difference.Shown;
import io.github.consentbridge.sync.report.ValueJson;
import java.util.Objects;

/** The JSON of what a run finds, as {@code reconcile --json} prints it. */
public final class ReconciliationJson {
    private static final double MILLISECONDS = 1000;

    private ReconciliationJson() {}

    /** {@code {"key","contact_id","mapping","side","didomi":{…},"dynamics":{…},"winner","reason","applied"}}. */
    public static ObjectNode difference(Difference difference) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("key", difference.key())
                .put("contact_id", difference.contactId())
                .put("mapping", difference.mapping())
                .put("side", word(difference.side()));
        shown(node.putObject("didomi"), difference.didomi());
        shown(node.putObject("dynamics"), difference.dynamics());
        return node.put("winner", word(difference.winner()))
                .put("reason", difference.reason())
                .put("applied", difference.applied());
    }

    /** {@code {"key","contact_id","mapping","didomi":{…},"dynamics":{…},"reason"}}. */
    public static ObjectNode unresolved(Unresolved unresolved) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("key", unresolved.key())
                .put("contact_id", unresolved.contactId())
                .put("mapping", unresolved.mapping());
        shown(node.putObject("didomi"), unresolved.didomi());
        shown(node.putObject("dynamics"), unresolved.dynamics());
        return node.put("reason", unresolved.reason());
    }

    private static void shown(ObjectNode node, Shown shown) {
        node.set("value", ValueJson.write(shown.value()));
        node.put("at", Objects.toString(shown.at(), null));
    }

    private static String word(Side side) {
        return side.word();
    }

    /** {@code {"read":{…},"changed","differences_found","only_in":{…},"unresolved_found","failed"}}. */
    public static ObjectNode totals(Totals totals) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.putObject("read").put("didomi", totals.didomi()).put("dynamics", totals.dynamics());
        node.put("differences_found", totals.differences()).put("changed", totals.changed());
        node.putObject("only_in").put("didomi", totals.onlyInDidomi()).put("dynamics", totals.onlyInDynamics());
        return node.put("unresolved_found", totals.unresolved()).put("failed", totals.failed());
    }

    /** The report without the differences, which the listener received before. */
    public static ObjectNode report(ReconciliationReport report) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("scan", report.request().scan().word())
                .put("dry_run", report.request().dryRun());
        node.setAll(totals(report.totals()));
        node.put("stopped", report.stopped().orElse(null)).put("finished", report.finished());
        node.putObject("requests").put("didomi", report.didomiRequests()).put("dataverse", report.dataverseRequests());
        ArrayNode registration = node.putArray("registration");
        report.registration().forEach(registration::add);
        return node.put("seconds", report.time().toMillis() / MILLISECONDS);
    }
}
