package io.github.consentbridge.ledger;

import io.github.consentbridge.mapping.OrganizationUserId;
import io.github.consentbridge.settle.Person;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One person's entry together with the revision under which it was loaded.
 *
 * @param revision grows with each save; {@link #NEW} where nothing is stored yet
 * @param erasedAt when Didomi deleted the person: older choices must not bring them back; null if it never did, or so
 *     long ago that the tombstone has expired
 */
public record LedgerEntry(
        Person person, long revision, @Nullable Instant erasedAt) {
    public static final long NEW = 0;

    /** Nothing is known of this person. */
    public static LedgerEntry none(OrganizationUserId key) {
        return new LedgerEntry(Person.unknown(key), NEW, null);
    }

    /** The same entry with another person state, to be saved on the condition that nobody saved since. */
    public LedgerEntry with(Person changed) {
        return new LedgerEntry(changed, revision, erasedAt);
    }

    /** The entry as it stands after it was saved. */
    public LedgerEntry saved() {
        return new LedgerEntry(person, revision + 1, erasedAt);
    }

    /** What remains after an erasure; a deletion that is told again later does not undo a newer one. */
    public LedgerEntry erased(Instant at) {
        boolean newer = erasedAt == null || erasedAt.isBefore(at);
        return new LedgerEntry(Person.unknown(person.key()), revision, newer ? at : erasedAt);
    }
}
