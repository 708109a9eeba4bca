package io.github.consentbridge.mapping.delivery;

import io.github.consentbridge.mapping.consent.Choice;
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
     * The choices in a change that our application user did not make: submitted values that differ from the previous
     * ones, and in a new row from the columns' defaults. Clearing a column is not a choice.
     *
     * @param stamp when the row was changed
     * @param delivery names the delivery in its choices
     */
    public List<Choice> of(ContactChange change, Stamp stamp, String delivery) {
        List<Choice> choices = new ArrayList<>();
        for (MappedRecord record : mapping.records()) {
            for (MappedColumn column : record.columns()) {
                if (record.id().value().isConsent()) {
                    decided(change, column)
                            .ifPresent(value -> choices.add(Choice.inColumn(
                                    record.id(), column.column(), value, stamp.at(), stamp.version(), delivery)));
                }
            }
        }
        return choices;
    }

    private Optional<ConsentValue> decided(ContactChange change, MappedColumn column) {
        Optional<ConsentValue> after = column.codec().decode(change.target().value(column.column()));
        Optional<ConsentValue> before = column.codec().decode(change.before().value(column.column()));
        boolean isDefault =
                change.kind() == Kind.CREATED && after.equals(column.codec().decode(defaults.get(column.column())));
        return isDefault || after.equals(before) ? Optional.empty() : after;
    }
}
