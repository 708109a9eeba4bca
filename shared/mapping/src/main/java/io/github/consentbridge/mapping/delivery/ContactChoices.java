package io.github.consentbridge.mapping.delivery;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.CopiedValue;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.delivery.ContactChange.Kind;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.settle.ContactMapping;
import io.github.consentbridge.mapping.settle.MappedColumn;
import io.github.consentbridge.mapping.settle.MappedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Finds the choices in a contact's change. Thread-safe. */
public final class ContactChoices {
    private final ContactMapping mapping;
    private final Map<AttributeName, Object> defaults;

    /** @param defaults what Dynamics writes into a new row by itself: not choices */
    public ContactChoices(ContactMapping mapping, Map<AttributeName, Object> defaults) {
        this.mapping = mapping;
        this.defaults = Map.copyOf(defaults);
    }

    /**
     * The choices in a change that neither our application user nor a merge made: submitted values that differ from the previous
     * ones, and in a new row from the columns' defaults. Clearing a column is not a choice.
     *
     * @param stamp when the row was changed
     * @param delivery names the delivery in its choices
     */
    public List<Choice> of(ContactChange change, Stamp stamp, String delivery) {
        List<Choice> choices = new ArrayList<>();
        each((record, column) -> decided(change, column)
                .ifPresent(value -> choices.add(
                        Choice.inColumn(record, column.column(), value, stamp.rowTime(), stamp.version(), delivery)
                                .by(who(change))
                                .decidedAt(stamp.at()))));
        return choices;
    }

    private static @Nullable String who(ContactChange change) {
        return change.initiatingUser() == null ? null : "user " + change.initiatingUser();
    }

    /**
     * The values that a merge has copied into the row: those that were submitted.
     *
     * @param stamp when the row was changed
     */
    public List<CopiedValue> copied(ContactChange change, Stamp stamp) {
        List<CopiedValue> copied = new ArrayList<>();
        String contactId = change.contactId().toString();
        each((record, column) -> column.codec()
                .decode(change.target().value(column.column()))
                .ifPresent(value -> copied.add(new CopiedValue(record, contactId, column.column(), value, stamp))));
        return copied;
    }

    private void each(BiConsumer<ConsentRecordId, MappedColumn> work) {
        for (MappedRecord record : mapping.records()) {
            if (record.id().value().isConsent()) {
                record.columns().forEach(column -> work.accept(record.id(), column));
            }
        }
    }

    private Optional<ConsentValue> decided(ContactChange change, MappedColumn column) {
        Optional<ConsentValue> after = column.codec().decode(change.target().value(column.column()));
        Optional<ConsentValue> before = column.codec().decode(change.before().value(column.column()));
        boolean isDefault =
                change.kind() == Kind.CREATED && after.equals(column.codec().decode(defaults.get(column.column())));
        return isDefault || after.equals(before) ? Optional.empty() : after;
    }
}
