package io.github.consentbridge.sync.worker;

import io.github.consentbridge.connectors.dataverse.contact.ContactRow;
import io.github.consentbridge.connectors.didomi.DidomiUser;
import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.mapping.consent.ClockRule;
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
import io.github.consentbridge.sync.connections.SchemaSource;
import io.github.consentbridge.sync.ledger.ConsentLedger;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import io.github.consentbridge.sync.ledger.LedgerKey;
import io.github.consentbridge.sync.ledger.Pauses;
import io.github.consentbridge.sync.logging.OutcomeLog;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Settles people page by page, as a reconciliation reads them, in the same rounds as the queue worker. Safe for use beside workers; settling a page again is harmless.
 */
public final class PageSettler {
    private static final int SLICE = 500;

    private final Integration integration;
    private final DidomiReader didomi;
    private final ConsentLedger ledger;
    private final SchemaSource schemas;
    private final ContactLookup lookup;
    private final SettleRounds rounds;
    private final boolean oneRegulation;
    private final Clock clock;

    public PageSettler(
            Integration integration,
            Connections connections,
            ConsentLedger ledger,
            Pauses pauses,
            OutcomeLog outcomeLog,
            Clock clock) {
        this.integration = integration;
        this.clock = clock;
        this.didomi = new DidomiReader(integration, connections.identity());
        this.ledger = ledger;
        SystemPauses systemPauses = new SystemPauses(pauses, connections, outcomeLog, clock);
        this.lookup = new ContactLookup(integration, connections, systemPauses);
        this.schemas = new SchemaSource(integration, connections, systemPauses::isDidomiPaused, clock);
        this.rounds = new SettleRounds(
                integration,
                schemas,
                connections,
                ledger,
                didomi,
                systemPauses,
                new Outcomes(outcomeLog, clock),
                clock);
        this.oneRegulation = integration.mappings().stream()
                        .map(Mapping::regulation)
                        .distinct()
                        .count()
                == 1;
    }

    /** Whether a page may be written. Asked in each round, before anything of the round is saved or written. */
    @FunctionalInterface
    public interface Permission {
        /**
         * Whether it may be written.
         *
         * @param page everyone on the page who was settled so far, with what has been found
         */
        boolean toWrite(List<SettledPerson> page);
    }

    /**
     * Settles the people of these Didomi users; users without an organization user id, or with an ignored one, are left
     * out.
     *
     * @param users as just read under this regulation
     * @return each person once, with the reason if not finished
     */
    public List<SettledPerson> settle(
            List<DidomiUser> users, Regulation regulation, Deadline deadline, Permission permission) {
        List<PersonNews> news = new ArrayList<>();
        List<SettledPerson> unreadable = new ArrayList<>();
        for (DidomiUser user : users) {
            String spelled = user.organizationUserId();
            if (spelled == null || namesNobody(spelled)) {
                continue;
            }
            OrganizationUserId key = LedgerKey.of(integration, spelled);
            try {
                News read = didomi.readUser(
                        new OrganizationUserId(spelled), user.json(), regulation, new ClockRule(clock.instant()));
                news.add(PersonNews.read(key, read, oneRegulation));
            } catch (MalformedDeliveryException e) {
                unreadable.add(SettledPerson.unreadable(key, e));
            }
        }
        List<SettledPerson> settled = new ArrayList<>(settle(news, deadline, permission));
        settled.addAll(unreadable);
        return settled;
    }

    /** How many of these users have an ignored key as organization user id. */
    public int namingNobody(List<DidomiUser> users) {
        return (int) users.stream()
                .map(DidomiUser::organizationUserId)
                .filter(spelled -> spelled != null && namesNobody(spelled))
                .count();
    }

    /** How many of these contacts have an ignored key as organization user id, not counting those that have none. */
    public int contactsNamingNobody(List<ContactRow> rows) {
        return (int) rows.stream()
                .map(lookup::keyOf)
                .filter(key -> !key.isBlank() && namesNobody(key))
                .count();
    }

    private boolean namesNobody(String key) {
        return integration.ignoredKeys().match(key).isPresent();
    }

    /** The columns with which contacts must be read. */
    public List<String> columns() {
        Set<String> columns = new LinkedHashSet<>(schemas.schema().columnNames());
        columns.add(integration.contactKey().logicalName());
        return List.copyOf(columns);
    }

    /**
     * Settles people whose contact is not in the state that the ledger knows, and people whose contact was deleted. People
     * without a ledger entry are left out: nothing in their contacts is a choice.
     *
     * @param deleted ids of deleted contacts
     * @param deletedAt when they were deleted at the latest
     * @param unknown receives the keys of contacts for which the ledger knows no Didomi user
     * @return each person once, with the reason if not finished
     */
    public List<SettledPerson> settle(
            List<ContactRow> rows,
            List<UUID> deleted,
            Instant deletedAt,
            Consumer<String> unknown,
            Deadline deadline,
            Permission permission) {
        Map<OrganizationUserId, ContactRow> keyed = keyed(rows);
        List<PersonNews> news = new ArrayList<>();
        inSlices(
                keyed.keySet(),
                slice -> ledger.load(slice).forEach((key, entry) -> {
                    if (entry.person().records().values().stream()
                            .allMatch(record -> record.users().isEmpty())) {
                        unknown.accept(key.value());
                    }
                    if (entry.revision() != LedgerEntry.NEW && !isSeen(entry.person(), keyed.get(key))) {
                        news.add(PersonNews.contactChanged(key));
                    }
                }));
        for (UUID id : deleted) {
            ledger.personOf(id.toString())
                    .filter(key -> !namesNobody(key.value()))
                    .ifPresent(key -> news.add(PersonNews.contactDeleted(key, deletedAt)));
        }
        return settle(news, deadline, permission);
    }

    /** Ledger entries are larger than rows, and most of them are not kept. */
    private static void inSlices(Set<OrganizationUserId> keys, Consumer<List<OrganizationUserId>> work) {
        List<OrganizationUserId> all = List.copyOf(keys);
        for (int start = 0; start < all.size(); start += SLICE) {
            work.accept(all.subList(start, Math.min(all.size(), start + SLICE)));
        }
    }

    private Map<OrganizationUserId, ContactRow> keyed(List<ContactRow> rows) {
        Map<OrganizationUserId, ContactRow> keyed = new LinkedHashMap<>();
        for (ContactRow row : rows) {
            String key = lookup.keyOf(row);
            if (!namesNobody(key)) {
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

    private List<SettledPerson> settle(List<PersonNews> news, Deadline deadline, Permission permission) {
        return rounds.settle(PersonNews.merged(news), deadline, permission).settledPeople();
    }
}
