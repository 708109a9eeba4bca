package io.github.consentbridge.mapping.document;

import io.github.consentbridge.mapping.json.ClosestName;
import io.github.consentbridge.mapping.json.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds mappings of a valid document that must be refused whatever the columns are like. They are not errors of the
 * document: what writes nothing, such as taking in deliveries or explaining a value, goes on with it.
 */
public final class DocumentCheck {
    /** Dataverse's own columns that mean refusal: yes says that the person must not be contacted. */
    static final Set<String> REFUSAL_COLUMNS = Set.of(
            "donotemail",
            "donotbulkemail",
            "donotphone",
            "donotfax",
            "donotpostalmail",
            "donotbulkpostalmail",
            "donotsendmm");

    private static final int MAX_NAMED = 20;

    private DocumentCheck() {}

    /** Whether this is one of Dataverse's own columns in which yes means that the person must not be contacted. */
    public static boolean isRefusalColumn(AttributeName column) {
        return REFUSAL_COLUMNS.contains(column.logicalName());
    }

    /** Mappings that would destroy data, in mapping order. */
    public static List<Problem> problems(Integration integration) {
        List<Problem> problems = new ArrayList<>();
        for (int index = 0; index < integration.mappings().size(); index++) {
            Mapping mapping = integration.mappings().get(index);
            if (isRefusalColumn(mapping.column()) && !mapping.invertStated()) {
                problems.add(new Problem(
                        "/mappings/" + index,
                        ("column %s means refusal: add \"invert\": true, so that a grant is written as no, or"
                                        + " \"invert\": false if yes is to mean granted")
                                .formatted(mapping.column())));
            }
        }
        return problems;
    }

    /**
     * Mappings of purposes or preferences that Didomi does not list, in mapping order.
     *
     * @param listed what Didomi lists; a kind of which it lists none is not checked
     */
    public static List<Problem> unlisted(Integration integration, KnownIds listed) {
        List<Problem> problems = new ArrayList<>();
        for (int index = 0; index < integration.mappings().size(); index++) {
            String pointer = "/mappings/" + index + "/value";
            Map<String, String> parts =
                    integration.mappings().get(index).value().parts();
            unlisted("purpose", parts, listed.purposes())
                    .ifPresent(message -> problems.add(new Problem(pointer, message)));
            unlisted("preference", parts, listed.preferences())
                    .ifPresent(message -> problems.add(new Problem(pointer, message)));
        }
        return problems;
    }

    private static Optional<String> unlisted(String kind, Map<String, String> parts, Set<String> listed) {
        String id = parts.getOrDefault(kind, "");
        if (id.isEmpty() || listed.isEmpty() || listed.contains(id)) {
            return Optional.empty();
        }
        String names = listed.stream().sorted().limit(MAX_NAMED).collect(Collectors.joining(", "));
        return Optional.of("Didomi does not list the %s %s: write one that it lists, perhaps %s (%s%s)"
                .formatted(kind, id, ClosestName.to(id, listed), names, listed.size() > MAX_NAMED ? ", …" : ""));
    }
}
