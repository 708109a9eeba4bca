package io.github.consentbridge.sync.rights;

import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.ledger.LedgerErasure;
import io.github.consentbridge.sync.operations.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Erases a person from a host's stores. Once the ledger has the tombstone, a delivery that is being applied meanwhile cannot
 * save what it knows of the person. Safe to repeat, also after a part of it was done.
 */
public final class PersonEraser {
    private static final String STILL_IN_FILES =
            "The store's files keep what was deleted as long as a backup reads them: repeat the command when it has ended";

    private final Host host;

    public PersonEraser(Host host) {
        this.host = host;
    }

    /** Erases the person, whatever is known of them. */
    public ErasureReport erase(OrganizationUserId person) {
        Predicate<String> isPerson = StoredPerson.spelling(host, person);
        int deadLetters = host.deadLetters().erase(isPerson);
        LedgerErasure.Before before = new LedgerErasure(host.ledger(), host.clock()).erase(person);
        int waiting = host.waiting().map(queue -> queue.remove(isPerson)).orElse(0);
        // A delivery that was being applied may have become one since.
        int deadSince = host.deadLetters().erase(isPerson);
        List<String> remains = new ArrayList<>();
        if (!host.scrub()) {
            remains.add(STILL_IN_FILES);
        }
        remains.addAll(new Retention(host).afterErasure(before.entry().person().contactId()));
        return new ErasureReport(
                person.value(),
                before.entry().person().records().isEmpty() ? 0 : 1,
                before.history(),
                waiting,
                deadLetters + deadSince,
                remains);
    }
}
