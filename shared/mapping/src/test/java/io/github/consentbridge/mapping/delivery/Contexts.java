package io.github.consentbridge.mapping.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.mapping.column.ColumnCodec;
import io.github.consentbridge.mapping.column.ColumnType;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.IntegrationReader;
import io.github.consentbridge.mapping.settle.ContactMapping;
import io.github.consentbridge.mapping.settle.MappedColumn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Builds and reads bodies in the form of a {@code RemoteExecutionContext}. */
final class Contexts {
    static final String ID = "6f0c1f6e-8d2a-4d9b-9a51-1c5a3c1f0a01";
    static final String STAFF = "75c2a1d4-2b6f-4d55-8d0c-5a7f3c1e9b02";
    static final String NINE = "/Date(1772355600000)/";
    static final Instant RECEIVED = Instant.parse("2026-03-01T09:00:05Z");
    static final Instant NINE_O_CLOCK = Instant.parse("2026-03-01T09:00:00Z");
    static final AttributeName NEWSLETTER = new AttributeName("new_newsletter");
    static final AttributeName BULK = new AttributeName("donotbulkemail");
    static final AttributeName FREQUENCY = new AttributeName("new_frequency");
    static final AttributeName TOPICS = new AttributeName("new_topics");

    private static final String MAPPINGS = """
            {"id": "new_newsletter", "value": {"purpose": "newsletter"}},
            {"id": "donotbulkemail", "value": {"purpose": "marketing"}, "invert": true},
            {"id": "new_frequency", "value": {"purpose": "marketing", "preference": "frequency"},
             "options": {"weekly": 1, "monthly": 2}},
            {"id": "new_topics", "value": {"purpose": "marketing", "preference": "topics"},
             "options": {"news": 1, "offers": 9}},
            {"id": "new_consentdate", "value": {"property": "updated_at"}}""";

    private static final Map<String, ColumnType> TYPES = Map.of(
            "new_newsletter", new ColumnType.Bool(),
            "donotbulkemail", new ColumnType.Bool(),
            "new_frequency", new ColumnType.Choice(Set.of(1, 2)),
            "new_topics", new ColumnType.MultiChoice(Set.of(1, 9)),
            "new_consentdate", new ColumnType.DateTime(ColumnType.Behavior.USER_LOCAL));

    private Contexts() {}

    static Integration integration(String properties) {
        return IntegrationReader.read(
                """
                {"type_id": "microsoft-dynamics", "properties": {%s "organization_id": "acme"}, "mappings": [%s]}""".formatted(properties, MAPPINGS).getBytes(UTF_8), IntegrationReader.Place.FILE);
    }

    static final Integration BY_DIDOMI_ID = integration("\"contact_key\": \"new_didomiid\",");

    static ContactChoices choices(Map<AttributeName, Object> defaults) {
        List<MappedColumn> columns = BY_DIDOMI_ID.mappings().stream()
                .map(mapping -> new MappedColumn(
                        mapping,
                        ColumnCodec.of(mapping, TYPES.get(mapping.column().logicalName()))))
                .toList();
        return new ContactChoices(ContactMapping.of(columns), defaults);
    }

    static ContactReading read(String body) throws MalformedDeliveryException {
        return new DynamicsReader(BY_DIDOMI_ID).read(body, RECEIVED);
    }

    static ContactChange change(String body) throws MalformedDeliveryException {
        return (ContactChange) read(body);
    }

    /** {@code value@time} of each choice in a change that our application user did not make. */
    static List<String> reported(ContactChange change) {
        return reported(change, Map.of());
    }

    static List<String> reported(ContactChange change, Map<AttributeName, Object> defaults) {
        List<String> reported = new ArrayList<>();
        choices(defaults)
                .of(change, change.stamp(), "d1")
                .forEach(choice -> reported.add(choice.column() + " " + Deliveries.words(choice)));
        return reported;
    }

    /** An entry of a dictionary. */
    static String pair(String key, String json) {
        return "{\"key\": \"%s\", \"value\": %s}".formatted(key, json);
    }

    static String option(int number) {
        return "{\"__type\": \"OptionSetValue:http://schemas.microsoft.com/xrm/2011/Contracts\", \"Value\": %d}"
                .formatted(number);
    }

    static String entity(String... attributes) {
        return """
                {"__type": "Entity:http://schemas.microsoft.com/xrm/2011/Contracts", "Attributes": [%s], "EntityState": null,
                 "FormattedValues": [], "Id": "%s", "KeyAttributes": [], "LogicalName": "contact", "RelatedEntities": [],
                 "RowVersion": null}""".formatted(String.join(",", attributes), ID);
    }

    static String target(String... attributes) {
        return "\"InputParameters\": [%s]".formatted(pair("Target", entity(attributes)));
    }

    static String preImage(String... attributes) {
        return "\"PreEntityImages\": [%s]".formatted(pair("pre", entity(attributes)));
    }

    static String postImage(String... attributes) {
        return "\"PostEntityImages\": [%s, %s]"
                .formatted(
                        pair("AsynchronousStepPrimaryName", entity(pair("fullname", "\"Ada\""))),
                        pair("post", entity(attributes)));
    }

    static String context(String message, String... members) {
        return """
                {"CorrelationId": "c0a80101-0000-4000-8000-000000000001", "Depth": 1, "InitiatingUserId": "%s",
                 "MessageName": "%s", "Mode": 1, "OperationCreatedOn": "/Date(1772348400000+0200)/", "OutputParameters": [],
                 "ParentContext": {"MessageName": "Update", "Stage": 30,
                   "InputParameters": [{"key": "Target", "value": {"Attributes": [
                     {"key": "new_newsletter", "value": false}, {"key": "new_didomiid", "value": "somebody else"}]}}]},
                 %s "PrimaryEntityId": "%s", "PrimaryEntityName": "contact", "Stage": 40, "UserId": "%s"}""".formatted(
                        STAFF,
                        message,
                        Stream.of(members).map(member -> member + ",").collect(Collectors.joining()),
                        ID,
                        STAFF);
    }
}
