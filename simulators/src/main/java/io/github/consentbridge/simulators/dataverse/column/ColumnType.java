package io.github.consentbridge.simulators.dataverse.column;

/** Kinds of columns, with the names that metadata gives them. */
public enum ColumnType {
    BOOLEAN("Boolean", "BooleanType", "BooleanAttributeMetadata"),
    PICKLIST("Picklist", "PicklistType", "PicklistAttributeMetadata"),
    // AttributeType is no enum with a member for this one: it says Virtual.
    MULTI_SELECT_PICKLIST("Virtual", "MultiSelectPicklistType", "MultiSelectPicklistAttributeMetadata"),
    STATE("State", "StateType", "StateAttributeMetadata"),
    STATUS("Status", "StatusType", "StatusAttributeMetadata"),
    STRING("String", "StringType", "StringAttributeMetadata"),
    MEMO("Memo", "MemoType", "MemoAttributeMetadata"),
    INTEGER("Integer", "IntegerType", "IntegerAttributeMetadata"),
    BIG_INT("BigInt", "BigIntType", "BigIntAttributeMetadata"),
    DECIMAL("Decimal", "DecimalType", "DecimalAttributeMetadata"),
    DOUBLE("Double", "DoubleType", "DoubleAttributeMetadata"),
    MONEY("Money", "MoneyType", "MoneyAttributeMetadata"),
    DATE_TIME("DateTime", "DateTimeType", "DateTimeAttributeMetadata"),
    LOOKUP("Lookup", "LookupType", "LookupAttributeMetadata"),
    UNIQUE_IDENTIFIER("Uniqueidentifier", "UniqueidentifierType", "UniqueIdentifierAttributeMetadata");

    private final String attributeType;
    private final String attributeTypeName;
    private final String metadataType;

    ColumnType(String attributeType, String attributeTypeName, String metadataType) {
        this.attributeType = attributeType;
        this.attributeTypeName = attributeTypeName;
        this.metadataType = metadataType;
    }

    public String attributeType() {
        return attributeType;
    }

    String attributeTypeName() {
        return attributeTypeName;
    }

    public String metadataType() {
        return metadataType;
    }

    public boolean isText() {
        return this == STRING || this == MEMO;
    }
}
