package io.github.consentbridge.settle;

import io.github.consentbridge.mapping.OrganizationUserId;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One person's entry in the consent ledger.
 *
 * @param contactId the contact on which the columns were seen; null as long as none was found
 */
public record Person(OrganizationUserId key, @Nullable String contactId, SortedMap<RegisterId, Register> registers) {
    public Person {
        registers = Collections.unmodifiableSortedMap(registers);
    }

    /** Somebody of whom nothing is known yet. */
    public static Person unknown(OrganizationUserId key) {
        return new Person(key, null, new TreeMap<>());
    }

    public Register register(RegisterId id) {
        return registers.getOrDefault(id, Register.EMPTY);
    }

    Person with(Map<RegisterId, Register> changed) {
        SortedMap<RegisterId, Register> all = new TreeMap<>(registers);
        all.putAll(changed);
        return all.equals(registers) ? this : new Person(key, contactId, all);
    }

    Person onContact(String id) {
        if (id.equals(contactId)) {
            return this;
        }
        return new Person(key, id, contactId == null ? registers : each(Register::onAnotherContact));
    }

    private SortedMap<RegisterId, Register> each(UnaryOperator<Register> change) {
        SortedMap<RegisterId, Register> changed = new TreeMap<>();
        registers.forEach((id, register) -> changed.put(id, change.apply(register)));
        return changed;
    }
}
