package io.github.consentbridge.sync.history;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.settle.Decision;
import io.github.consentbridge.mapping.settle.Replica;
import io.github.consentbridge.mapping.settle.ReportedChoice;
import io.github.consentbridge.sync.report.DecisionReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which choices came and went between two states of a consent record, and which of them stands. */
final class ChoiceChanges {
    private static final String KNOWN_BEFORE = "stands again, or stood before this history began";

    private final ChangedRecord changed;
    private final List<HistoryEntry> entries = new ArrayList<>();
    private final Map<AttributeName, ConsentValue> shown = new HashMap<>();
    private int standing = -1;
    private @Nullable ConsentValue shownInDidomi;

    /** @param explained whether the history has an entry for the choice that stood before */
    ChoiceChanges(ChangedRecord changed, boolean explained) {
        this.changed = changed;
        this.shownInDidomi = changed.before().didomiValue();
        replicas(Side.DIDOMI, changed.before().users(), changed.after().users(), Function.identity());
        replicas(Side.DYNAMICS, changed.before().columns(), changed.after().columns(), AttributeName::logicalName);
        late();
        changed.after()
                .decision(changed.wins())
                .filter(now -> !explained || !stoodBefore(now))
                .ifPresent(this::stand);
    }

    /** In order. */
    List<HistoryEntry> entries() {
        return entries;
    }

    /** The position of the entry that explains the choice which stands now, if another one stood before. */
    OptionalInt standing() {
        return standing < 0 ? OptionalInt.empty() : OptionalInt.of(standing);
    }

    /** What columns show since a choice was made there. */
    Map<AttributeName, ConsentValue> shown() {
        return shown;
    }

    /** What Didomi shows as far as these choices and the state before say. */
    @Nullable
    ConsentValue shownInDidomi() {
        return shownInDidomi;
    }

    private boolean stoodBefore(Decision now) {
        return changed.before()
                .decision(changed.wins())
                .filter(old -> old.side() == now.side()
                        && old.value().equals(now.value())
                        && old.decidedAt().equals(now.decidedAt()))
                .isPresent();
    }

    /** Adds an entry if none of the new ones explains the choice: those that replaced it are gone, or it is older than this history. */
    private void stand(Decision now) {
        for (int index = 0; index < entries.size(); index++) {
            if (entries.get(index).kind() == HistoryKind.CHOICE) {
                standing = index;
            }
        }
        if (standing < 0) {
            Map<String, Replica> replicas = new TreeMap<>();
            if (now.side() == Side.DIDOMI) {
                replicas.putAll(changed.after().users());
            } else {
                changed.after().columns().forEach((column, replica) -> replicas.put(column.logicalName(), replica));
            }
            replicas.forEach((name, replica) -> again(now, name, replica));
        }
    }

    private void again(Decision now, String name, Replica replica) {
        @Nullable KnownChoice newest = KnownChoice.newest(KnownChoice.of(replica));
        if (newest != null && isOf(now, now.side(), newest.choice())) {
            standing = entries.size();
            entries.add(entry(
                    HistoryKind.CHOICE, now.side(), name, newest.choice(), newest.notBefore(), null, KNOWN_BEFORE));
            show(now.side(), name, newest, newest);
        }
    }

    private <K> void replicas(Side side, Map<K, Replica> old, Map<K, Replica> now, Function<K, String> name) {
        now.forEach((key, replica) -> {
            Replica known = old.getOrDefault(key, Replica.UNKNOWN);
            if (!replica.equals(known)) {
                replica(side, name.apply(key), known, replica);
            }
        });
        old.forEach((key, replica) -> {
            if (!now.containsKey(key) && isLost(side, replica)) {
                replica(side, name.apply(key), replica, Replica.UNKNOWN);
            }
        });
    }

    /** A user that is gone, and whose newest choice others have replaced, is forgotten without having lost a choice. */
    private boolean isLost(Side side, Replica replica) {
        @Nullable ReportedChoice newest = changed.after().choice(side);
        return KnownChoice.of(replica).stream()
                .anyMatch(known -> newest == null || known.choice().compareTo(newest) > 0);
    }

    private void replica(Side side, String name, Replica old, Replica now) {
        List<KnownChoice> known = KnownChoice.of(old);
        List<KnownChoice> left = KnownChoice.of(now);
        @Nullable KnownChoice newest = KnownChoice.newest(left);
        for (KnownChoice gone : known) {
            if (!gone.isIn(left)) {
                removal(gone, newest, now.reported())
                        .ifPresent(kind -> entries.add(removed(kind, side, name, gone, newest)));
            }
        }
        for (KnownChoice made : left) {
            if (!made.isIn(known)) {
                entries.add(chosen(side, name, made));
                show(side, name, made, newest);
            }
        }
    }

    private static Optional<HistoryKind> removal(
            KnownChoice gone, @Nullable KnownChoice newest, @Nullable ReportedChoice reported) {
        if (gone.canBe(reported)) {
            return Optional.of(HistoryKind.CORRECTED);
        }
        if (gone.isOlderThan(newest)) {
            return Optional.empty();
        }
        return Optional.of(gone.isInferred() ? HistoryKind.CORRECTED : HistoryKind.REVOKED);
    }

    private HistoryEntry removed(
            HistoryKind kind, Side side, String name, KnownChoice gone, @Nullable KnownChoice newest) {
        String reason = kind == HistoryKind.CORRECTED
                ? "the inferred choice was none, or is the one that was then reported"
                : side.label() + " no longer has this choice";
        return entry(
                kind,
                side,
                name,
                gone.choice(),
                newest == null ? null : newest.choice().decidedAt(),
                null,
                reason);
    }

    private HistoryEntry chosen(Side side, String name, KnownChoice made) {
        Optional<Decision> decision = changed.after().decision(changed.wins());
        boolean stands = decision.isPresent() && isOf(decision.get(), side, made.choice());
        String reason = decision.map(standing -> stands
                        ? DecisionReason.of(standing, changed.after(), changed.wins())
                        : DecisionReason.against(standing, changed.after(), changed.wins()))
                .orElse("");
        return entry(
                stands ? HistoryKind.CHOICE : HistoryKind.SUPERSEDED,
                side,
                name,
                made.choice(),
                made.notBefore(),
                by(side, name, made.choice()),
                reason);
    }

    private HistoryEntry entry(
            HistoryKind kind,
            Side side,
            String name,
            ReportedChoice choice,
            @Nullable Instant notBefore,
            @Nullable String by,
            String reason) {
        return new HistoryEntry(
                changed.at(),
                kind,
                changed.id(),
                side,
                name,
                choice.value(),
                choice.decidedAt(),
                notBefore,
                choice.rowVersion(),
                by,
                choice.delivery(),
                null,
                null,
                reason);
    }

    private void show(Side side, String name, KnownChoice made, @Nullable KnownChoice newest) {
        if (side == Side.DYNAMICS) {
            if (made.equals(newest)) {
                shown.put(new AttributeName(name), made.choice().value());
            }
        } else if (made.choice().equals(changed.after().choice(Side.DIDOMI))) {
            shownInDidomi = made.choice().value();
        }
    }

    private @Nullable String by(Side side, String name, ReportedChoice made) {
        return changed.facts().choices().stream()
                .filter(choice -> isOf(choice, side, name)
                        && choice.value().equals(made.value())
                        && choice.delivery().equals(made.delivery()))
                .map(Choice::by)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private boolean isOf(Choice choice, Side side, String name) {
        String replica =
                choice.column() == null ? choice.userId() : choice.column().logicalName();
        return choice.recordId().equals(changed.id())
                && (choice.column() == null) == (side == Side.DIDOMI)
                && name.equals(replica);
    }

    static boolean isOf(Decision decision, Side side, ReportedChoice choice) {
        return decision.side() == side
                && decision.value().equals(choice.value())
                && decision.decidedAt().equals(choice.decidedAt());
    }

    /** Choices that changed nothing because a newer one of the same replica was known. */
    private void late() {
        changed.facts().late().stream()
                .filter(choice -> choice.recordId().equals(changed.id()))
                .sorted(Comparator.comparing(Choice::decidedAt))
                .forEach(choice -> entries.add(late(choice)));
    }

    private HistoryEntry late(Choice choice) {
        Side side = choice.column() == null ? Side.DIDOMI : Side.DYNAMICS;
        String name = choice.column() == null
                ? Objects.requireNonNull(choice.userId())
                : choice.column().logicalName();
        ReportedChoice reported =
                new ReportedChoice(choice.value(), choice.decidedAt(), choice.rowVersion(), choice.delivery());
        return entry(
                HistoryKind.SUPERSEDED,
                side,
                name,
                reported,
                null,
                choice.by(),
                "a newer choice was already known when this one was reported");
    }
}
