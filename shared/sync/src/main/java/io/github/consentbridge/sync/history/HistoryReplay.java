package io.github.consentbridge.sync.history;

import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.Wins;
import io.github.consentbridge.mapping.settle.Decision;
import io.github.consentbridge.mapping.settle.ReportedChoice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A person's state as their history alone gives it: now, and at any time in the past. */
public final class HistoryReplay {
    private final Map<ConsentRecordId, List<Made>> choices = new LinkedHashMap<>();
    private final Map<Place, List<Seen>> seen = new LinkedHashMap<>();

    /** @param entries in order, without a gap at the end */
    public HistoryReplay(List<HistoryEntry> entries) {
        entries.forEach(this::add);
    }

    /** A choice that was made, and until when it counted. */
    private static final class Made {
        private final HistoryEntry entry;
        private @Nullable Instant removedAt;

        private Made(HistoryEntry entry) {
            this.entry = entry;
        }

        private boolean countsAt(@Nullable Instant time) {
            if (time == null) {
                return removedAt == null;
            }
            return !entry.choice().decidedAt().isAfter(time) && (removedAt == null || time.isBefore(removedAt));
        }

        private boolean isOf(HistoryEntry other) {
            boolean inferred =
                    other.kind().isRemoval() ? other.kind() == HistoryKind.CORRECTED : other.notBefore() != null;
            return isAt(other.side(), other.replica())
                    && (entry.notBefore() != null) == inferred
                    && new KnownChoice(entry.choice(), null).isSame(other.choice());
        }

        private boolean isAt(@Nullable Side side, @Nullable String replica) {
            return entry.side() == side && Objects.equals(entry.replica(), replica);
        }
    }

    /** Where a value is shown; the replica is null for Didomi. */
    private record Place(ConsentRecordId id, @Nullable String column) {}

    /**
     * What a side showed.
     *
     * @param value null if it showed nothing
     */
    public record ShownValue(@Nullable ConsentValue value) {}

    private record Seen(Instant at, @Nullable ConsentValue value) {}

    /** The same person's next entry. */
    void add(HistoryEntry entry) {
        @Nullable ConsentRecordId id = entry.recordId();
        if (id == null) {
            // Without a value: whatever a discarded delivery reports was never known.
            if (entry.kind() == HistoryKind.ERASURE) {
                eraseAll(entry);
            }
        } else if (entry.kind().isChoice()) {
            choose(id, entry);
        } else if (entry.kind().isRemoval()) {
            remove(id, entry);
        } else {
            see(new Place(id, entry.side() == Side.DIDOMI ? null : entry.replica()), entry.at(), entry.value());
        }
    }

    private void eraseAll(HistoryEntry erasure) {
        Instant at = erasure.decidedAt() == null ? erasure.at() : erasure.decidedAt();
        choices.values().stream()
                .flatMap(Collection::stream)
                .filter(made -> made.removedAt == null)
                .forEach(made -> made.removedAt = at);
        seen.clear();
    }

    private void choose(ConsentRecordId id, HistoryEntry entry) {
        List<Made> all = choices.computeIfAbsent(id, none -> new ArrayList<>());
        Optional<Made> known = all.stream().filter(made -> made.isOf(entry)).findFirst();
        known.ifPresentOrElse(made -> made.removedAt = null, () -> all.add(new Made(entry)));
        boolean newest = all.stream()
                .filter(made -> made.removedAt == null && isSamePlace(made.entry, entry))
                .allMatch(made -> made.isOf(entry) || made.entry.choice().compareTo(entry.choice()) < 0);
        if (newest) {
            Place place = new Place(id, entry.side() == Side.DIDOMI ? null : entry.replica());
            Instant decidedAt = entry.choice().decidedAt();
            see(place, decidedAt.isBefore(lastSeen(place)) ? entry.at() : decidedAt, entry.value());
        }
    }

    /** All of Didomi's users show one value; each contact column shows its own. */
    private static boolean isSamePlace(HistoryEntry one, HistoryEntry other) {
        return one.side() == other.side()
                && (one.side() == Side.DIDOMI || Objects.equals(one.replica(), other.replica()));
    }

    private void remove(ConsentRecordId id, HistoryEntry removal) {
        List<Made> all = choices.getOrDefault(id, new ArrayList<>());
        @Nullable Instant left = removal.notBefore();
        Predicate<Made> gone = made -> made.isAt(removal.side(), removal.replica())
                && (made.isOf(removal)
                        || left == null
                        || made.entry.choice().decidedAt().isAfter(left));
        if (removal.kind() == HistoryKind.CORRECTED) {
            all.removeIf(gone);
        } else {
            all.stream()
                    .filter(gone)
                    .filter(made -> made.removedAt == null)
                    .forEach(made -> made.removedAt = removal.at());
        }
    }

    /** A side shows a choice from when it was made, unless something later was seen there before it became known. */
    private Instant lastSeen(Place place) {
        List<Seen> all = seen.getOrDefault(place, List.of());
        return all.isEmpty() ? Instant.MIN : all.get(all.size() - 1).at();
    }

    private void see(Place place, Instant at, @Nullable ConsentValue value) {
        seen.computeIfAbsent(place, none -> new ArrayList<>()).add(new Seen(at, value));
    }

    /** The choice that stands now. */
    public Optional<Decision> decision(ConsentRecordId id, Wins wins) {
        return decision(id, wins, null);
    }

    /** The choice that was the newest of those made by then, whenever we learned of it. */
    public Optional<Decision> decisionAt(ConsentRecordId id, Wins wins, Instant time) {
        return decision(id, wins, time);
    }

    private Optional<Decision> decision(ConsentRecordId id, Wins wins, @Nullable Instant time) {
        return Optional.ofNullable(
                Decision.between(newest(id, Side.DIDOMI, time), newest(id, Side.DYNAMICS, time), wins));
    }

    private @Nullable ReportedChoice newest(ConsentRecordId id, Side side, @Nullable Instant time) {
        return choices.getOrDefault(id, List.of()).stream()
                .filter(made -> made.entry.side() == side && made.countsAt(time))
                .map(made -> made.entry.choice())
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** The entry that added this choice, of those that did the newest. */
    public HistoryEntry entryOf(ConsentRecordId id, Decision decision) {
        return choices.getOrDefault(id, List.of()).stream()
                .map(made -> made.entry)
                .filter(entry -> entry.side() == decision.side()
                        && entry.choice().value().equals(decision.value())
                        && entry.choice().decidedAt().equals(decision.decidedAt()))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new IllegalArgumentException("the choice is not one of this history"));
    }

    /**
     * What Didomi, or a contact column, showed last.
     *
     * @param column null for Didomi
     * @return empty if the history does not say
     */
    public Optional<ShownValue> shown(ConsentRecordId id, @Nullable String column) {
        List<Seen> all = seen.getOrDefault(new Place(id, column), List.of());
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(new ShownValue(all.get(all.size() - 1).value()));
    }

    /** The same at a time in the past: a choice shows from when it was made, anything else from when it was written or seen. */
    public Optional<ShownValue> shownAt(ConsentRecordId id, @Nullable String column, Instant time) {
        return seen.getOrDefault(new Place(id, column), List.of()).stream()
                .filter(value -> !value.at().isAfter(time))
                .reduce((earlier, later) -> later)
                .map(value -> new ShownValue(value.value()));
    }

    /** The Didomi values of which the history knows a choice. */
    public List<ConsentRecordId> records() {
        return List.copyOf(choices.keySet());
    }
}
