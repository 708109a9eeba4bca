package io.github.consentbridge.mapping.document;

import io.github.consentbridge.mapping.json.ClosestName;
import io.github.consentbridge.mapping.json.JsonObjectReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Checks the rules for single mappings and for all mappings together. */
final class MappingRules {
    private static final Set<String> FLAGS = Set.of("true", "false");

    private final AttributeName contactKey;
    private final Set<AttributeName> columns = new HashSet<>();
    private final List<Mapping> earlier = new ArrayList<>();

    MappingRules(AttributeName contactKey) {
        this.contactKey = contactKey;
    }

    void check(Mapping mapping, JsonObjectReader entry) {
        checkProperty(mapping, entry);
        checkOptions(mapping, entry.inside("options"), entry);
        for (Mapping other : earlier) {
            checkSameValue(mapping, other, entry);
        }
        earlier.add(mapping);
    }

    void checkColumn(AttributeName column, JsonObjectReader entry) {
        if (column.equals(contactKey)) {
            entry.problem(
                    "id",
                    "column %s holds the organization user id (contact_key): map another column".formatted(column));
        }
        if (!columns.add(column)) {
            entry.problem("id", "column %s is mapped twice: keep one mapping".formatted(column));
        }
    }

    private static void checkProperty(Mapping mapping, JsonObjectReader entry) {
        if (!(mapping.value() instanceof DidomiPath.Property property)) {
            return;
        }
        if (mapping.direction() != Direction.TO_DYNAMICS) {
            entry.problem("direction", "a property is only copied to Dynamics: write \"to_dynamics\" or leave it out");
        }
        if (mapping.invert()) {
            entry.problem("invert", "a property cannot be inverted: remove invert");
        }
        checkName(property.name(), entry);
    }

    /** Didomi may add fields, so only names that look like typing errors are refused. */
    private static void checkName(String name, JsonObjectReader entry) {
        String nearest = ClosestName.to(name, UserField.names());
        int changes = ClosestName.distance(name, nearest);
        if (changes > 0 && changes <= 2) {
            entry.problem("value", "the user has no field \"%s\": write \"%s\"".formatted(name, nearest));
        }
    }

    private static void checkOptions(Mapping mapping, JsonObjectReader options, JsonObjectReader entry) {
        if (options.names().isEmpty()) {
            return;
        }
        if (mapping.invert()) {
            entry.problem("invert", "options already say what is written: remove invert and exchange the numbers");
        }
        checkFlagKeys(mapping, Set.copyOf(options.names()), entry);
        checkSelectionKeys(mapping, options);
        checkOneToOne(mapping, options);
    }

    private static void checkFlagKeys(Mapping mapping, Set<String> keys, JsonObjectReader entry) {
        boolean flags = mapping.value().isConsent() && !(mapping.value() instanceof DidomiPath.Preference);
        boolean mixed = mapping.value() instanceof DidomiPath.Preference && !Collections.disjoint(keys, FLAGS);
        if ((flags || mixed) && !keys.equals(FLAGS)) {
            entry.problem("options", "must name \"true\" and \"false\" and nothing else: a refusal needs a number too");
        }
    }

    private static void checkSelectionKeys(Mapping mapping, JsonObjectReader options) {
        if (!(mapping.value() instanceof DidomiPath.Preference)) {
            return;
        }
        for (String id : options.names()) {
            if (id.contains(",") || !id.strip().equals(id) || id.isEmpty()) {
                options.problem(id, "must be the id of one value: write one key per value");
            }
        }
    }

    /** A value that is read back must equal the value that was written, and a grant must never look like a refusal. */
    private static void checkOneToOne(Mapping mapping, JsonObjectReader options) {
        boolean readBack = mapping.direction().writesDidomi() || OptionTable.namesFlags(mapping);
        Map<Integer, String> ids = new HashMap<>();
        for (Map.Entry<String, Integer> option : new TreeMap<>(mapping.options()).entrySet()) {
            @Nullable String other = ids.putIfAbsent(option.getValue(), option.getKey());
            if (other != null && readBack) {
                options.problem(
                        option.getKey(),
                        "has the same number as \"%s\", and the two cannot be distinguished when read back:"
                                        .formatted(other)
                                + " give it its own, or set direction to \"to_dynamics\"");
            }
        }
    }

    private static void checkSameValue(Mapping mapping, Mapping other, JsonObjectReader entry) {
        if (!mapping.regulation().equals(other.regulation())) {
            return;
        }
        if (mapping.value().equals(other.value()) && mapping.wins() != other.wins()) {
            entry.problem(
                    "wins",
                    "must be the same as for column %s, which shows the same Didomi value".formatted(other.column()));
        }
        if (overlap(mapping.value(), other.value())
                && (mapping.direction().writesDidomi() || other.direction().writesDidomi())) {
            entry.problem(
                    "value",
                    "names the same preference as column %s, once with a purpose and once without: use one form"
                            .formatted(other.column()));
        }
    }

    /** A preference without a purpose is the one under any purpose, so two such mappings would undo each other. */
    private static boolean overlap(DidomiPath one, DidomiPath other) {
        Map<String, String> parts = new TreeMap<>(one.parts());
        Map<String, String> otherParts = new TreeMap<>(other.parts());
        boolean samePurpose = Objects.equals(parts.remove("purpose"), otherParts.remove("purpose"));
        return !samePurpose
                && (one.parts().get("purpose") == null || other.parts().get("purpose") == null)
                && parts.equals(otherParts)
                && parts.containsKey("preference");
    }
}
