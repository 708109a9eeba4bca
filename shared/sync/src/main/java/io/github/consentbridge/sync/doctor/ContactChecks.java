package io.github.consentbridge.sync.doctor;

import io.github.consentbridge.connectors.dataverse.DataverseClient;
import io.github.consentbridge.connectors.dataverse.metadata.ColumnMetadata;
import io.github.consentbridge.connectors.dataverse.metadata.TableMetadata;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.json.Problem;
import io.github.consentbridge.sync.connections.ContactSchema;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the table contact: the mapped columns, the key column and the table's settings. */
final class ContactChecks {
    private static final String COLUMNS = "mapped columns";
    private static final String KEY = "key column";
    private static final String TABLE = "table contact";

    /** Column types whose values can identify a person. */
    private static final Set<String> KEY_TYPES =
            Set.of("StringType", "IntegerType", "BigIntType", "UniqueidentifierType");

    private final Integration integration;
    private final DataverseClient dataverse;
    private final Checks checks;
    private final String keyColumn;

    ContactChecks(Integration integration, DataverseClient dataverse, Checks checks) {
        this.integration = integration;
        this.dataverse = dataverse;
        this.checks = checks;
        this.keyColumn = integration.contactKey().logicalName();
    }

    /**
     * Checks only that each mapped column exists, can be written and has a fitting type, and that the key column exists.
     *
     * @throws io.github.consentbridge.connectors.http.RemoteException if the columns cannot be read
     */
    void mappings() {
        Map<String, ColumnMetadata> columns = dataverse.columns(names());
        mapped(columns);
        if (!keyColumn.equals(AttributeName.CONTACT_ID.logicalName()) && !columns.containsKey(keyColumn)) {
            noKey();
        }
    }

    private Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        integration.mappings().forEach(mapping -> names.add(mapping.column().logicalName()));
        names.add(keyColumn);
        return names;
    }

    void run() {
        Map<String, ColumnMetadata> columns = new HashMap<>();
        boolean known = checks.attempt(COLUMNS, () -> {
            columns.putAll(dataverse.columns(names()));
            mapped(columns);
        });
        checks.attempt(TABLE, () -> {
            TableMetadata table = dataverse.table();
            if (known) {
                key(columns.get(keyColumn), table);
            }
            settings(table);
        });
    }

    private void mapped(Map<String, ColumnMetadata> columns) {
        List<Problem> problems = ContactSchema.of(integration, columns.values()).problems();
        problems.forEach(problem -> checks.failed(COLUMNS, problem.toString()));
        List<String> secured = integration.mappings().stream()
                .map(mapping -> mapping.column().logicalName())
                .filter(name -> columns.containsKey(name) && columns.get(name).secured())
                .toList();
        if (!secured.isEmpty()) {
            checks.warning(
                    COLUMNS,
                    "Column security is on for " + String.join(", ", secured)
                            + ": give the application user a column security"
                            + " profile that allows reading and updating them.");
        }
        if (problems.isEmpty()) {
            checks.ok(
                    COLUMNS,
                    "All " + integration.mappings().size()
                            + " mapped columns exist, can be read and written, and have a fitting" + " type.");
        }
    }

    private void key(@Nullable ColumnMetadata column, TableMetadata table) {
        if (keyColumn.equals(AttributeName.CONTACT_ID.logicalName())) {
            checks.ok(KEY, "The key column is contactid: organization user ids must be the GUIDs of contacts.");
        } else if (column == null) {
            noKey();
        } else if (!KEY_TYPES.contains(column.type())) {
            checks.failed(
                    KEY,
                    keyColumn + " is of type " + column.type() + ": the organization user id must be in a column"
                            + " for a single line of text.");
        } else if (!table.keyColumns().contains(keyColumn)) {
            checks.warning(
                    KEY,
                    keyColumn + " is not an alternate key: two contacts can have the same value, and deliveries"
                            + " for both become dead letters. Define an alternate key on it in the table's keys.");
        } else {
            checks.ok(KEY, keyColumn + " is an alternate key.");
        }
    }

    private void noKey() {
        checks.failed(
                KEY,
                keyColumn + " does not exist on contact: set contact_key to the column that holds the"
                        + " organization user id.");
    }

    private void settings(TableMetadata table) {
        if (!table.optimisticConcurrency()) {
            checks.failed(
                    TABLE,
                    "Optimistic concurrency is off: Dataverse ignores If-Match, so the bridge could overwrite changes"
                            + " that staff make. Turn it on.");
        }
        if (table.changeTracking()) {
            checks.ok(TABLE, "Change tracking is on.");
        } else {
            checks.warning(
                    TABLE,
                    "Change tracking is off: reconcile --scan dynamics relies on modifiedon and misses deleted contacts."
                            + " Turn on \"Track changes\" in the table's properties.");
        }
    }
}
