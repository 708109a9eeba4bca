package io.github.consentbridge.sync.setup;

import io.github.consentbridge.connectors.dataverse.metadata.LabelledColumn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Proposes columns for Didomi's purposes and preferences by name: columns for yes or no for purposes, choice columns for
 * preferences. A column is proposed once. What is certain can be taken without asking; a wrong mapping would make one
 * person's answer look like another one, so in doubt nothing is certain.
 */
public final class MappingProposals {
    private static final Comparator<ColumnChoice> BEST_FIRST = Comparator.comparing(ColumnChoice::resemblance)
            .reversed()
            .thenComparing(choice -> choice.unmatched().size())
            .thenComparing(choice -> choice.column().name());

    private MappingProposals() {}

    /** One proposal for each value, in their order. */
    public static List<Proposal> of(List<MappableValue> values, Collection<LabelledColumn> columns) {
        Map<MappableValue, List<ColumnChoice>> candidates = new LinkedHashMap<>();
        values.forEach(value -> candidates.put(value, candidates(value, columns)));
        Map<String, Integer> claims = claims(candidates.values());
        Set<String> taken = new HashSet<>();
        Set<MappableValue> certain = new HashSet<>();
        candidates.forEach((value, choices) -> {
            if (isCertain(choices, claims)) {
                certain.add(value);
                taken.add(choices.get(0).column().name());
            }
        });
        List<Proposal> proposals = new ArrayList<>();
        candidates.forEach((value, choices) -> proposals.add(
                certain.contains(value)
                        ? new Proposal(value, choices, true)
                        : new Proposal(value, without(taken, choices), false)));
        return proposals;
    }

    private static List<ColumnChoice> candidates(MappableValue value, Collection<LabelledColumn> columns) {
        return columns.stream()
                .filter(column -> value.isPurpose() == column.metadata().type().equals("BooleanType"))
                .filter(column -> value.isPurpose() || ColumnChoice.hasOptions(column))
                .flatMap(column -> ColumnChoice.of(value, column).stream())
                .filter(choice -> choice.resemblance() != Resemblance.NONE)
                .sorted(BEST_FIRST)
                .toList();
    }

    /** How many values have the very name of a column. */
    private static Map<String, Integer> claims(Collection<List<ColumnChoice>> candidates) {
        Map<String, Integer> claims = new HashMap<>();
        candidates.forEach(choices -> choices.stream()
                .filter(choice -> choice.resemblance() == Resemblance.SAME)
                .forEach(choice -> claims.merge(choice.column().name(), 1, Integer::sum)));
        return claims;
    }

    private static boolean isCertain(List<ColumnChoice> choices, Map<String, Integer> claims) {
        return !choices.isEmpty()
                && choices.get(0).isCertain()
                && claims.get(choices.get(0).column().name()) == 1
                && choices.stream().skip(1).noneMatch(other -> other.resemblance() == Resemblance.SAME);
    }

    private static List<ColumnChoice> without(Set<String> taken, List<ColumnChoice> choices) {
        return choices.stream()
                .filter(choice -> !taken.contains(choice.column().name()))
                .toList();
    }
}
