package io.github.consentbridge.connectors.dataverse.contact;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to write a contact. After a refusal it says what to send next, so that a column that Dataverse refuses does
 * not keep the others from being written:
 *
 * <ul>
 *   <li>Columns that the answer names are left out for good.
 *   <li>If it names none, each column is left out once, alone and in order, until an attempt succeeds: every attempt has
 *       the condition of the first, so at most one is applied. Trying columns alone instead would write the row several
 *       times, each time on a row that nobody has read.
 *   <li>A contact is not created without its key, nor for its key alone.
 * </ul>
 *
 * <p>Immutable. With {@code n} columns and answers that always name one, there are at most {@code n} attempts; if they
 * never do, {@code n + 1}.
 */
public final class WriteAttempt {
    /** Refusals that no column can cause. */
    private static final Set<String> NOT_OF_A_COLUMN =
            Set.of("0x80040220", "0x80072560", "0x80042f09", "0x8006088d", "0x80060883");

    /** A customer's plug-in refused the write, sometimes with a 500. */
    private static final String ABORTED = "0x80040265";

    private final ContactWrite whole;
    private final String keyColumn;
    private final Set<String> refused;
    private final List<Refusal> refusals;
    private final @Nullable Search search;
    private final boolean over;

    /**
     * The search for a column that no answer names.
     *
     * @param columns those that may be at fault
     * @param index the one that is left out now
     * @param first the answer to all of them together
     */
    private record Search(List<String> columns, int index, WriteResult.Rejected first) {
        String leftOut() {
            return columns.get(index);
        }
    }

    private WriteAttempt(
            ContactWrite whole,
            String keyColumn,
            Set<String> refused,
            List<Refusal> refusals,
            @Nullable Search search,
            boolean over) {
        this.whole = whole;
        this.keyColumn = keyColumn;
        this.refused = refused;
        this.refusals = refusals;
        this.search = search;
        this.over = over;
    }

    /**
     * The first attempt, with all columns.
     *
     * @param keyColumn the column that is not left out of a create; any if the contact exists
     */
    public static WriteAttempt of(ContactWrite write, String keyColumn) {
        return new WriteAttempt(write, keyColumn, Set.of(), List.of(), null, false);
    }

    /** What to send; only unless it {@link #isOver}. */
    public ContactWrite write() {
        return whole.without(leftOut());
    }

    /** Whether nothing is left to send. */
    public boolean isOver() {
        return over;
    }

    /** Columns that {@link #write} does not contain. They may be sent again by a later attempt. */
    public Set<String> leftOut() {
        if (search == null) {
            return refused;
        }
        Set<String> all = new LinkedHashSet<>(refused);
        all.add(search.leftOut());
        return all;
    }

    /** What was refused for good before this attempt. */
    public List<Refusal> refusals() {
        return refusals;
    }

    /** What was refused for good, provided that this attempt was applied. */
    public List<Refusal> refusalsIfWritten() {
        return search == null
                ? refusals
                : with(new Refusal(Set.of(search.leftOut()), Refusal.Cause.LEFT_OUT, search.first()));
    }

    /** The next attempt after this one was refused. */
    public WriteAttempt after(WriteResult.Rejected answer) {
        Set<String> sent = write().columns();
        Set<String> candidates = new LinkedHashSet<>(sent);
        boolean creates = whole instanceof ContactWrite.Create && candidates.remove(keyColumn);
        if (!canBeOfAColumn(answer)) {
            return over(new Refusal(candidates, Refusal.Cause.WHOLE, answer));
        }
        Set<String> named = ColumnNames.in(answer.message(), sent);
        if (creates && named.contains(keyColumn)) {
            return over(new Refusal(Set.of(keyColumn), Refusal.Cause.NAMED, answer));
        }
        return named.isEmpty() ? afterUnnamed(candidates, creates, answer) : afterNamed(named, candidates, answer);
    }

    private static boolean canBeOfAColumn(WriteResult.Rejected answer) {
        return answer.code().equals(ABORTED)
                || ((answer.status() == 400 || answer.status() == 403 || answer.status() == 422)
                        && !NOT_OF_A_COLUMN.contains(answer.code()));
    }

    /** A column that is only tried without gets another chance: it may be this one that was at fault. */
    private WriteAttempt afterNamed(Set<String> named, Set<String> candidates, WriteResult.Rejected answer) {
        Set<String> out = new LinkedHashSet<>(refused);
        out.addAll(named);
        boolean nothingLeft = search == null && named.containsAll(candidates);
        return new WriteAttempt(
                whole, keyColumn, out, with(new Refusal(named, Refusal.Cause.NAMED, answer)), null, nothingLeft);
    }

    private WriteAttempt afterUnnamed(Set<String> candidates, boolean creates, WriteResult.Rejected answer) {
        Set<String> suspects = new LinkedHashSet<>(creates ? Set.of(keyColumn) : Set.of());
        suspects.addAll(search == null ? candidates : search.columns());
        if (search == null && candidates.size() == 1) {
            return over(new Refusal(suspects, Refusal.Cause.NAMED, answer));
        }
        Search next = search == null
                ? new Search(List.copyOf(candidates), 0, answer)
                : new Search(search.columns(), search.index() + 1, search.first());
        if (next.index() == next.columns().size()) {
            return over(new Refusal(suspects, Refusal.Cause.UNKNOWN, next.first()));
        }
        return new WriteAttempt(whole, keyColumn, refused, refusals, next, false);
    }

    private WriteAttempt over(Refusal last) {
        return new WriteAttempt(whole, keyColumn, refused, with(last), null, true);
    }

    private List<Refusal> with(Refusal another) {
        List<Refusal> all = new ArrayList<>(refusals);
        all.add(another);
        return List.copyOf(all);
    }
}
