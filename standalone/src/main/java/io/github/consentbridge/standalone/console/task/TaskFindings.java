package io.github.consentbridge.standalone.console.task;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.sync.reconciliation.Difference;
import io.github.consentbridge.sync.reconciliation.ReconciliationJson;
import io.github.consentbridge.sync.reconciliation.Unresolved;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a scan has found. So many findings are kept, in the order in which they were found; further ones are only counted. Safe for use by
 * several threads.
 */
public final class TaskFindings {
    /** Of one task, of all its lists together. */
    public static final int MAX_KEPT = 100_000;

    /** Mappings and reasons are few; this bounds what a system's own words may add. */
    private static final int MAX_GROUPS = 500;

    private static final Group OTHER = new Group("", "", "other reasons");

    private final int max;
    private final List<Difference> differences = new ArrayList<>();
    private final List<Unresolved> unresolved = new ArrayList<>();
    private final List<Failed> failed = new ArrayList<>();
    private final Map<Group, Long> groups = new LinkedHashMap<>();
    private long found;
    private long foundUnresolved;
    private long foundFailed;

    /** A person who could not be settled. */
    private record Failed(String key, String reason) {}

    private record Group(String mapping, String side, String reason) {}

    TaskFindings() {
        this(MAX_KEPT);
    }

    TaskFindings(int max) {
        this.max = max;
    }

    synchronized void add(Difference difference) {
        found++;
        count(new Group(difference.mapping(), difference.side().word(), FindingReason.general(difference.reason())));
        if (hasRoom()) {
            differences.add(difference);
        }
    }

    private void count(Group group) {
        boolean fits = groups.containsKey(group) || groups.size() < MAX_GROUPS;
        groups.merge(fits ? group : OTHER, 1L, Long::sum);
    }

    synchronized void add(Unresolved one) {
        foundUnresolved++;
        if (hasRoom()) {
            unresolved.add(one);
        }
    }

    synchronized void addFailed(String key, String reason) {
        foundFailed++;
        if (hasRoom()) {
            failed.add(new Failed(key, reason));
        }
    }

    private boolean hasRoom() {
        return kept() < max;
    }

    /** How many are kept. */
    synchronized int kept() {
        return differences.size() + unresolved.size() + failed.size();
    }

    /** Forgets everything but the counts. */
    synchronized void forget() {
        differences.clear();
        unresolved.clear();
        failed.clear();
    }

    /** {@code {"total","by":[{"mapping","side","reason","count"}]}}, of the differences. */
    public synchronized ObjectNode summary() {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("total", found);
        ArrayNode by = node.putArray("by");
        groups.forEach((group, count) -> by.addObject()
                .put("mapping", group.mapping())
                .put("side", group.side())
                .put("reason", group.reason())
                .put("count", count));
        return node;
    }

    /** {@code {"total","items":[…],"truncated"}}: {@code total} counts what is selected among what is kept. */
    public synchronized ObjectNode differences(FindingQuery query, int offset, int limit) {
        return page(
                differences,
                one -> query.selects(one.mapping(), one.reason(), one.key(), one.contactId()),
                ReconciliationJson::difference,
                found,
                offset,
                limit);
    }

    /** The same of the differences that no write or event repairs. */
    public synchronized ObjectNode unresolved(FindingQuery query, int offset, int limit) {
        return page(
                unresolved,
                one -> query.selects(one.mapping(), one.reason(), one.key(), one.contactId()),
                ReconciliationJson::unresolved,
                foundUnresolved,
                offset,
                limit);
    }

    /** The same of people who could not be settled: {@code {"key","reason"}}. */
    public synchronized ObjectNode failed(FindingQuery query, int offset, int limit) {
        return page(
                failed,
                one -> query.selects(null, one.reason(), one.key(), null),
                one -> JsonNodeFactory.instance
                        .objectNode()
                        .put("key", one.key())
                        .put("reason", one.reason()),
                foundFailed,
                offset,
                limit);
    }

    private static <T> ObjectNode page(
            List<T> all, Predicate<T> selected, Function<T, ObjectNode> json, long found, int offset, int limit) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        int matching = 0;
        for (T one : all) {
            if (selected.test(one)) {
                if (matching >= offset && items.size() < limit) {
                    items.add(json.apply(one));
                }
                matching++;
            }
        }
        node.put("total", matching).put("truncated", all.size() < found).set("items", items);
        return node;
    }
}
