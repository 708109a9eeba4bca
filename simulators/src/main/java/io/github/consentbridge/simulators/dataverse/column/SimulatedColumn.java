package io.github.consentbridge.simulators.dataverse.column;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A column of the simulated {@code contact} table. Immutable: {@link #defaultsTo} and similar methods return a changed
 * copy. Logical names are lower case.
 */
public final class SimulatedColumn {
    private final String logicalName;
    private final ColumnType type;
    private Map<Integer, String> options = Map.of();
    private @Nullable Object defaultValue;
    private volatile int maxLength;
    private volatile BigDecimal minimum = BigDecimal.ZERO;
    private volatile BigDecimal maximum = BigDecimal.ZERO;
    private int precision;
    private DateTimeBehavior behavior = DateTimeBehavior.USER_LOCAL;
    private String target = "";
    private String navigationProperty = "";
    private boolean validForCreate = true;
    private boolean validForUpdate = true;
    private volatile boolean secured;
    private boolean writeOnly;
    private String table = "contact";
    private String label;

    private SimulatedColumn(String logicalName, ColumnType type) {
        this.logicalName = logicalName;
        this.type = type;
        this.label = logicalName;
    }

    /** Two options. New rows have false unless {@link #defaultsTo} sets another default, as in Dataverse. */
    public static SimulatedColumn bool(String logicalName) {
        return new SimulatedColumn(logicalName, ColumnType.BOOLEAN).defaultsTo(false);
    }

    /**
     * One option of several, or none.
     *
     * @param options option number to label
     */
    public static SimulatedColumn choice(String logicalName, Map<Integer, String> options) {
        return new SimulatedColumn(logicalName, ColumnType.PICKLIST).withOptions(options);
    }

    /** Several options at once; on the wire a text such as {@code "1,9"}. */
    public static SimulatedColumn multiChoice(String logicalName, Map<Integer, String> options) {
        return new SimulatedColumn(logicalName, ColumnType.MULTI_SELECT_PICKLIST).withOptions(options);
    }

    public static SimulatedColumn text(String logicalName, int maxLength) {
        return new SimulatedColumn(logicalName, ColumnType.STRING).with(column -> column.maxLength = maxLength);
    }

    public static SimulatedColumn memo(String logicalName, int maxLength) {
        return new SimulatedColumn(logicalName, ColumnType.MEMO).with(column -> column.maxLength = maxLength);
    }

    public static SimulatedColumn integer(String logicalName, int minimum, int maximum) {
        return new SimulatedColumn(logicalName, ColumnType.INTEGER)
                .withRange(BigDecimal.valueOf(minimum), BigDecimal.valueOf(maximum), 0);
    }

    /**
     * An exact decimal number.
     *
     * @param precision decimal places; values with more are rounded
     */
    public static SimulatedColumn decimal(String logicalName, BigDecimal minimum, BigDecimal maximum, int precision) {
        return new SimulatedColumn(logicalName, ColumnType.DECIMAL).withRange(minimum, maximum, precision);
    }

    /** A floating point number. */
    public static SimulatedColumn floating(String logicalName, BigDecimal minimum, BigDecimal maximum) {
        return new SimulatedColumn(logicalName, ColumnType.DOUBLE).withRange(minimum, maximum, 5);
    }

    public static SimulatedColumn money(String logicalName, BigDecimal minimum, BigDecimal maximum) {
        return new SimulatedColumn(logicalName, ColumnType.MONEY).withRange(minimum, maximum, 2);
    }

    public static SimulatedColumn dateTime(String logicalName, DateTimeBehavior behavior) {
        return new SimulatedColumn(logicalName, ColumnType.DATE_TIME).with(column -> column.behavior = behavior);
    }

    /**
     * A reference to a row of another table.
     *
     * @param navigationProperty the name for {@code @odata.bind}; case-sensitive
     * @param target logical name of the table it points to
     */
    public static SimulatedColumn lookup(String logicalName, String navigationProperty, String target) {
        return new SimulatedColumn(logicalName, ColumnType.LOOKUP).with(column -> {
            column.navigationProperty = navigationProperty;
            column.target = target;
        });
    }

    public static SimulatedColumn uniqueIdentifier(String logicalName) {
        return new SimulatedColumn(logicalName, ColumnType.UNIQUE_IDENTIFIER);
    }

    static SimulatedColumn bigInt(String logicalName) {
        return new SimulatedColumn(logicalName, ColumnType.BIG_INT);
    }

    public static SimulatedColumn state(Map<Integer, String> options) {
        return new SimulatedColumn("statecode", ColumnType.STATE)
                .withOptions(options)
                .defaultsTo(0);
    }

    public static SimulatedColumn status(Map<Integer, String> options) {
        return new SimulatedColumn("statuscode", ColumnType.STATUS)
                .withOptions(options)
                .defaultsTo(1);
    }

    /** The default value of new rows. */
    public SimulatedColumn defaultsTo(Object value) {
        return with(column -> column.defaultValue = value);
    }

    /** Writing it through the API is refused. */
    public SimulatedColumn readOnly() {
        return with(column -> {
            column.validForCreate = false;
            column.validForUpdate = false;
        });
    }

    /** It can be given when a row is created, and not changed later. */
    public SimulatedColumn onlyForCreate() {
        return with(column -> column.validForUpdate = false);
    }

    /** Column-level security without a profile for us: it reads as null and cannot be written. */
    public SimulatedColumn secured() {
        return with(column -> column.secured = true);
    }

    void secure(boolean enabled) {
        secured = enabled;
    }

    void limit(int most) {
        maxLength = most;
    }

    void limit(BigDecimal least, BigDecimal most) {
        minimum = least;
        maximum = most;
    }

    /** What staff read; the logical name by default. */
    public SimulatedColumn labelled(String text) {
        return with(column -> column.label = text);
    }

    String label() {
        return label;
    }

    /** Metadata requests omit this column. */
    public SimulatedColumn writeOnly() {
        return with(column -> column.writeOnly = true);
    }

    public String logicalName() {
        return logicalName;
    }

    /** The same column in another table than {@code contact}. */
    public SimulatedColumn in(String logicalNameOfTable) {
        return with(column -> column.table = logicalNameOfTable);
    }

    /** Logical name of the table that it belongs to. */
    public String table() {
        return table;
    }

    public ColumnType type() {
        return type;
    }

    /** The name in {@code $select}, {@code $filter} and answers. */
    public String propertyName() {
        return type == ColumnType.LOOKUP ? "_" + logicalName + "_value" : logicalName;
    }

    Map<Integer, String> options() {
        return options;
    }

    @Nullable
    public Object defaultValue() {
        return defaultValue;
    }

    int maxLength() {
        return maxLength;
    }

    BigDecimal minimum() {
        return minimum;
    }

    BigDecimal maximum() {
        return maximum;
    }

    public int precision() {
        return precision;
    }

    public DateTimeBehavior behavior() {
        return behavior;
    }

    public String target() {
        return target;
    }

    public String navigationProperty() {
        return navigationProperty;
    }

    boolean isValidForCreate() {
        return validForCreate;
    }

    boolean isValidForUpdate() {
        return validForUpdate;
    }

    public boolean isWriteOnly() {
        return writeOnly;
    }

    public boolean isSecured() {
        return secured;
    }

    private SimulatedColumn withOptions(Map<Integer, String> values) {
        return with(column -> column.options = Collections.unmodifiableMap(new LinkedHashMap<>(values)));
    }

    private SimulatedColumn withRange(BigDecimal least, BigDecimal most, int digits) {
        return with(column -> {
            column.minimum = least;
            column.maximum = most;
            column.precision = digits;
        });
    }

    private SimulatedColumn with(Consumer<SimulatedColumn> change) {
        SimulatedColumn copy = new SimulatedColumn(logicalName, type);
        copy.options = options;
        copy.defaultValue = defaultValue;
        copy.maxLength = maxLength;
        copy.minimum = minimum;
        copy.maximum = maximum;
        copy.precision = precision;
        copy.behavior = behavior;
        copy.target = target;
        copy.navigationProperty = navigationProperty;
        copy.validForCreate = validForCreate;
        copy.validForUpdate = validForUpdate;
        copy.secured = secured;
        copy.writeOnly = writeOnly;
        copy.table = table;
        copy.label = label;
        change.accept(copy);
        return copy;
    }
}
