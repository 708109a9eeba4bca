package io.github.consentbridge.connectors.dataverse.metadata;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of one column of contact. Limits are null if the type has none or Dataverse gives none.
 *
 * @param type {@code AttributeTypeName.Value}: {@code BooleanType}, {@code PicklistType},
 *     {@code MultiSelectPicklistType}, {@code StateType}, {@code StatusType}, {@code StringType}, {@code MemoType},
 *     {@code IntegerType}, {@code BigIntType}, {@code DecimalType}, {@code DoubleType}, {@code MoneyType},
 *     {@code DateTimeType}, {@code UniqueidentifierType}, {@code LookupType} and so on
 * @param secured column-level security: without a profile the column reads as null and cannot be written
 * @param audited the column's own setting; changes are recorded only if the table and the environment are audited too
 * @param maxLength maximum text length in characters (String, Memo)
 * @param min minimum (Integer, BigInt, Decimal, Double, Money)
 * @param max maximum
 * @param precision decimal places (Decimal, Double, Money)
 * @param dateTimeBehavior {@code UserLocal}, {@code DateOnly} or {@code TimeZoneIndependent} (DateTime)
 * @param options allowed option numbers (Picklist, MultiSelectPicklist, State, Status); empty for other types
 * @param defaultValue {@code Boolean} (Boolean) or {@code Integer} (choices) that a new row gets by itself; null if
 *     none
 * @see <a href="https://learn.microsoft.com/power-apps/developer/data-platform/webapi/query-metadata-web-api">Query
 *     table definitions</a>
 */
public record ColumnMetadata(
        String logicalName,
        String type,
        boolean validForRead,
        boolean validForCreate,
        boolean validForUpdate,
        boolean secured,
        boolean audited,
        @Nullable Integer maxLength,
        @Nullable BigDecimal min,
        @Nullable BigDecimal max,
        @Nullable Integer precision,
        @Nullable String dateTimeBehavior,
        Set<Integer> options,
        @Nullable Object defaultValue) {
    public ColumnMetadata {
        requireNonNull(logicalName, "logicalName");
        requireNonNull(type, "type");
        options = Set.copyOf(options);
    }
}
