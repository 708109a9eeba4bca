package io.github.consentbridge.aws.dynamo;

import static io.github.consentbridge.aws.dynamo.DynamoTable.number;
import static io.github.consentbridge.aws.dynamo.DynamoTable.text;

import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.history.ChainedEntry;
import io.github.consentbridge.sync.history.HistoryTail;
import io.github.consentbridge.sync.ledger.ConsentLedger;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import io.github.consentbridge.sync.ledger.LedgerEntryTooLargeException;
import io.github.consentbridge.sync.ledger.LedgerJson;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * The consent ledger in DynamoDB, one item per person: {@code id} ({@code person:} and a keyed hash), {@code person},
 * {@code contact}, {@code revision}, the entry's text, and {@code writer}, which names the save. The tombstone of an
 * erased person has only the hash and {@code expires_at}, by which DynamoDB removes it some time after 30 days; an
 * expired one is ignored. An index named {@code contact} on that attribute, with {@code person} projected, finds people
 * by contact.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html">Time to live</a>
 */
public final class DynamoLedger implements ConsentLedger {
    private static final String PERSON = "person";
    private static final String CONTACT = "contact";
    private static final String REVISION = "revision";
    private static final String WRITER = "writer";
    private static final String EXPIRES_AT = "expires_at";

    private final DynamoTable table;
    private final DynamoHistory history;
    private final DynamoHashKey hashKey;
    private final Parallel parallel = new Parallel();
    private final Clock clock;

    public DynamoLedger(DynamoTable table, DynamoHistory history, Clock clock) {
        this.table = table;
        this.history = history;
        this.hashKey = new DynamoHashKey(table);
        this.clock = clock;
    }

    @Override
    public Map<OrganizationUserId, LedgerEntry> load(Collection<OrganizationUserId> keys) {
        Map<String, OrganizationUserId> people = new HashMap<>();
        Map<OrganizationUserId, LedgerEntry> entries = new HashMap<>();
        for (OrganizationUserId key : keys) {
            people.put(id(key), key);
            entries.put(key, LedgerEntry.none(key));
        }
        table.get(people.keySet()).forEach((id, item) -> {
            OrganizationUserId key = Objects.requireNonNull(people.get(id));
            entries.put(key, entry(key, item));
        });
        return entries;
    }

    private LedgerEntry entry(OrganizationUserId key, Map<String, AttributeValue> item) {
        return LedgerJson.read(key, StoredText.in(item), revision(item)).unexpired(clock.instant());
    }

    private static long revision(Map<String, AttributeValue> item) {
        return Long.parseLong(item.get(REVISION).n());
    }

    private String id(OrganizationUserId key) {
        return "person:" + hashKey.hash().of(key);
    }

    @Override
    public Set<OrganizationUserId> save(List<LedgerEntry> entries) {
        List<Item> items = new ArrayList<>();
        List<OrganizationUserId> keys = new ArrayList<>();
        Set<OrganizationUserId> tooLarge = new HashSet<>();
        for (LedgerEntry entry : entries) {
            OrganizationUserId key = entry.person().key();
            Optional<Map<String, AttributeValue>> item = item(entry);
            if (item.isPresent()) {
                items.add(new Item(item.get(), entry.history()));
                keys.add(key);
            } else {
                tooLarge.add(key);
            }
        }
        Set<OrganizationUserId> conflicts = save(items, keys);
        if (!tooLarge.isEmpty()) {
            throw new LedgerEntryTooLargeException(StoredText.limit(), tooLarge, conflicts);
        }
        return conflicts;
    }

    private record Item(Map<String, AttributeValue> values, HistoryTail history) {}

    private Set<OrganizationUserId> save(List<Item> items, List<OrganizationUserId> keys) {
        List<Boolean> saved = parallel.map(items, this::save);
        Set<OrganizationUserId> conflicts = new HashSet<>();
        for (int index = 0; index < keys.size(); index++) {
            if (!saved.get(index)) {
                conflicts.add(keys.get(index));
            }
        }
        return conflicts;
    }

    /** The item of an entry; empty if it is larger than DynamoDB takes. */
    private Optional<Map<String, AttributeValue>> item(LedgerEntry entry) {
        OrganizationUserId key = entry.person().key();
        Map<String, AttributeValue> item = new HashMap<>();
        item.put(DynamoTable.ID, text(id(key)));
        item.put(REVISION, number(entry.revision() + 1));
        item.put(WRITER, text(UUID.randomUUID().toString()));
        boolean fits = StoredText.put(item, LedgerJson.write(entry));
        @Nullable String contact = entry.person().contactId();
        if (contact != null) {
            item.put(CONTACT, text(contact));
        }
        if (entry.isTombstone()) {
            item.put(EXPIRES_AT, number(expiry(entry).getEpochSecond() + 1));
        } else {
            item.put(PERSON, text(key.value()));
        }
        return fits ? Optional.of(item) : Optional.empty();
    }

    /** The end of a history is kept as long as the history. */
    private Instant expiry(LedgerEntry tombstone) {
        Instant age = Objects.requireNonNull(tombstone.erasedAt()).plus(TOMBSTONE_AGE);
        @Nullable Instant recorded = tombstone.history().head().at();
        Instant until = recorded == null ? age : history.keptUntil(recorded);
        return until.isAfter(age) ? until : age;
    }

    /**
     * Returns whether the entry is stored. If the answer to a save is lost, the SDK repeats the save and finds the
     * condition broken by its first attempt. The stored item's writer shows whether it is this save or another one. A
     * save by another writer after the first attempt is a conflict: the caller settles again from the stored entry.
     */
    private boolean save(Item saved) {
        Map<String, AttributeValue> item = saved.values();
        long revision = revision(item) - 1;
        String condition = revision == LedgerEntry.NEW ? "attribute_not_exists(id)" : "revision = :revision";
        Map<String, AttributeValue> values =
                revision == LedgerEntry.NEW ? Map.of() : Map.of(":revision", number(revision));
        String id = item.get(DynamoTable.ID).s();
        if (saved.history().forgotten()) {
            // A history can have more items than a transaction takes. A crash in between is made good by the repeat.
            history.forget(id);
        }
        List<TransactWriteItem> more = history.writes(id, saved.history());
        Optional<Map<String, AttributeValue>> standing = more.isEmpty()
                ? table.put(
                        item, put -> put.conditionExpression(condition).expressionAttributeValues(nullIfEmpty(values)))
                : table.put(
                        item,
                        put -> put.conditionExpression(condition).expressionAttributeValues(nullIfEmpty(values)),
                        more);
        return standing.isEmpty() || item.get(WRITER).equals(standing.get().get(WRITER));
    }

    /** DynamoDB refuses an empty map of values. */
    private static @Nullable Map<String, AttributeValue> nullIfEmpty(Map<String, AttributeValue> values) {
        return values.isEmpty() ? null : values;
    }

    @Override
    public List<ChainedEntry> history(OrganizationUserId key) {
        return history.read(id(key));
    }

    /** DynamoDB lets the entries expire by itself. */
    @Override
    public int purgeHistory(Instant before) {
        return 0;
    }

    @Override
    public Optional<OrganizationUserId> personOf(String contactId) {
        return table.query(CONTACT, contactId).stream()
                .map(item -> item.get(PERSON))
                .filter(Objects::nonNull)
                .map(person -> new OrganizationUserId(person.s()))
                .findFirst();
    }
}
