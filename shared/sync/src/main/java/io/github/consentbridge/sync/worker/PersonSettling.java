package io.github.consentbridge.sync.worker;

import io.github.consentbridge.connectors.dataverse.contact.ContactRow;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ClockRule;
import io.github.consentbridge.mapping.consent.ContactState;
import io.github.consentbridge.mapping.delivery.Reading.DeletedUser;
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
import io.github.consentbridge.sync.worker.PersonStage.Located;
import io.github.consentbridge.sync.worker.PersonStage.Planned;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Settles one person: gathers the settle input, asks Didomi for what is missing, and hands erasures on. */
final class PersonSettling {
    private static final String TOO_MANY_USERS = "more than " + LedgerEntry.MAX_DIDOMI_USERS
            + " Didomi users have this organization user id: add it to properties.ignored_keys if it names nobody; else"
            + " delete those in Didomi that are no longer used, and replay";

    private final Integration integration;
    private final Connections connections;
    private final SystemPauses pauses;
    private final DidomiCalls didomi;
    private final ContactWrites contacts;
    private final Erasure erasure;
    private final ChangeDates dates;
    private final Clock clock;

    PersonSettling(
            Integration integration,
            Connections connections,
            SystemPauses pauses,
            DidomiCalls didomi,
            ContactWrites contacts,
            Erasure erasure,
            ChangeDates dates,
            Clock clock) {
        this.integration = integration;
        this.connections = connections;
        this.pauses = pauses;
        this.didomi = didomi;
        this.contacts = contacts;
        this.erasure = erasure;
        this.dates = dates;
        this.clock = clock;
    }

    /** A person and everything known for settling so far. */
    record Gathered(Located person, SettleInput input) {
        Gathered with(SettleInput other) {
            return new Gathered(person, other);
        }

        private Settlement settledBy(Settler settler) {
            return settler.settle(person.entry().person(), input);
        }
    }

    /** @throws RemoteException if Dataverse fails */
    StepResult<Planned> settle(Located person, Settler settler, ContactSchema schema) {
        try {
            return settleOrErase(person, settler, schema);
        } catch (RemoteException e) {
            if (e.system() != RemoteSystem.DIDOMI) {
                throw e;
            }
            return connections.refreshAfter(e) ? person.again() : person.ended(pauses.outcomeAfter(e));
        } catch (CredentialsException e) {
            // Dataverse's were used to find the contact, so Didomi's are missing. Not everyone needs them.
            return person.ended(pauses.outcomeAfter(e, RemoteSystem.DIDOMI));
        } catch (SettlingStoppedException e) {
            return person.ended(e.outcome());
        }
    }

    private StepResult<Planned> settleOrErase(Located person, Settler settler, ContactSchema schema) {
        Gathered gathered = gathered(person);
        Optional<DeletedUser> deleted = person.news().deletedUser();
        if (person.news().needsReread() || deleted.isPresent()) {
            gathered = didomi.withUsers(gathered);
            if (deleted.isPresent() && noUserIsLeft(gathered)) {
                return erasure.erase(gathered.person(), deleted.get(), schema);
            }
        }
        if (person.news().needsReread()) {
            gathered = didomi.withEvents(gathered);
        }
        if (gathered.person().entry().isTombstone()) {
            AfterErasure after = AfterErasure.of(gathered, didomi);
            if (!after.hasChosen()) {
                return gathered.person().ended(new DeliveryOutcome.Done());
            }
            gathered = after.gathered();
        }
        Optional<Instant> withdrawnAt = withdrawnAt(person);
        Gathered complete =
                withdrawnAt.isPresent() ? withRefusals(gathered, settler, schema, withdrawnAt.get()) : gathered;
        return new StepResult.Next<>(settle(complete, settler, schema));
    }

    private static boolean noUserIsLeft(Gathered gathered) {
        return gathered.input().states().size() == gathered.person().states().size();
    }

    /** As long as a contact of the person is left, the deletion of another one means nothing. */
    private Optional<Instant> withdrawnAt(Located person) {
        boolean withdraws = integration.onContactDeleted() == OnContactDeleted.WITHDRAW && person.contact() == null;
        return withdraws ? person.news().contactDeletedAt() : Optional.empty();
    }

    private Gathered withRefusals(Gathered reported, Settler settler, ContactSchema schema, Instant deletedAt) {
        Gathered gathered = reported.input().didomi() == DidomiRead.NOTHING ? didomi.withUsers(reported) : reported;
        Person shown = gathered.settledBy(settler).person();
        return gathered.with(gathered.input().withChoices(Withdrawal.of(shown, schema.mapping(), deletedAt)));
    }

    private Planned settle(Gathered first, Settler settler, ContactSchema schema) {
        Gathered gathered = first;
        Settlement settlement = gathered.settledBy(settler);
        ChangeDates.Dates history = dates.of(gathered.person(), settlement, schema);
        if (history.hasNews()) {
            gathered = gathered.with(gathered.input()
                    .withChoices(history.dated())
                    .withFailedWrites(history.failedWrites())
                    .withCopied(history.copied()));
            settlement = gathered.settledBy(settler);
        }
        while (settlement.need() != Need.NOTHING || isToBeConfirmed(gathered, settlement)) {
            gathered = withMoreOfDidomi(gathered);
            settlement = gathered.settledBy(settler);
        }
        if (gathered.person().contact() == null && settlement.columnWrites().isEmpty()) {
            // No contact will be created, so the planned one must not enter the ledger.
            settlement = gathered.with(gathered.input().withContact(null)).settledBy(settler);
        }
        return gathered.person()
                .with(
                        bounded(
                                settlement.afterHistory(history.asked()),
                                gathered.input().didomi()),
                        considered(gathered.input()));
    }

    private static List<Choice> considered(SettleInput input) {
        return Stream.concat(input.choices().stream(), input.events().stream()).toList();
    }

    /**
     * Before a reconciliation reports a difference as unresolved, it reads all Didomi users of the person: they can be on
     * different pages, and one that was read with an earlier page may have changed since.
     */
    private static boolean isToBeConfirmed(Gathered gathered, Settlement settlement) {
        PersonNews news = gathered.person().news();
        return !settlement.unresolved().isEmpty()
                && gathered.input().didomi() == DidomiRead.NOTHING
                && news.deliveries().isEmpty()
                && news.isFromDidomi();
    }

    /** Where all users were read, those that no longer exist are forgotten, so that deleting them in Didomi helps. */
    private static Settlement bounded(Settlement settlement, DidomiRead read) {
        if (settlement.person().didomiUsers() <= LedgerEntry.MAX_DIDOMI_USERS) {
            return settlement;
        }
        Settlement fewer = read == DidomiRead.NOTHING ? settlement : settlement.withoutReplacedUsers();
        if (fewer.person().didomiUsers() > LedgerEntry.MAX_DIDOMI_USERS) {
            throw new SettlingStoppedException(new DeliveryOutcome.Dead(TOO_MANY_USERS));
        }
        return fewer;
    }

    private Gathered withMoreOfDidomi(Gathered gathered) {
        if (gathered.input().didomi() != DidomiRead.NOTHING) {
            return didomi.withEvents(gathered);
        }
        return gathered.person().isReadWhole()
                ? gathered.with(gathered.input().usersRead())
                : didomi.withUsers(gathered);
    }

    private Gathered gathered(Located person) {
        SettleInput input = new SettleInput(
                person.choices(), person.revoked(), person.states(), contactState(person), DidomiRead.NOTHING);
        return new Gathered(person, input.withCopied(person.copied()));
    }

    private @Nullable ContactState contactState(Located person) {
        @Nullable ContactRow row = person.contact();
        if (row != null) {
            return ContactRows.state(row, new ClockRule(clock.instant()));
        }
        return mayCreate(person)
                ? ContactState.planned(contacts.plannedId(person).toString())
                : null;
    }

    /** A contact that existed was deleted on purpose: only a new choice of the person in Didomi creates another. */
    private boolean mayCreate(Located person) {
        if (!integration.upsertMode() || !person.news().isFromDidomi()) {
            return false;
        }
        Person known = person.entry().person();
        return known.contactId() == null
                || ContactWrites.isStillPlanned(known)
                || person.choices().stream()
                        .anyMatch(choice -> choice.column() == null
                                && choice.recordId().value().isConsent());
    }
}
