package io.github.consentbridge.sync;

import io.github.consentbridge.credentials.CredentialsException;
import io.github.consentbridge.dataverse.ContactRow;
import io.github.consentbridge.ledger.LedgerEntry;
import io.github.consentbridge.mapping.Integration;
import io.github.consentbridge.mapping.Integration.OnContactDeleted;
import io.github.consentbridge.remote.RemoteException;
import io.github.consentbridge.remote.RemoteSystem;
import io.github.consentbridge.settle.ContactState;
import io.github.consentbridge.settle.Evidence;
import io.github.consentbridge.settle.Evidence.DidomiRead;
import io.github.consentbridge.settle.Person;
import io.github.consentbridge.settle.Settlement;
import io.github.consentbridge.settle.Settlement.Need;
import io.github.consentbridge.settle.Settler;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Settles one person: gathers the evidence, asks Didomi for what is missing, and hands erasures on. */
final class PersonSettling {
    private final Integration integration;
    private final Connections connections;
    private final SystemPauses pauses;
    private final DidomiCalls didomi;
    private final ContactWrites contacts;
    private final Erasure erasure;
    private final ChangeDates dates;

    PersonSettling(
            Integration integration,
            Connections connections,
            SystemPauses pauses,
            DidomiCalls didomi,
            ContactWrites contacts,
            Erasure erasure,
            ChangeDates dates) {
        this.integration = integration;
        this.connections = connections;
        this.pauses = pauses;
        this.didomi = didomi;
        this.contacts = contacts;
        this.erasure = erasure;
        this.dates = dates;
    }

    /** Settles one person; who is not to be written has a fate. */
    void settle(PersonTask task, Settler settler, ContactSchema schema) {
        try {
            settleOrErase(task, settler, schema);
        } catch (RemoteException e) {
            if (e.system() != RemoteSystem.DIDOMI) {
                throw e;
            }
            didomiFailed(task, e);
        } catch (CredentialsException e) {
            // Dataverse's were used to find the contact, so it is Didomi's that are missing: others may do without.
            task.end(new Fate.Postponed(pauses.pause(RemoteSystem.DIDOMI, String.valueOf(e.getMessage()))));
        } catch (UnreadablePersonException e) {
            task.end(new Fate.Failed(String.valueOf(e.getMessage())));
        }
    }

    private void settleOrErase(PersonTask task, Settler settler, ContactSchema schema) {
        Evidence evidence = evidence(task, contactState(task));
        if (task.needsReread() || task.deletedUser() != null) {
            if (waitsForDidomi(task)) {
                return;
            }
            evidence = didomi.withUsers(task, evidence);
            if (task.deletedUser() != null && nobodyIsLeft(evidence, task)) {
                erasure.erase(task, schema);
                return;
            }
        }
        if (isErased(task, evidence)) {
            task.end(new Fate.Done());
        } else if (isWithdrawn(task)) {
            withdraw(task, settler, schema, evidence);
        } else {
            settle(task, settler, schema, evidence);
        }
    }

    /** As long as a contact of the person is left, the deletion of another says nothing. */
    private boolean isWithdrawn(PersonTask task) {
        return integration.onContactDeleted() == OnContactDeleted.WITHDRAW
                && task.contactDeletedAt().isPresent()
                && task.contact == null;
    }

    private void withdraw(PersonTask task, Settler settler, ContactSchema schema, Evidence told) {
        if (waitsForDidomi(task)) {
            return;
        }
        Evidence evidence = told.didomi() == DidomiRead.NOTHING ? didomi.withUsers(task, told) : told;
        Person before = Objects.requireNonNull(task.entry).person();
        Person shown = settler.settle(before, evidence).person();
        Instant deletedAt = task.contactDeletedAt().orElseThrow();
        settle(task, settler, schema, evidence.alsoTold(Withdrawal.of(shown, schema.mapping(), deletedAt)));
    }

    private void didomiFailed(PersonTask task, RemoteException failure) {
        if (!failure.concernsSystem()) {
            task.end(new Fate.Failed(String.valueOf(failure.getMessage())));
        } else if (!connections.refreshAfter(failure)) {
            task.end(new Fate.Postponed(pauses.pause(failure)));
        }
    }

    private boolean waitsForDidomi(PersonTask task) {
        Optional<Duration> pause = pauses.left(RemoteSystem.DIDOMI);
        pause.ifPresent(wait -> task.end(new Fate.Postponed(wait)));
        return pause.isPresent();
    }

    /** All in hand is from before the erasure: nothing of the person is to be kept again. */
    private static boolean isErased(PersonTask task, Evidence evidence) {
        LedgerEntry entry = Objects.requireNonNull(task.entry);
        return entry.erasedAt() != null
                && entry.person().registers().isEmpty()
                && evidence.choices().isEmpty()
                && evidence.states().isEmpty();
    }

    private static boolean nobodyIsLeft(Evidence evidence, PersonTask task) {
        return evidence.states().size() == task.states().size();
    }

    private void settle(PersonTask task, Settler settler, ContactSchema schema, Evidence first) {
        Person before = Objects.requireNonNull(task.entry).person();
        Evidence evidence = first;
        Settlement settled = settler.settle(before, evidence);
        ChangeDates.Dates told = dates.of(task, settled, schema);
        if (!told.dated().isEmpty() || !told.missed().isEmpty()) {
            evidence = evidence.alsoTold(told.dated()).alsoMissed(told.missed());
            settled = settler.settle(before, evidence);
        }
        while (settled.need() != Need.NOTHING) {
            if (evidence.didomi() == DidomiRead.NOTHING && task.isReadWhole()) {
                evidence = evidence.usersRead();
            } else if (waitsForDidomi(task)) {
                return;
            } else {
                evidence = evidence.didomi() == DidomiRead.NOTHING
                        ? didomi.withUsers(task, evidence)
                        : didomi.withEvents(task, evidence);
            }
            settled = settler.settle(before, evidence);
        }
        if (task.contact == null && settled.columnWrites().isEmpty()) {
            // Nothing to create a contact for: the planned one must not stand in the ledger.
            settled = settler.settle(before, evidence.withContact(null));
        }
        task.settlement = settled.afterHistory(told.asked());
    }

    private static Evidence evidence(PersonTask task, @Nullable ContactState contact) {
        return new Evidence(task.choices(), task.revoked(), task.states(), contact, DidomiRead.NOTHING);
    }

    private @Nullable ContactState contactState(PersonTask task) {
        @Nullable ContactRow row = task.contact;
        if (row != null) {
            return ContactRows.state(row);
        }
        return mayCreate(task) ? ContactState.planned(contacts.plannedId(task).toString()) : null;
    }

    /** Who had a contact lost it by somebody's doing: only what they choose in Didomi now brings it back. */
    private boolean mayCreate(PersonTask task) {
        if (!integration.upsertMode() || !task.isFromDidomi()) {
            return false;
        }
        Person person = Objects.requireNonNull(task.entry).person();
        return person.contactId() == null
                || ContactWrites.isStillPlanned(person)
                || task.choices().stream()
                        .anyMatch(choice -> choice.column() == null
                                && choice.register().value().isConsent());
    }
}
