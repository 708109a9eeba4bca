package io.github.consentbridge.connectors.dataverse.metadata;

import io.github.consentbridge.connectors.dataverse.api.ContactColumns;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Builds the paths that read {@link ColumnMetadata}: one for what all types have, one per type that has more. */
final class ColumnQuery {
    private static final String ATTRIBUTES = "/EntityDefinitions(LogicalName='contact')/Attributes";
    private static final String COMMON = ATTRIBUTES
            + "?$select=LogicalName,AttributeTypeName,IsValidForRead,IsValidForCreate,IsValidForUpdate,"
            + "IsSecured,IsAuditEnabled";
    private static final String OPTIONS = "&$expand=OptionSet($select=Options),GlobalOptionSet($select=Options)";

    /** {@code AttributeTypeName.Value} to the cast and the properties to select. */
    private static final Map<String, Cast> CASTS = Map.ofEntries(
            Map.entry("StringType", new Cast("String", "MaxLength", "")),
            Map.entry("MemoType", new Cast("Memo", "MaxLength", "")),
            Map.entry("IntegerType", new Cast("Integer", "MinValue,MaxValue", "")),
            Map.entry("BigIntType", new Cast("BigInt", "MinValue,MaxValue", "")),
            Map.entry("DecimalType", new Cast("Decimal", "MinValue,MaxValue,Precision", "")),
            Map.entry("DoubleType", new Cast("Double", "MinValue,MaxValue,Precision", "")),
            Map.entry("MoneyType", new Cast("Money", "MinValue,MaxValue,Precision", "")),
            Map.entry("DateTimeType", new Cast("DateTime", "DateTimeBehavior", "")),
            Map.entry("BooleanType", new Cast("Boolean", "DefaultValue", "")),
            Map.entry("PicklistType", new Cast("Picklist", "DefaultFormValue", OPTIONS)),
            Map.entry("MultiSelectPicklistType", new Cast("MultiSelectPicklist", "DefaultFormValue", OPTIONS)),
            Map.entry("StateType", new Cast("State", "DefaultFormValue", OPTIONS)),
            Map.entry("StatusType", new Cast("Status", "DefaultFormValue", OPTIONS)));

    private record Cast(String type, String select, String expand) {}

    private ColumnQuery() {}

    static String common(Collection<String> columns) {
        return COMMON + "&$filter=" + named(columns);
    }

    /** The same of all columns, with their labels. */
    static String allCommon() {
        return COMMON + ",DisplayName";
    }

    /** The additional metadata of columns of one type; null if none is needed. */
    static @Nullable String specific(String type, Collection<String> columns) {
        @Nullable String all = allSpecific(type);
        return all == null ? null : all + "&$filter=" + named(columns);
    }

    /** The same of all columns of this type. */
    static @Nullable String allSpecific(String type) {
        Cast cast = CASTS.get(type);
        return cast == null
                ? null
                : ATTRIBUTES + "/Microsoft.Dynamics.CRM." + cast.type() + "AttributeMetadata?$select=LogicalName,"
                        + cast.select() + cast.expand();
    }

    private static String named(Collection<String> columns) {
        columns.forEach(ContactColumns::requireLogicalName);
        return new LinkedHashSet<>(columns)
                .stream().map(column -> "LogicalName%20eq%20'" + column + "'").collect(Collectors.joining("%20or%20"));
    }
}
