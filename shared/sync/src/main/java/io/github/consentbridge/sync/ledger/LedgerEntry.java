package io.github.consentbridge.sync.ledger;

import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.settle.Person;
import io.github.consentbridge.sync.history.HistoryTail;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One person's entry together with the revision under which it was loaded.
 *
 * @param revision grows with each save; {@link #NEW} where nothing is stored yet
 * @param erasedAt when Didomi deleted the person, or an operator erased them: older choices must not bring them back; null
 *     if neither did, or so long ago that the tombstone has expired
 * @param spelling the organization user id as Didomi spells it, where that is not the key; null where it is, where
 *     Didomi has shown none, and in a tombstone
 * @param history the end of the person's history, and what the next save appends to it
 */
public record LedgerEntry(
        Person person,
        long revision,
        @Nullable Instant erasedAt,
        @Nullable String spelling,
        HistoryTail history) {
    public static final long NEW = 0;

    /**
     * How many Didomi users of one person are remembered. A browser that forgets its Didomi user every week, as Safari does,
     * makes 52 a year, so a real person stays below this for years; a key that names nobody, or everybody, is above it
     * within hours, and its entry would grow until no store can take it. With 20 mapped values that all of them chose, the
     * entry has 278 KB packed; DynamoDB takes 400 KB.
     */
    public static final int MAX_DIDOMI_USERS = 200;

    public LedgerEntry {
        boolean tombstone = isTombstone(person, erasedAt);
        boolean same = spelling != null && spelling.equals(person.key().value());
        spelling = tombstone || same ? null : spelling;
    }

    /** Nothing is known of this person. */
    public static LedgerEntry none(OrganizationUserId key) {
        return new LedgerEntry(Person.unknown(key), NEW, null, null, HistoryTail.NONE);
    }

    /** The organization user id as Didomi spells it, as far as is known: it distinguishes two spellings. */
    public String didomiId() {
        return spelling == null ? person.key().value() : spelling;
    }

    /** The same entry with another person state, to be saved on the condition that it was not saved since. */
    public LedgerEntry with(Person changed) {
        return new LedgerEntry(changed, revision, erasedAt, spelling, history);
    }

    /** The same entry with this history. */
    public LedgerEntry recorded(HistoryTail tail) {
        return new LedgerEntry(person, revision, erasedAt, spelling, tail);
    }

    /** The same entry with the organization user id as Didomi has shown it now. */
    public LedgerEntry spelled(String didomiId) {
        return new LedgerEntry(person, revision, erasedAt, didomiId, history);
    }

    /** The entry as it stands after it was saved. */
    public LedgerEntry saved() {
        return new LedgerEntry(person, revision + 1, erasedAt, spelling, history.saved());
    }

    /**
     * What remains after an erasure; a deletion that is told again later does not undo a newer one.
     *
     * @param recorded the history afterwards
     */
    public LedgerEntry erased(Instant at, HistoryTail recorded) {
        boolean newer = erasedAt == null || erasedAt.isBefore(at);
        return new LedgerEntry(Person.unknown(person.key()), revision, newer ? at : erasedAt, null, recorded);
    }

    /** The same entry, without the erasure if that is so long ago that it no longer counts. */
    public LedgerEntry unexpired(Instant now) {
        boolean expired = erasedAt != null && erasedAt.isBefore(now.minus(ConsentLedger.TOMBSTONE_AGE));
        return expired ? new LedgerEntry(person, revision, null, spelling, history) : this;
    }

    /** Whether it records only that the person was erased: a store then keeps nothing that identifies the person. */
    public boolean isTombstone() {
        return isTombstone(person, erasedAt);
    }

    private static boolean isTombstone(Person person, @Nullable Instant erasedAt) {
        return erasedAt != null && person.records().isEmpty();
    }
}
