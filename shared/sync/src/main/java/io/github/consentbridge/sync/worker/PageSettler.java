package io.github.consentbridge.sync.worker;

import io.github.consentbridge.connectors.dataverse.contact.ContactRow;
import io.github.consentbridge.connectors.didomi.DidomiUser;
import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.delivery.DidomiReader;
import io.github.consentbridge.mapping.delivery.MalformedDeliveryException;
import io.github.consentbridge.mapping.delivery.Reading.News;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.document.Regulation;
import io.github.consentbridge.mapping.settle.Person;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.connections.ContactFinder;
import io.github.consentbridge.sync.connections.SchemaSource;
import io.github.consentbridge.sync.ledger.ConsentLedger;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import io.github.consentbridge.sync.ledger.LedgerKey;
import io.github.consentbridge.sync.ledger.Pauses;
import io.github.consentbridge.sync.logging.OutcomeLog;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Settles people page by page, as a reconciliation reads them: by the same rounds as the queue worker, whatever was told
 * before. Safe for use beside workers; settling a page again is harmless.
 */
public final class PageSettler {
    private static final int SLICE = 500;

    private final Integration integration;
    private final DidomiReader didomi;
    private final ConsentLedger ledger;
    private final SchemaSource schemas;
    private final ContactFinder finder;
    private final SettleRounds rounds;
    private final boolean oneRegulation;

    public PageSettler(
            Integration integration,
            Connections connections,
            ConsentLedger ledger,
            Pauses pauses,
            OutcomeLog outcomeLog,
            Clock clock) {
        this.integration = integration;
        this.didomi = new DidomiReader(integration.mappings());
        this.ledger = ledger;
        this.finder = new ContactFinder(integration);
        this.schemas = new SchemaSource(integration, connections, clock);
        SystemPauses systemPauses = new SystemPauses(pauses, outcomeLog, clock);
        SettleRound round = new SettleRound(
                integration, schemas, connections, ledger, didomi, systemPauses, new Outcomes(outcomeLog, clock));
        this.rounds = new SettleRounds(round, connections, systemPauses, outcomeLog);
        this.oneRegulation = integration.mappings().stream()
                        .map(Mapping::regulation)
                        .distinct()
                        .count()
                == 1;
    }

    /** Whether a page may be written. Asked once a page, before anything is saved or written. */
    @FunctionalInterface
    public interface Permission {
        boolean toWrite(List<SettledPerson> page);
    }

    /**
     * Settles the people whom these Didomi users are; those without an organization user id are left out.
     *
     * @param users as just read under this regulation
     * @return each person once; whoever is not finished says why
     */
    public List<SettledPerson> settle(
            List<DidomiUser> users, Regulation regulation, Deadline deadline, Permission permission) {
        Map<OrganizationUserId, PersonTask> tasks = new LinkedHashMap<>();
        List<SettledPerson> unreadable = new ArrayList<>();
        for (DidomiUser user : users) {
            String spelled = user.organizationUserId();
            if (spelled == null) {
                continue;
            }
            OrganizationUserId key = LedgerKey.of(integration, spelled);
            try {
                News news = didomi.readUser(new OrganizationUserId(spelled), user.json(), regulation);
                tasks.computeIfAbsent(key, PersonTask::new).read(news, oneRegulation);
            } catch (MalformedDeliveryException e) {
                unreadable.add(SettledPerson.unreadable(key, e));
            }
        }
        List<SettledPerson> settled = settleTasks(tasks.values(), deadline, permission);
        settled.addAll(unreadable);
        return settled;
    }

    /** What has to be read of each contact. */
    public List<String> columns() {
        Set<String> columns = new LinkedHashSet<>(schemas.schema().columnNames());
        columns.add(integration.contactKey().logicalName());
        return List.copyOf(columns);
    }

    /**
     * Settles those people of whose contact the ledger knows another state, and those whose contact is gone. Nobody of whom
     * the ledger knows nothing: without it, nothing in a contact is a choice.
     *
     * @param deleted ids of contacts that are gone
     * @param deletedAt when they were deleted at the latest
     * @param unknown hears the keys of contacts of which the ledger knows no Didomi user
     * @return each of them once; whoever is not finished says why
     */
    public List<SettledPerson> settle(
            List<ContactRow> rows,
            List<UUID> deleted,
            Instant deletedAt,
            Consumer<String> unknown,
            Deadline deadline,
            Permission permission) {
        Map<OrganizationUserId, ContactRow> keyed = keyed(rows);
        Map<OrganizationUserId, PersonTask> tasks = new LinkedHashMap<>();
        inSlices(
                keyed.keySet(),
                slice -> ledger.load(slice).forEach((key, entry) -> {
                    if (entry.person().records().values().stream()
                            .allMatch(record -> record.users().isEmpty())) {
                        unknown.accept(key.value());
                    }
                    if (entry.revision() != LedgerEntry.NEW && !isSeen(entry.person(), keyed.get(key))) {
                        tasks.put(key, new PersonTask(key));
                    }
                }));
        for (UUID id : deleted) {
            ledger.personOf(id.toString())
                    .ifPresent(
                            key -> tasks.computeIfAbsent(key, PersonTask::new).contactDeleted(deletedAt));
        }
        return settleTasks(tasks.values(), deadline, permission);
    }

    /** Ledger entries are larger than rows, and of most nothing is kept. */
    private static void inSlices(Set<OrganizationUserId> keys, Consumer<List<OrganizationUserId>> work) {
        List<OrganizationUserId> all = List.copyOf(keys);
        for (int start = 0; start < all.size(); start += SLICE) {
            work.accept(all.subList(start, Math.min(all.size(), start + SLICE)));
        }
    }

    private Map<OrganizationUserId, ContactRow> keyed(List<ContactRow> rows) {
        Map<OrganizationUserId, ContactRow> keyed = new LinkedHashMap<>();
        for (ContactRow row : rows) {
            String key = finder.keyOf(row);
            if (!key.isBlank()) {
                keyed.put(LedgerKey.of(integration, key), row);
            }
        }
        return keyed;
    }

    private static boolean isSeen(Person person, ContactRow row) {
        Stamp now = new Stamp(row.versionNumber(), row.modifiedOn());
        return row.id().toString().equals(person.contactId())
                && person.records().values().stream()
                        .flatMap(record -> record.columns().values().stream())
                        .allMatch(replica -> replica.observed() != null
                                && replica.observed().stamp().covers(now));
    }

    private List<SettledPerson> settleTasks(Collection<PersonTask> tasks, Deadline deadline, Permission permission) {
        Plan plan = new Plan(permission);
        rounds.settle(tasks, deadline, plan);
        List<SettledPerson> settled = new ArrayList<>();
        tasks.forEach(task -> settled.add(plan.after(task)));
        return settled;
    }

    /** Remembers what each person's first settlement wanted: later rounds only repeat what had changed meanwhile. */
    private static final class Plan implements Approval {
        private final Permission permission;
        private final Map<PersonTask, SettledPerson> first = new LinkedHashMap<>();
        private boolean asked;
        private boolean granted;

        Plan(Permission permission) {
            this.permission = permission;
        }

        @Override
        public boolean of(List<PersonTask> settled) {
            settled.forEach(task -> first.putIfAbsent(task, SettledPerson.planned(task)));
            if (!asked) {
                granted = permission.toWrite(List.copyOf(first.values()));
                asked = true;
            }
            return granted;
        }

        SettledPerson after(PersonTask task) {
            SettledPerson planned = first.get(task);
            return planned == null ? SettledPerson.unsettled(task) : planned.after(task);
        }
    }
}
