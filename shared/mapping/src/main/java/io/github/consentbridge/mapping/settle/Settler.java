package io.github.consentbridge.mapping.settle;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.settle.Settlement.Need;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The settle rule, which the queue worker and the reconciliation share: the newest choice wins (rule R1), an unreported
 * change counts as an inferred choice (R2), and a side that differs from the winner is repaired (R3). All mappings of a
 * person are settled together (R5), because a write moves the whole row's {@code modifiedon}.
 *
 * <p>A pure function: the same ledger entry and settle input give the same settlement. The end state does not depend on
 * how deliveries are ordered, repeated or grouped. Settling again after the writes writes nothing. Thread-safe.
 */
public final class Settler {
    private final ContactMapping mapping;

    public Settler(ContactMapping mapping) {
        this.mapping = mapping;
    }

    public Settlement settle(Person before, SettleInput input) {
        Person start = input.contact() == null
                ? before
                : before.onContact(input.contact().contactId());
        Map<ConsentRecordId, ConsentRecord> changed = new HashMap<>();
        SettleResult result = new SettleResult();
        for (MappedRecord mapped : mapping.records()) {
            ConsentRecord record = start.record(mapped.id());
            ConsentRecord settled = new RecordSettler(mapped, input, result).settle(record);
            if (!settled.equals(record)) {
                changed.put(mapped.id(), settled);
            }
        }
        return result.settlement(changed.isEmpty() ? start : start.with(changed));
    }

    /** Collects what the consent records add to the settlement, in mapping order. */
    static final class SettleResult {
        final List<Settlement.ColumnWrite> columnWrites = new ArrayList<>(4);
        final List<PlannedEvent> events = new ArrayList<>(2);
        final List<Settlement.Change> changes = new ArrayList<>(4);
        final List<Settlement.Misfit> misfits = new ArrayList<>(0);
        final List<Choice> superseded = new ArrayList<>(0);
        final List<Settlement.Unreported> unreported = new ArrayList<>(0);
        final List<Settlement.Undated> undated = new ArrayList<>(0);
        final List<Settlement.Unresolved> unresolved = new ArrayList<>(0);
        private Need need = Need.NOTHING;

        void needs(Need also) {
            need = also.compareTo(need) > 0 ? also : need;
        }

        private Settlement settlement(Person person) {
            return new Settlement(
                    person, columnWrites, events, changes, misfits, superseded, unreported, undated, unresolved, need);
        }
    }
}
