package io.github.consentbridge.sync.history;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.Wins;
import io.github.consentbridge.mapping.settle.ConsentRecord;
import io.github.consentbridge.mapping.settle.Decision;
import io.github.consentbridge.mapping.settle.ObservedValue;
import io.github.consentbridge.mapping.settle.PendingEvent;
import io.github.consentbridge.mapping.settle.PendingWrite;
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
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What changed between two states of one consent record, as history entries. Together with the entries before, they give
 * the newer state back: which choice stands, and what each side shows ({@link HistoryReplay}).
 */
final class RecordChanges {
    private static final String KNOWN_BEFORE = "stands again, or stood before this history began";
    private static final String FOUND = "its answer had been lost; it was found when the value was read again";

    private final ConsentRecordId id;
    private final ConsentRecord before;
    private final ConsentRecord after;
    private final Wins wins;
    private final HistoryFacts facts;
    private final Instant at;
    private final List<HistoryEntry> entries = new ArrayList<>();
    private int standing = -1;

    /** What the entries so far say a column shows. */
    private final Map<AttributeName, Optional<ConsentValue>> shown = new HashMap<>();

    private @Nullable ConsentValue shownInDidomi;

    RecordChanges(
            ConsentRecordId id, ConsentRecord before, ConsentRecord after, Wins wins, HistoryFacts facts, Instant at) {
        this.id = id;
        this.before = before;
        this.after = after;
        this.wins = wins;
        this.facts = facts;
        this.at = at;
        this.shownInDidomi = before.didomiValue();
    }

    /**
     * The entries in order.
     *
     * @param sameContact whether the columns are still those of the contact that was observed before
     * @param explained whether the history has an entry for the choice that stood before
     */
    List<HistoryEntry> entries(boolean sameContact, boolean explained) {
        replicas(Side.DIDOMI, before.users(), after.users(), Function.identity());
        replicas(Side.DYNAMICS, before.columns(), after.columns(), AttributeName::logicalName);
        late();
        after.decision(wins).filter(now -> !explained || !stoodBefore(now)).ifPresent(this::stand);
        new TreeSet<>(after.columns().keySet()).forEach(column -> column(column, sameContact));
        didomi();
        return entries;
    }

    /** The position of the entry that explains the choice which stands now, if another one stood before. */
    Optional<Integer> standing() {
        return standing < 0 ? Optional.empty() : Optional.of(standing);
    }

    private boolean stoodBefore(Decision now) {
        return before.decision(wins)
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
                replicas.putAll(after.users());
            } else {
                after.columns().forEach((column, replica) -> replicas.put(column.logicalName(), replica));
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
        @Nullable ReportedChoice newest = after.choice(side);
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
        Optional<Decision> decision = after.decision(wins);
        boolean stands = decision.isPresent() && isOf(decision.get(), side, made.choice());
        String reason = decision.map(standing -> DecisionReason.of(standing, after, wins))
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
                at,
                kind,
                id,
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
                shown.put(new AttributeName(name), Optional.of(made.choice().value()));
            }
        } else if (made.choice().equals(after.choice(Side.DIDOMI))) {
            shownInDidomi = made.choice().value();
        }
    }

    private @Nullable String by(Side side, String name, ReportedChoice made) {
        return facts.choices().stream()
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
        return choice.recordId().equals(id)
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
        facts.late().stream()
                .filter(choice -> choice.recordId().equals(id))
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

    private void column(AttributeName column, boolean sameContact) {
        Replica old = before.column(column);
        Replica now = after.column(column);
        @Nullable ObservedValue observed = now.observed();
        if ((now.equals(old) && !shown.containsKey(column)) || observed == null) {
            return;
        }
        @Nullable WrittenColumn written = facts.written().get(column);
        if (written != null) {
            entries.add(shown(HistoryKind.WRITE, Side.DYNAMICS, column.logicalName(), observed.value(), written, null));
            return;
        }
        boolean known = old.observed() != null || !sameContact;
        @Nullable
        ConsentValue last = old.observed() == null ? null : old.observed().value();
        @Nullable
        ConsentValue expected =
                shown.getOrDefault(column, Optional.ofNullable(last)).orElse(null);
        if ((known || shown.containsKey(column)) && !Objects.equals(expected, observed.value())) {
            boolean ours =
                    old.pending().stream().map(PendingWrite::value).anyMatch(value -> value.equals(observed.value()))
                            && now.pending().isEmpty();
            entries.add(shown(
                    ours ? HistoryKind.WRITE : HistoryKind.OBSERVED,
                    Side.DYNAMICS,
                    column.logicalName(),
                    observed.value(),
                    null,
                    ours ? FOUND : null));
        }
    }

    private void didomi() {
        for (PostedEvent posted : facts.posted()) {
            if (posted.event().recordId().equals(id) && isConfirmed(posted)) {
                entries.add(event(posted));
                shownInDidomi = posted.event().value();
            }
        }
        @Nullable ConsentValue value = after.didomiValue();
        if (Objects.equals(shownInDidomi, value)) {
            return;
        }
        Optional<PendingEvent> ours = before.pending().stream()
                .filter(event -> !event.confirmed()
                        && event.value().equals(value)
                        && !after.pending().contains(event))
                .findFirst();
        entries.add(shown(
                ours.isPresent() ? HistoryKind.EVENT : HistoryKind.OBSERVED,
                Side.DIDOMI,
                null,
                value,
                null,
                ours.isPresent() ? FOUND : null));
    }

    private boolean isConfirmed(PostedEvent posted) {
        return after.pending().stream()
                .anyMatch(event -> event.confirmed()
                        && event.value().equals(posted.event().value())
                        && event.createdAt().equals(posted.event().createdAt())
                        && !before.pending().contains(event));
    }

    private HistoryEntry event(PostedEvent posted) {
        return new HistoryEntry(
                at,
                HistoryKind.EVENT,
                id,
                Side.DIDOMI,
                null,
                posted.event().value(),
                posted.event().createdAt(),
                null,
                Choice.UNKNOWN_VERSION,
                null,
                posted.event().decision().delivery(),
                null,
                posted.id(),
                null);
    }

    private HistoryEntry shown(
            HistoryKind kind,
            Side side,
            @Nullable String replica,
            @Nullable ConsentValue value,
            @Nullable WrittenColumn written,
            @Nullable String reason) {
        return new HistoryEntry(
                at,
                kind,
                id,
                side,
                replica,
                value,
                null,
                null,
                Choice.UNKNOWN_VERSION,
                null,
                null,
                written,
                null,
                reason);
    }
}
