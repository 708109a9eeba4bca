package io.github.consentbridge.mapping.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ClockRule;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.delivery.ContactChange.Kind;
import io.github.consentbridge.mapping.delivery.ContactChange.Merger;
import io.github.consentbridge.mapping.delivery.ContactReading.Ignored;
import io.github.consentbridge.mapping.delivery.Reading.Reason;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.IgnoredKeys;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.Integration.OnContactDeleted;
import io.github.consentbridge.mapping.document.Mapping;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the mapped columns from the webhook bodies of Dataverse. Unknown members are ignored, and so is {@code
 * OperationCreatedOn}, which is hours off if the sender is not on UTC. Thread-safe.
 *
 * @see <a href="https://learn.microsoft.com/power-apps/developer/data-platform/use-webhooks">Use webhooks</a>
 * @see <a href="https://learn.microsoft.com/dotnet/api/microsoft.xrm.sdk.remoteexecutioncontext">RemoteExecutionContext
 *     </a>
 */
public final class DynamicsReader {
    private static final String TABLE = "contact";
    private static final String TARGET = "Target";
    private static final String MERGE = "Merge";
    private static final AttributeName MODIFIED_ON = new AttributeName("modifiedon");
    private static final AttributeName VERSION = new AttributeName("versionnumber");
    private static final AttributeName STATE = new AttributeName("statecode");
    private static final AttributeName MERGED = new AttributeName("merged");
    private static final AttributeName MASTER = new AttributeName("masterid");
    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern ROW_VERSION = Pattern.compile("\\d{1,18}");

    private final AttributeName contactKey;
    private final boolean keepsDeleted;
    private final IgnoredKeys ignoredKeys;
    private final Set<AttributeName> read;
    private final Set<AttributeName> relevant;

    public DynamicsReader(Integration integration) {
        this.contactKey = integration.contactKey();
        this.keepsDeleted = integration.onContactDeleted() == OnContactDeleted.KEEP;
        this.ignoredKeys = integration.ignoredKeys();
        Set<AttributeName> columns = new HashSet<>(Set.of(STATE, MERGED, MASTER, contactKey));
        integration.mappings().stream().map(Mapping::column).forEach(columns::add);
        this.read = union(columns, Set.of(AttributeName.CONTACT_ID, MODIFIED_ON, VERSION));
        // Every change names the id, so the id alone does not make a change relevant.
        columns.remove(AttributeName.CONTACT_ID);
        this.relevant = Set.copyOf(columns);
    }

    private static Set<AttributeName> union(Set<AttributeName> one, Set<AttributeName> other) {
        Set<AttributeName> all = new HashSet<>(one);
        all.addAll(other);
        return Set.copyOf(all);
    }

    /**
     * Reads a webhook body. A body that Dynamics has stripped of its columns because of its size is read like any
     * other; the missing values are then read from the row.
     *
     * @param receivedAt when it arrived: the latest time as which its {@code modifiedon} counts
     * @throws MalformedDeliveryException if it does not have the documented form
     */
    public ContactReading read(String body, Instant receivedAt) throws MalformedDeliveryException {
        JsonNode root = WireJson.object(body);
        String message = WireJson.textIn(root, "MessageName");
        return switch (message) {
            case "Create" -> change(Kind.CREATED, root, receivedAt);
            case "Update" -> change(Kind.UPDATED, root, receivedAt);
            case "Delete" -> change(Kind.DELETED, root, receivedAt);
            default -> new Ignored(Reason.UNKNOWN_TYPE);
        };
    }

    private ContactReading change(Kind kind, JsonNode root, Instant receivedAt) throws MalformedDeliveryException {
        if (!WireJson.textIn(root, "PrimaryEntityName").equals(TABLE)) {
            return new Ignored(Reason.OTHER_TABLE);
        }
        if (kind == Kind.DELETED && keepsDeleted) {
            return new Ignored(Reason.DELETED_CONTACT_KEPT);
        }
        JsonNode target =
                WireJson.object(WireColumns.item(root, "InputParameters", TARGET), () -> "InputParameters." + TARGET);
        UUID contactId = contactId(root, target);
        boolean reported = WireColumns.hasColumns(target);
        ColumnValues submitted = WireColumns.of(target, "InputParameters." + TARGET, read);
        if (kind == Kind.UPDATED && reported && !submitted.namesAny(relevant)) {
            return new Ignored(Reason.NOTHING_MAPPED);
        }
        ColumnValues before = WireColumns.ofImages(root, "PreEntityImages", read);
        ColumnValues after = WireColumns.ofImages(root, "PostEntityImages", read);
        return named(new ContactChange(
                kind,
                contactId,
                contactKey.equals(AttributeName.CONTACT_ID)
                        ? contactId.toString()
                        : key(first(
                                first(after.text(contactKey), submitted.text(contactKey)), before.text(contactKey))),
                paired(submitted),
                before,
                reported,
                isInsideMerge(root),
                stamp(target, submitted, after, new ClockRule(receivedAt)),
                merger(submitted, after),
                initiatingUser(root.path("InitiatingUserId")),
                organization(root),
                root.path("CorrelationId").asText("")));
    }

    /** A merged row's key is that of its survivor, and a deleted row may be known by its id: their keys do not decide. */
    private ContactReading named(ContactChange change) {
        @Nullable String key = change.merger() == null && change.kind() != Kind.DELETED ? change.key() : null;
        return Optional.ofNullable(key)
                .flatMap(ignoredKeys::match)
                .<ContactReading>map(nobody -> new Ignored(Reason.NAMES_NOBODY, nobody))
                .orElse(change);
    }

    /** Whether a merge caused the change, directly or through plug-ins. */
    private static boolean isInsideMerge(JsonNode root) {
        for (JsonNode context = root; context.isObject(); context = context.path("ParentContext")) {
            if (MERGE.equals(context.path("MessageName").textValue())) {
                return true;
            }
        }
        return false;
    }

    private @Nullable String key(@Nullable String key) throws MalformedDeliveryException {
        return key == null ? null : WireJson.paired(key, contactKey::logicalName);
    }

    /** These values, which are stored. Those of an image are only compared, so they may hold anything. */
    private static ColumnValues paired(ColumnValues submitted) throws MalformedDeliveryException {
        for (Map.Entry<AttributeName, Object> value : submitted.known().entrySet()) {
            WireJson.paired(value.getValue().toString(), value.getKey()::logicalName);
        }
        return submitted;
    }

    /** Null if it is absent: taking it for somebody else's change would turn our own writes into choices. */
    private static @Nullable UUID initiatingUser(JsonNode id) throws MalformedDeliveryException {
        @Nullable UUID user = guid(WireValue.of(id).value());
        if (user == null && !WireJson.isAbsent(id)) {
            throw WireJson.wrong("InitiatingUserId", "is not a GUID");
        }
        return user;
    }

    private static UUID contactId(JsonNode root, JsonNode target) throws MalformedDeliveryException {
        @Nullable UUID primary = guid(WireValue.of(root.path("PrimaryEntityId")).value());
        @Nullable
        UUID id =
                primary != null ? primary : guid(WireValue.of(target.path("Id")).value());
        if (id == null) {
            throw new MalformedDeliveryException("`PrimaryEntityId` is missing or not a GUID");
        }
        return id;
    }

    /** The sender's. A nested {@code ParentContext} may name another one: what it describes happened before. */
    private static @Nullable UUID organization(JsonNode root) throws MalformedDeliveryException {
        JsonNode named = root.path("OrganizationId");
        @Nullable UUID id = guid(WireValue.of(named).value());
        if (id == null && !WireJson.isAbsent(named)) {
            throw WireJson.wrong("OrganizationId", "is not a GUID");
        }
        return id;
    }

    private static @Nullable UUID guid(@Nullable Object value) {
        return value instanceof String text && GUID.matcher(text).matches() ? UUID.fromString(text) : null;
    }

    private static <T> @Nullable T first(@Nullable T one, @Nullable T other) {
        return one != null ? one : other;
    }

    /** Pre-images are not used: the row had another time before the change. */
    private static @Nullable Stamp stamp(JsonNode target, ColumnValues submitted, ColumnValues after, ClockRule clock)
            throws MalformedDeliveryException {
        @Nullable String modifiedOn = first(submitted.text(MODIFIED_ON), after.text(MODIFIED_ON));
        if (modifiedOn == null) {
            return null;
        }
        @Nullable
        String version =
                first(target.path("RowVersion").textValue(), first(submitted.text(VERSION), after.text(VERSION)));
        boolean usable = version != null && ROW_VERSION.matcher(version).matches();
        return clock.counted(new Stamp(usable ? Long.parseLong(version) : Choice.UNKNOWN_VERSION, time(modifiedOn)));
    }

    private static Instant time(String text) throws MalformedDeliveryException {
        try {
            // Rows have whole seconds; with a fraction the time would differ from the row's own.
            return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.SECONDS);
        } catch (DateTimeException e) {
            throw new MalformedDeliveryException("`modifiedon` is not a date");
        }
    }

    private static @Nullable Merger merger(ColumnValues submitted, ColumnValues after) {
        @Nullable UUID survivor = guid(first(submitted.value(MASTER), after.value(MASTER)));
        boolean merged = Boolean.TRUE.equals(first(submitted.value(MERGED), after.value(MERGED)));
        return merged || survivor != null ? new Merger(survivor) : null;
    }
}
