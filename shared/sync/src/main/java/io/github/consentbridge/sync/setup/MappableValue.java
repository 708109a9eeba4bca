package io.github.consentbridge.sync.setup;

import io.github.consentbridge.connectors.didomi.DidomiCatalog;
import io.github.consentbridge.connectors.didomi.DidomiCatalog.Preference;
import io.github.consentbridge.connectors.didomi.DidomiCatalog.Purpose;
import io.github.consentbridge.connectors.didomi.DidomiCatalog.Value;
import io.github.consentbridge.mapping.document.DidomiPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A Didomi value that a contact column can show: whether a purpose is granted, or what was chosen for a preference.
 *
 * @param names its id and the names that people read
 * @param answers what can be chosen for a preference; empty for a purpose, which is granted or refused
 * @param several whether more than one answer can be chosen
 */
public record MappableValue(DidomiPath path, List<String> names, List<Value> answers, boolean several) {
    public MappableValue {
        names = List.copyOf(names);
        answers = List.copyOf(answers);
    }

    /** Everything that an organization asks: purposes, then preferences, one for each purpose that they belong to. */
    public static List<MappableValue> of(DidomiCatalog catalog) {
        List<MappableValue> values = new ArrayList<>();
        for (Purpose purpose : catalog.purposes()) {
            values.add(new MappableValue(
                    new DidomiPath.Purpose(purpose.id()), with(purpose.id(), purpose.names()), List.of(), false));
        }
        for (Preference preference : catalog.preferences()) {
            List<String> purposes = purposes(preference, catalog);
            if (purposes.isEmpty()) {
                values.add(of(preference, new DidomiPath.Preference(null, preference.id()), List.of()));
            }
            for (String purpose : purposes) {
                values.add(of(preference, new DidomiPath.Preference(purpose, preference.id()), List.of(purpose)));
            }
        }
        return values;
    }

    /** Where the only purpose is known, a preference can belong to that one only. */
    private static List<String> purposes(Preference preference, DidomiCatalog catalog) {
        return preference.purposes().isEmpty() && catalog.purposes().size() == 1
                ? List.of(catalog.purposes().get(0).id())
                : preference.purposes();
    }

    private static MappableValue of(Preference preference, DidomiPath path, List<String> purposes) {
        List<String> names = new ArrayList<>(with(preference.id(), preference.names()));
        for (String purpose : purposes) {
            with(preference.id(), preference.names()).forEach(name -> names.add(purpose + " " + name));
        }
        return new MappableValue(path, names, preference.values(), preference.several());
    }

    private static List<String> with(String id, List<String> names) {
        List<String> all = new ArrayList<>(List.of(id));
        all.addAll(names);
        return all;
    }

    /** Whether it is granted or refused. */
    public boolean isPurpose() {
        return path instanceof DidomiPath.Purpose;
    }

    /** How people type it: the purpose's id, or purpose and preference with a slash between them. */
    public String id() {
        Map<String, String> parts = path.parts();
        return String.join("/", parts.values());
    }

    /** The id, and the name where it says more. */
    public String title() {
        return names.size() < 2 || names.get(1).equals(names.get(0)) ? id() : id() + " (" + names.get(1) + ")";
    }

    /** What a column with options needs a number for, with what people read: granted and refused, or each answer. */
    public Map<String, String> keys() {
        Map<String, String> keys = new TreeMap<>();
        if (isPurpose()) {
            keys.put("true", "granted");
            keys.put("false", "refused");
        }
        answers.forEach(answer -> keys.put(
                answer.id(),
                Optional.of(answer.names())
                        .filter(all -> !all.isEmpty())
                        .map(all -> all.get(0))
                        .orElse(answer.id())));
        return keys;
    }
}
