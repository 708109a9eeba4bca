package io.github.consentbridge.mapping.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.mapping.json.JsonObjectReader;
import io.github.consentbridge.mapping.json.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code mappings}; the properties give the defaults. */
final class MappingReader {
    static final Set<String> KEYS = Set.of("id", "value", "invert", "options", "direction", "regulation", "wins");
    static final Set<String> VALUE_KEYS = Set.of("purpose", "preference", "channel", "property");

    private final Integration defaults;
    private final List<Problem> problems;

    /** @param defaults an integration without mappings */
    MappingReader(Integration defaults, List<Problem> problems) {
        this.defaults = defaults;
        this.problems = problems;
    }

    List<Mapping> read(JsonObjectReader document) {
        List<JsonNode> entries = document.list("mappings");
        if (!document.has("mappings") || (document.raw("mappings").isArray() && entries.isEmpty())) {
            document.problem("mappings", "must map at least one column: add {\"id\": …, \"value\": …}");
        }
        DidomiPathParser parser = new DidomiPathParser(KnownIds.NONE.and(certainPaths(entries)));
        MappingRules rules = new MappingRules(defaults.contactKey());
        List<Mapping> mappings = new ArrayList<>();
        for (int index = 0; index < entries.size(); index++) {
            JsonObjectReader entry =
                    JsonObjectReader.of(entries.get(index), document.pointer() + "/mappings/" + index, problems);
            Optional<Mapping> mapping = mapping(entry, parser, rules);
            if (mapping.isPresent()) {
                rules.check(mapping.get(), entry);
                mappings.add(mapping.get());
            }
        }
        return mappings;
    }

    /** The ids in object forms and in strings with a single reading. */
    private static List<DidomiPath> certainPaths(List<JsonNode> entries) {
        List<DidomiPath> paths = new ArrayList<>();
        for (JsonNode entry : entries) {
            JsonNode value = entry.path("value");
            if (value.isObject()) {
                Optional<DidomiPath> path = objectPath(JsonObjectReader.of(value, "", new ArrayList<>()));
                if (path.isPresent()) {
                    paths.add(path.get());
                }
            } else if (value.isTextual()) {
                List<DidomiPath> readings = DidomiPathParser.readings(value.textValue());
                paths.addAll(readings.size() == 1 ? readings : List.of());
            }
        }
        return paths;
    }

    /** The mapping as far as it can be read, so that the rules can check the rest of it. */
    private Optional<Mapping> mapping(JsonObjectReader entry, DidomiPathParser parser, MappingRules rules) {
        if (!entry.isObject()) {
            return Optional.empty();
        }
        entry.onlyKnown(KEYS);
        Optional<AttributeName> column = required(entry, "id", IntegrationReader.column(entry, "id"));
        Optional<DidomiPath> path = required(entry, "value", path(entry, parser));
        boolean invert = entry.flag("invert", false);
        Map<String, Integer> options = options(entry);
        Optional<Direction> direction = entry.word("direction", Direction.class);
        Regulation regulation = IntegrationReader.regulation(entry).orElse(defaults.regulation());
        Wins wins = entry.word("wins", Wins.class).orElse(defaults.wins());
        if (column.isPresent()) {
            rules.checkColumn(column.get(), entry);
        }
        if (column.isEmpty() || path.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Mapping(
                column.get(),
                path.get(),
                invert,
                options,
                direction.orElse(direction(path.get())),
                regulation,
                wins,
                entry.has("invert")));
    }

    private Direction direction(DidomiPath path) {
        return defaults.bidirectional() && path.isConsent() ? Direction.BOTH : Direction.TO_DYNAMICS;
    }

    private static <T> Optional<T> required(JsonObjectReader entry, String name, Optional<T> value) {
        if (!entry.has(name)) {
            entry.problem(name, "is missing: add it");
        }
        return value;
    }

    private static Optional<DidomiPath> path(JsonObjectReader entry, DidomiPathParser parser) {
        JsonNode value = entry.raw("value");
        if (value.isObject()) {
            return objectPath(entry.object("value"));
        }
        if (!value.isMissingNode() && !value.isTextual()) {
            entry.problem("value", "must be text or an object, not " + JsonObjectReader.kind(value));
            return Optional.empty();
        }
        Optional<String> text = entry.text("value");
        try {
            return text.isPresent() ? Optional.of(parser.parse(text.get())) : Optional.empty();
        } catch (IllegalArgumentException unreadable) {
            entry.problem("value", String.valueOf(unreadable.getMessage()));
            return Optional.empty();
        }
    }

    private static Optional<DidomiPath> objectPath(JsonObjectReader value) {
        value.onlyKnown(VALUE_KEYS);
        Map<String, String> parts = new LinkedHashMap<>();
        for (String name : value.names()) {
            Optional<String> id = value.text(name);
            if (id.isPresent()) {
                parts.put(name, id.get());
            }
        }
        return parts.size() < value.names().size() || !VALUE_KEYS.containsAll(parts.keySet())
                ? Optional.empty()
                : checked(value, parts);
    }

    private static Optional<DidomiPath> checked(JsonObjectReader value, Map<String, String> parts) {
        try {
            return Optional.of(DidomiPath.ofParts(parts));
        } catch (IllegalArgumentException nothingNamed) {
            value.problem("must name a purpose, a preference or a channel, or a property and nothing else");
            return Optional.empty();
        }
    }

    private static Map<String, Integer> options(JsonObjectReader entry) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        if (entry.has("options")) {
            JsonObjectReader options = entry.object("options");
            for (String id : options.names()) {
                Optional<Integer> number = options.wholeNumber(id);
                if (number.isPresent()) {
                    numbers.put(id, number.get());
                }
            }
            if (options.isObject() && options.names().isEmpty()) {
                entry.problem("options", "is empty: name the Didomi values and their option numbers, or leave it out");
            }
        }
        return numbers;
    }
}
