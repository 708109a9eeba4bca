package io.github.consentbridge.simulators.dataverse.column;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.simulators.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A column's metadata in the Web API's forms. */
public final class AttributeMetadata {
    /** Properties that are returned only with {@code $expand}. */
    public static final Set<String> NAVIGATION = Set.of("OptionSet", "GlobalOptionSet", "Keys");

    private static final int ENGLISH = 1033;

    private AttributeMetadata() {}

    /**
     * The column's metadata as JSON.
     *
     * @param typed whether to include the properties of the column's own type, as after a cast in the URL
     */
    public static ObjectNode of(SimulatedColumn column, boolean typed, boolean audited) {
        ObjectNode json = Json.object();
        json.put("@odata.type", "#Microsoft.Dynamics.CRM." + column.type().metadataType());
        json.put("MetadataId", idOf(column.logicalName()));
        json.put("LogicalName", column.logicalName());
        json.put("SchemaName", column.logicalName());
        json.put("EntityLogicalName", "contact");
        json.put("AttributeType", column.type().attributeType());
        json.putObject("AttributeTypeName").put("Value", column.type().attributeTypeName());
        json.put("IsValidForCreate", column.isValidForCreate());
        json.put("IsValidForRead", true);
        json.put("IsValidForUpdate", column.isValidForUpdate());
        json.put("IsSecured", column.isSecured());
        json.put("IsPrimaryId", column.logicalName().equals("contactid"));
        json.put("IsCustomAttribute", column.logicalName().startsWith("new_"));
        json.set("DisplayName", label(column.label()));
        json.set("RequiredLevel", requiredLevel());
        json.set("IsAuditEnabled", managed(audited, "canmodifyauditsettings"));
        if (typed) {
            addTyped(json, column);
        }
        return json;
    }

    public static ObjectNode managed(boolean value, String logicalName) {
        return Json.object()
                .put("Value", value)
                .put("CanBeChanged", true)
                .put("ManagedPropertyLogicalName", logicalName);
    }

    public static String idOf(String name) {
        return UUID.nameUUIDFromBytes(("contact." + name).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static void addTyped(ObjectNode json, SimulatedColumn column) {
        switch (column.type()) {
            case BOOLEAN -> {
                json.put("DefaultValue", Boolean.TRUE.equals(column.defaultValue()));
                ObjectNode optionSet = json.putObject("OptionSet");
                optionSet.put("OptionSetType", "Boolean");
                optionSet.set("TrueOption", option(1, "Yes"));
                optionSet.set("FalseOption", option(0, "No"));
                json.putNull("GlobalOptionSet");
            }
            case PICKLIST, MULTI_SELECT_PICKLIST, STATE, STATUS -> {
                int defaultOption = column.defaultValue() instanceof Integer number ? number : -1;
                json.put("DefaultFormValue", defaultOption);
                ObjectNode optionSet = json.putObject("OptionSet");
                optionSet
                        .put("IsGlobal", false)
                        .put("OptionSetType", column.type().attributeType());
                ArrayNode options = optionSet.putArray("Options");
                column.options().forEach((value, text) -> options.add(option(value, text)));
                json.putNull("GlobalOptionSet");
            }
            case STRING, MEMO -> {
                json.put("MaxLength", column.maxLength());
                json.put("Format", column.type() == ColumnType.MEMO ? "TextArea" : "Text");
                json.putObject("FormatName").put("Value", column.type() == ColumnType.MEMO ? "TextArea" : "Text");
            }
            case INTEGER ->
                json.put("MinValue", column.minimum().intValueExact())
                        .put("MaxValue", column.maximum().intValueExact())
                        .put("Format", "None");
            case DECIMAL, DOUBLE, MONEY ->
                json.put("MinValue", column.minimum())
                        .put("MaxValue", column.maximum())
                        .put("Precision", column.precision());
            case BIG_INT -> json.put("MinValue", Long.MIN_VALUE).put("MaxValue", Long.MAX_VALUE);
            case DATE_TIME -> {
                boolean dateOnly = column.behavior() == DateTimeBehavior.DATE_ONLY;
                json.put("Format", dateOnly ? "DateOnly" : "DateAndTime");
                json.putObject("DateTimeBehavior")
                        .put("Value", column.behavior().wireName());
            }
            case LOOKUP -> json.set("Targets", Json.of(List.of(column.target())));
            case UNIQUE_IDENTIFIER -> json.putNull("AutoNumberFormat");
        }
    }

    private static ObjectNode option(int value, String text) {
        ObjectNode option = Json.object();
        option.put("Value", value);
        option.putNull("Color");
        option.put("IsManaged", true);
        option.set("Label", label(text));
        return option;
    }

    private static ObjectNode label(String text) {
        Map<String, Object> localized = Map.of("Label", text, "LanguageCode", ENGLISH, "IsManaged", true);
        ObjectNode label = Json.object();
        label.putArray("LocalizedLabels").add(Json.of(localized));
        label.set("UserLocalizedLabel", Json.of(localized));
        return label;
    }

    private static ObjectNode requiredLevel() {
        return Json.object()
                .put("Value", "None")
                .put("CanBeChanged", true)
                .put("ManagedPropertyLogicalName", "canmodifyrequirementlevelsettings");
    }
}
