package io.github.consentbridge.sync.worker;

import io.github.consentbridge.connectors.dataverse.contact.ContactRow;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.mapping.consent.ContactState;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.Integration.OnContactDeleted;
import io.github.consentbridge.mapping.settle.Person;
import io.github.consentbridge.mapping.settle.SettleInput;
import io.github.consentbridge.mapping.settle.SettleInput.DidomiRead;
import io.github.consentbridge.mapping.settle.Settlement;
import io.github.consentbridge.mapping.settle.Settlement.Need;
import io.github.consentbridge.mapping.settle.Settler;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.connections.ContactRows;
import io.github.consentbridge.sync.connections.ContactSchema;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.ledger.LedgerEntry;
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
            task.end(new DeliveryOutcome.Postponed(pauses.pause(RemoteSystem.DIDOMI, String.valueOf(e.getMessage()))));
        } catch (UnreadablePersonException e) {
            task.end(new DeliveryOutcome.Failed(String.valueOf(e.getMessage())));
        }
    }

    private void settleOrErase(PersonTask task, Settler settler, ContactSchema schema) {
        SettleInput input = input(task, contactState(task));
        if (task.needsReread() || task.deletedUser() != null) {
            if (waitsForDidomi(task)) {
                return;
            }
            input = didomi.withUsers(task, input);
            if (task.deletedUser() != null && nobodyIsLeft(input, task)) {
                erasure.erase(task, schema);
                return;
            }
        }
        if (isErased(task, input)) {
            task.end(new DeliveryOutcome.Done());
        } else if (isWithdrawn(task)) {
            withdraw(task, settler, schema, input);
        } else {
            settle(task, settler, schema, input);
        }
    }

    /** As long as a contact of the person is left, the deletion of another says nothing. */
    private boolean isWithdrawn(PersonTask task) {
        return integration.onContactDeleted() == OnContactDeleted.WITHDRAW
                && task.contactDeletedAt().isPresent()
                && task.contact == null;
    }

    private void withdraw(PersonTask task, Settler settler, ContactSchema schema, SettleInput reported) {
        if (waitsForDidomi(task)) {
            return;
        }
        SettleInput input = reported.didomi() == DidomiRead.NOTHING ? didomi.withUsers(task, reported) : reported;
        Person before = Objects.requireNonNull(task.entry).person();
        Person shown = settler.settle(before, input).person();
        Instant deletedAt = task.contactDeletedAt().orElseThrow();
        settle(task, settler, schema, input.withChoices(Withdrawal.of(shown, schema.mapping(), deletedAt)));
    }

    private void didomiFailed(PersonTask task, RemoteException failure) {
        if (!failure.concernsSystem()) {
            task.end(new DeliveryOutcome.Failed(String.valueOf(failure.getMessage())));
        } else if (!connections.refreshAfter(failure)) {
            task.end(new DeliveryOutcome.Postponed(pauses.pause(failure)));
        }
    }

    private boolean waitsForDidomi(PersonTask task) {
        Optional<Duration> pause = pauses.left(RemoteSystem.DIDOMI);
        pause.ifPresent(wait -> task.end(new DeliveryOutcome.Postponed(wait)));
        return pause.isPresent();
    }

    /** All in hand is from before the erasure: nothing of the person is to be kept again. */
    private static boolean isErased(PersonTask task, SettleInput input) {
        LedgerEntry entry = Objects.requireNonNull(task.entry);
        return entry.erasedAt() != null
                && entry.person().records().isEmpty()
                && input.choices().isEmpty()
                && input.states().isEmpty();
    }

    private static boolean nobodyIsLeft(SettleInput input, PersonTask task) {
        return input.states().size() == task.states().size();
    }

    private void settle(PersonTask task, Settler settler, ContactSchema schema, SettleInput first) {
        Person before = Objects.requireNonNull(task.entry).person();
        SettleInput input = first;
        Settlement settled = settler.settle(before, input);
        ChangeDates.Dates reported = dates.of(task, settled, schema);
        if (!reported.dated().isEmpty() || !reported.failedWrites().isEmpty()) {
            input = input.withChoices(reported.dated()).withFailedWrites(reported.failedWrites());
            settled = settler.settle(before, input);
        }
        while (settled.need() != Need.NOTHING) {
            if (input.didomi() == DidomiRead.NOTHING && task.isReadWhole()) {
                input = input.usersRead();
            } else if (waitsForDidomi(task)) {
                return;
            } else {
                input = input.didomi() == DidomiRead.NOTHING
                        ? didomi.withUsers(task, input)
                        : didomi.withEvents(task, input);
            }
            settled = settler.settle(before, input);
        }
        if (task.contact == null && settled.columnWrites().isEmpty()) {
            // Nothing to create a contact for: the planned one must not stand in the ledger.
            settled = settler.settle(before, input.withContact(null));
        }
        task.settlement = settled.afterHistory(reported.asked());
    }

    private static SettleInput input(PersonTask task, @Nullable ContactState contact) {
        return new SettleInput(task.choices(), task.revoked(), task.states(), contact, DidomiRead.NOTHING);
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
                                && choice.recordId().value().isConsent());
    }
}
