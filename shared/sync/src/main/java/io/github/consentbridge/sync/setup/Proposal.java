package io.github.consentbridge.sync.setup;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Columns that could show a value.
 *
 * @param candidates the best first; empty if no column resembles it
 * @param isCertain whether the first one can be taken without asking
 */
public record Proposal(MappableValue value, List<ColumnChoice> candidates, boolean isCertain) {
    public Proposal {
        candidates = List.copyOf(candidates);
    }

    public Optional<ColumnChoice> best() {
        return candidates.stream().findFirst();
    }

    /** Why it is not taken without asking, as the rest of a sentence. */
    public String whyLeftOut() {
        if (candidates.isEmpty()) {
            return "no column that can show it has a similar name";
        }
        ColumnChoice best = candidates.get(0);
        if (candidates.size() == 1 && !best.unmatched().isEmpty()) {
            return best.column().name() + " has no option for "
                    + String.join(", ", best.unmatched().values());
        }
        return "it may belong to "
                + candidates.stream().map(choice -> choice.column().name()).collect(Collectors.joining(" or "))
                + ", but the names do not say so clearly";
    }
}
