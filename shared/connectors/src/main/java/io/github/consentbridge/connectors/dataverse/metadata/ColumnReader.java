package io.github.consentbridge.connectors.dataverse.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.connectors.dataverse.api.DataverseException;
import io.github.consentbridge.connectors.dataverse.api.DataverseJson;
import io.github.consentbridge.connectors.http.RemoteResponse;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Converts Dataverse's attribute definitions to {@link ColumnMetadata}. */
final class ColumnReader {
    private ColumnReader() {}

    /** The definitions in an answer, by logical name. */
    static Map<String, JsonNode> definitions(RemoteResponse response) {
        Map<String, JsonNode> definitions = new LinkedHashMap<>();
        for (JsonNode definition : DataverseJson.rows(response)) {
            String name = definition.path("LogicalName").textValue();
            if (name == null) {
                throw DataverseException.unreadable(response, "a column has no logical name");
            }
            definitions.put(name, definition);
        }
        return definitions;
    }

    static String typeOf(JsonNode common) {
        return common.path("AttributeTypeName").path("Value").asText("");
    }

    static ColumnMetadata column(JsonNode common, JsonNode specific) {
        Set<Integer> options = options(specific);
        return new ColumnMetadata(
                common.path("LogicalName").asText(),
                typeOf(common),
                common.path("IsValidForRead").asBoolean(true),
                common.path("IsValidForCreate").asBoolean(true),
                common.path("IsValidForUpdate").asBoolean(true),
                common.path("IsSecured").asBoolean(false),
                common.path("IsAuditEnabled").path("Value").asBoolean(false),
                integer(specific.path("MaxLength")),
                number(specific.path("MinValue")),
                number(specific.path("MaxValue")),
                integer(specific.path("Precision")),
                specific.path("DateTimeBehavior").path("Value").textValue(),
                options,
                defaultValue(specific, options));
    }

    static LabelledColumn labelled(JsonNode common, JsonNode specific) {
        return new LabelledColumn(column(common, specific), labels(common.path("DisplayName")), optionLabels(specific));
    }

    private static Set<Integer> options(JsonNode specific) {
        return optionLabels(specific).keySet();
    }

    /** A column has either its own option set or a global one. */
    private static Map<Integer, List<String>> optionLabels(JsonNode specific) {
        Map<Integer, List<String>> options = new LinkedHashMap<>();
        for (String set : new String[] {"OptionSet", "GlobalOptionSet"}) {
            for (JsonNode option : specific.path(set).path("Options")) {
                if (option.path("Value").canConvertToInt()) {
                    options.put(option.path("Value").intValue(), labels(option.path("Label")));
                }
            }
        }
        return options;
    }

    /** All languages, that of the user first. It is null if the environment has no label in that language. */
    private static List<String> labels(JsonNode label) {
        Set<String> labels = new LinkedHashSet<>();
        labels.add(label.path("UserLocalizedLabel").path("Label").asText(""));
        label.path("LocalizedLabels")
                .forEach(each -> labels.add(each.path("Label").asText("")));
        labels.remove("");
        return List.copyOf(labels);
    }

    /** A choice without a default has -1. */
    private static @Nullable Object defaultValue(JsonNode specific, Set<Integer> options) {
        JsonNode flag = specific.path("DefaultValue");
        if (flag.isBoolean()) {
            return flag.booleanValue();
        }
        Integer choice = integer(specific.path("DefaultFormValue"));
        return choice != null && options.contains(choice) ? choice : null;
    }

    private static @Nullable Integer integer(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToInt() ? node.intValue() : null;
    }

    private static @Nullable BigDecimal number(JsonNode node) {
        return node.isNumber() ? node.decimalValue() : null;
    }
}
