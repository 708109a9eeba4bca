package io.github.consentbridge.sync.connections;

import io.github.consentbridge.connectors.dataverse.metadata.ColumnMetadata;
import io.github.consentbridge.mapping.column.ColumnCheck;
import io.github.consentbridge.mapping.column.ColumnCodec;
import io.github.consentbridge.mapping.column.ColumnType;
import io.github.consentbridge.mapping.column.ContactColumn;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.json.Problem;
import io.github.consentbridge.mapping.settle.ContactMapping;
import io.github.consentbridge.mapping.settle.MappedColumn;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The mappings fitted to the environment's columns.
 *
 * @param mapping those that fit; all of them, unless there are problems
 * @param defaults what Dataverse writes in the columns of a new row by itself
 * @param audited columns whose changes are kept in the audit history, where the environment keeps one
 * @param problems everything that is wrong, in mapping order
 */
public record ContactSchema(
        ContactMapping mapping,
        Map<AttributeName, Object> defaults,
        Set<AttributeName> audited,
        List<Problem> problems) {
    public ContactSchema {
        defaults = Map.copyOf(defaults);
        audited = Set.copyOf(audited);
        problems = List.copyOf(problems);
    }

    /**
     * Fits the mappings to what Dataverse says of their columns.
     *
     * @param metadata of the mapped columns that exist
     */
    public static ContactSchema of(Integration integration, Collection<ColumnMetadata> metadata) {
        Map<AttributeName, ContactColumn> columns = new LinkedHashMap<>();
        Map<AttributeName, Object> defaults = new LinkedHashMap<>();
        Set<AttributeName> audited = new LinkedHashSet<>();
        Set<AttributeName> secured = new LinkedHashSet<>();
        for (ColumnMetadata column : metadata) {
            AttributeName name = new AttributeName(column.logicalName());
            columns.put(name, new ContactColumn(name, type(column), column.validForRead(), column.validForUpdate()));
            if (column.audited()) {
                audited.add(name);
            }
            if (column.secured()) {
                secured.add(name);
            }
            if (column.defaultValue() != null) {
                defaults.put(name, column.defaultValue());
            }
        }
        List<Problem> problems = ColumnCheck.problems(integration, columns.values());
        List<MappedColumn> fitting = new ArrayList<>();
        Set<String> unfitting = problems.stream().map(Problem::pointer).collect(Collectors.toSet());
        for (int index = 0; index < integration.mappings().size(); index++) {
            Mapping mapping = integration.mappings().get(index);
            if (!unfitting.contains("/mappings/" + index)) {
                ColumnType type = columns.get(mapping.column()).type();
                fitting.add(
                        new MappedColumn(mapping, ColumnCodec.of(mapping, type), secured.contains(mapping.column())));
            }
        }
        return new ContactSchema(ContactMapping.of(fitting), defaults, audited, problems);
    }

    /** The logical names of all columns that a person's contact is read with. */
    public List<String> columnNames() {
        return mapping.columns().stream().map(AttributeName::logicalName).toList();
    }

    private static ColumnType type(ColumnMetadata column) {
        return switch (column.type()) {
            case "BooleanType" -> new ColumnType.Bool();
            case "PicklistType", "StateType", "StatusType" -> new ColumnType.Choice(column.options());
            case "MultiSelectPicklistType" -> new ColumnType.MultiChoice(column.options());
            case "StringType", "MemoType" ->
                new ColumnType.Text(Objects.requireNonNullElse(column.maxLength(), Integer.MAX_VALUE));
            case "IntegerType" -> whole(column, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case "BigIntType" -> whole(column, Long.MIN_VALUE, Long.MAX_VALUE);
            case "DecimalType", "DoubleType", "MoneyType" -> decimal(column);
            case "DateTimeType" -> new ColumnType.DateTime(behavior(column.dateTimeBehavior()));
            default -> new ColumnType.Other(column.type());
        };
    }

    private static ColumnType whole(ColumnMetadata column, long least, long most) {
        return new ColumnType.WholeNumber(
                column.min() == null ? least : column.min().longValue(),
                column.max() == null ? most : column.max().longValue());
    }

    private static ColumnType decimal(ColumnMetadata column) {
        // Dataverse's own outer limits for decimals, where the metadata names none.
        BigDecimal limit = new BigDecimal("100000000000");
        return new ColumnType.DecimalNumber(
                Objects.requireNonNullElse(column.min(), limit.negate()),
                Objects.requireNonNullElse(column.max(), limit),
                Objects.requireNonNullElse(column.precision(), 10));
    }

    private static ColumnType.Behavior behavior(@Nullable String name) {
        return switch (name == null ? "" : name) {
            case "DateOnly" -> ColumnType.Behavior.DATE_ONLY;
            case "TimeZoneIndependent" -> ColumnType.Behavior.TIME_ZONE_INDEPENDENT;
            default -> ColumnType.Behavior.USER_LOCAL;
        };
    }
}
