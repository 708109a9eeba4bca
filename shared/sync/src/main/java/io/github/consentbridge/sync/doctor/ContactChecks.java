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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks the table contact: the mapped columns, the key column and the table's settings. */
final class ContactChecks {
    static final String COLUMNS = "mapped columns";
    static final String KEY = "key column";
    static final String TABLE = "table contact";

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

    void run() {
        Set<String> names = new LinkedHashSet<>();
        integration.mappings().forEach(mapping -> names.add(mapping.column().logicalName()));
        names.add(keyColumn);
        Map<String, ColumnMetadata> columns = new HashMap<>();
        boolean known = checks.attempt(CheckCode.COLUMN, COLUMNS, () -> {
            columns.putAll(dataverse.columns(names));
            mapped(columns);
            secured(names, columns);
        });
        boolean table = checks.attempt(CheckCode.OPTIMISTIC_CONCURRENCY, TABLE, () -> {
            TableMetadata metadata = dataverse.table();
            if (known) {
                key(columns.get(keyColumn), metadata);
            }
            settings(metadata);
        });
        if (!known || !table) {
            checks.notChecked(CheckCode.KEY_COLUMN, KEY, "the metadata of the table contact come first");
        }
        if (!table) {
            checks.notChecked(CheckCode.CHANGE_TRACKING, TABLE, "the metadata of the table contact come first");
        }
        stability();
    }

    /** One result per column, so that each says which one it is. */
    private void mapped(Map<String, ColumnMetadata> columns) {
        List<Problem> problems = ContactSchema.of(integration, columns.values()).problems();
        for (int index = 0; index < integration.mappings().size(); index++) {
            String pointer = "/mappings/" + index;
            String column = integration.mappings().get(index).column().logicalName();
            String wrong = problems.stream()
                    .filter(problem -> problem.pointer().equals(pointer))
                    .map(Problem::toString)
                    .collect(Collectors.joining("\n"));
            if (wrong.isEmpty()) {
                String type = columns.get(column).type();
                checks.ok(
                        CheckCode.COLUMN,
                        "column " + column,
                        "It exists, can be read and written, and its type " + type + " fits.");
            } else {
                checks.failed(CheckCode.COLUMN, "column " + column, wrong);
            }
        }
    }

    private void secured(Set<String> names, Map<String, ColumnMetadata> columns) {
        List<String> secured = names.stream()
                .filter(name -> columns.containsKey(name) && columns.get(name).secured())
                .toList();
        if (!secured.isEmpty()) {
            checks.warning(
                    CheckCode.COLUMN_SECURITY,
                    "column security",
                    "Column security is on for " + String.join(", ", secured)
                            + ": give the application user a column security"
                            + " profile that allows reading and updating them.");
        }
    }

    private void key(@Nullable ColumnMetadata column, TableMetadata table) {
        if (keyColumn.equals(AttributeName.CONTACT_ID.logicalName())) {
            checks.ok(
                    CheckCode.KEY_COLUMN,
                    KEY,
                    "The key column is contactid: organization user ids must be the GUIDs of contacts.");
        } else if (column == null) {
            checks.failed(
                    CheckCode.KEY_COLUMN,
                    KEY,
                    keyColumn + " does not exist on contact: set contact_key to the column that holds the"
                            + " organization user id.");
        } else if (!KEY_TYPES.contains(column.type())) {
            checks.failed(
                    CheckCode.KEY_COLUMN,
                    KEY,
                    keyColumn + " is of type " + column.type() + ": the organization user id must be in a column"
                            + " for a single line of text.");
        } else if (!table.keyColumns().contains(keyColumn)) {
            checks.warning(
                    CheckCode.KEY_COLUMN,
                    KEY,
                    keyColumn + " is not an alternate key: two contacts can have the same value, and deliveries"
                            + " for both become dead letters. Define an alternate key on it in the table's keys.");
        } else {
            checks.ok(CheckCode.KEY_COLUMN, KEY, keyColumn + " is an alternate key.");
        }
    }

    private void stability() {
        KeyStability.warning(integration.contactKey())
                .ifPresent(warning -> checks.warning(CheckCode.KEY_STABILITY, KEY, warning));
    }

    private void settings(TableMetadata table) {
        if (table.optimisticConcurrency()) {
            checks.ok(CheckCode.OPTIMISTIC_CONCURRENCY, TABLE, "Optimistic concurrency is on.");
        } else {
            checks.failed(
                    CheckCode.OPTIMISTIC_CONCURRENCY,
                    TABLE,
                    "Optimistic concurrency is off: Dataverse ignores If-Match, so the bridge could overwrite changes"
                            + " that staff make. Turn it on.");
        }
        if (table.changeTracking()) {
            checks.ok(CheckCode.CHANGE_TRACKING, TABLE, "Change tracking is on.");
        } else {
            checks.warning(
                    CheckCode.CHANGE_TRACKING,
                    TABLE,
                    "Change tracking is off: reconcile --scan dynamics relies on modifiedon and misses deleted contacts."
                            + " Turn on \"Track changes\" in the table's properties.");
        }
    }
}
