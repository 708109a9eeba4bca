package io.github.consentbridge.mapping.delivery;

import static io.github.consentbridge.mapping.delivery.Contexts.context;
import static io.github.consentbridge.mapping.delivery.Contexts.pair;
import static io.github.consentbridge.mapping.delivery.Contexts.postImage;
import static io.github.consentbridge.mapping.delivery.Contexts.preImage;
import static io.github.consentbridge.mapping.delivery.Contexts.target;
import static io.github.consentbridge.mapping.delivery.Deliveries.FREQUENCY;
import static io.github.consentbridge.mapping.delivery.Deliveries.NEWSLETTER;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.document.DidomiPath;
import io.github.consentbridge.mapping.json.JsonTree;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A member that is used and has the wrong type is refused by its name; null is the same as absent. */
class WrongMembersTest {
    private static final DidomiPath[] PATHS = {
        NEWSLETTER,
        FREQUENCY,
        new DidomiPath.Preference("marketing", "topics"),
        new DidomiPath.Channel("marketing", null, "email"),
        new DidomiPath.Channel("marketing", "topics", "sms"),
        new DidomiPath.Preference(null, "offers"),
        new DidomiPath.Channel(null, null, "phone")
    };

    private static final String CONSENTS = """
            "purposes": [
              {"id": "newsletter", "enabled": true},
              {"id": "marketing", "enabled": true, "values": {"frequency": {"value": "weekly"}},
               "preferences": [{"id": "topics", "enabled": true, "channels": [{"id": "sms", "enabled": false}]}],
               "channels": [{"id": "email", "enabled": true}]}],
            "preferences": [{"id": "offers", "enabled": true}], "channels": [{"id": "phone", "enabled": true}]""";

    private static final String FLATTENED = """
            {"type": "event.created", "entity": {"id": "e-1", "status": "confirmed",
              "created_at": "2026-10-02T08:15:30.120Z", "user__organization_user_id": "ada@example.org",
              "consents__purposes__0__id": "newsletter", "consents__purposes__0__enabled": true}}""";

    private static String didomi(String kind) {
        return switch (kind) {
            case "event" -> Deliveries.event("event.created", CONSENTS);
            case "user" -> Deliveries.user("user.created", "\"regulation\": \"gdpr\"", CONSENTS);
            case "flat" -> FLATTENED;
            default ->
                Deliveries.updated(
                        Deliveries.source("2026-10-02T08:15:30.120Z", "\"status\": \"confirmed\",", CONSENTS),
                        CONSENTS,
                        CONSENTS);
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            event   | /type                                                   | type
            event   | /regulation                                             | regulation
            event   | /parameters                                             | parameters
            event   | /parameters/entity                                      | entity
            event   | /parameters/entity/regulation                           | regulation
            event   | /parameters/entity/user                                 | user
            event   | /parameters/entity/user/id                              | id
            event   | /parameters/entity/user/organization_user_id            | organization_user_id
            event   | /parameters/entity/status                               | status
            event   | /parameters/entity/created_at                           | created_at
            event   | /parameters/entity/consents                             | entity.consents
            event   | /parameters/entity/consents/purposes                    | entity.consents.purposes
            event   | /parameters/entity/consents/purposes/0                  | entity.consents.purposes[0]
            event   | /parameters/entity/consents/purposes/0/id               | entity.consents.purposes[0].id
            event   | /parameters/entity/consents/purposes/0/enabled          | entity.consents.purposes[0].enabled
            event   | /parameters/entity/consents/purposes/1/values           | entity.consents.purposes[1].values
            event   | /parameters/entity/consents/purposes/1/values/frequency | entity.consents.purposes[1].values.frequency
            event   | /parameters/entity/consents/purposes/1/values/frequency/value | entity.consents.purposes[1].values.frequency.value
            event   | /parameters/entity/consents/purposes/1/preferences      | entity.consents.purposes[1].preferences
            event   | /parameters/entity/consents/purposes/1/preferences/0    | entity.consents.purposes[1].preferences[0]
            event   | /parameters/entity/consents/purposes/1/preferences/0/id | entity.consents.purposes[1].preferences[0].id
            event   | /parameters/entity/consents/purposes/1/preferences/0/enabled | entity.consents.purposes[1].preferences[0].enabled
            event   | /parameters/entity/consents/purposes/1/preferences/0/channels | entity.consents.purposes[1].preferences[0].channels
            event   | /parameters/entity/consents/purposes/1/preferences/0/channels/0/enabled | entity.consents.purposes[1].preferences[0].channels[0].enabled
            event   | /parameters/entity/consents/purposes/1/channels         | entity.consents.purposes[1].channels
            event   | /parameters/entity/consents/purposes/1/channels/0/enabled | entity.consents.purposes[1].channels[0].enabled
            event   | /parameters/entity/consents/preferences                 | entity.consents.preferences
            event   | /parameters/entity/consents/channels/0/enabled          | entity.consents.channels[0].enabled
            user    | /parameters/entity/organization_user_id                 | organization_user_id
            user    | /parameters/entity/updated_at                           | updated_at
            user    | /parameters/entity/consents/purposes                    | entity.consents.purposes
            updated | /parameters/source                                      | source
            updated | /parameters/source/status                               | status
            updated | /parameters/source/created_at                           | created_at
            updated | /parameters/source/consents/purposes                    | source.consents.purposes
            updated | /parameters/old_entity                                  | old_entity
            updated | /parameters/old_entity/updated_at                       | updated_at
            updated | /parameters/old_entity/consents/purposes/0/enabled      | old_entity.consents.purposes[0].enabled
            updated | /parameters/new_entity                                  | new_entity
            updated | /parameters/new_entity/organization_user_id             | organization_user_id
            updated | /parameters/new_entity/consents                         | new_entity.consents
            flat    | /entity/consents__purposes__0__id                       | entity.consents.purposes[0].id
            flat    | /entity/consents__purposes__0__enabled                  | entity.consents.purposes[0].enabled
            flat    | /entity/user__organization_user_id                      | organization_user_id
            flat    | /entity/created_at                                      | created_at
            """)
    void memberOfDidomiIsNamed(String kind, String pointer, String named) throws IOException {
        for (String value : List.of("7", "[\"secret\"]", "{\"secret\": {\"id\": 1}}", "true", "\"secret\"")) {
            String body = with(didomi(kind), pointer, value);
            if (!isReadable(pointer, value)) {
                assertThatExceptionOfType(MalformedDeliveryException.class)
                        .as(value)
                        .isThrownBy(() -> Deliveries.read(body, PATHS))
                        .withMessageMatching("`" + Pattern.quote(named) + "(\\[0])?` .*")
                        .withMessageNotContaining("secret");
            }
        }
    }

    /** Whether the value may stand there: a text for a text, true for a flag, an object or a list for a list by id. */
    private static boolean isReadable(String pointer, String value) {
        String name = pointer.substring(Math.max(pointer.lastIndexOf('/'), pointer.lastIndexOf("__") + 1) + 1);
        return switch (name) {
            case "type", "regulation", "id", "organization_user_id", "status", "value" -> value.startsWith("\"");
            case "enabled" -> value.equals("true");
            case "purposes", "preferences", "channels" -> value.startsWith("{");
            case "entity" -> value.startsWith("{");
            case "created_at", "updated_at" -> false;
            default -> value.startsWith("{");
        };
    }

    @ParameterizedTest
    @CsvSource({
        "event, /parameters/entity/consents/purposes/0",
        "event, /parameters/entity/consents/purposes/0/enabled",
        "event, /parameters/entity/consents/purposes/1/values",
        "event, /parameters/entity/consents/purposes/1/values/frequency/value",
        "event, /parameters/entity/consents/purposes/1/channels",
        "event, /parameters/entity/consents",
        "event, /parameters/entity/status",
        "event, /parameters/entity/user",
        "updated, /parameters/source",
        "updated, /parameters/old_entity"
    })
    void nullIsAbsent(String kind, String pointer) throws IOException {
        String body = with(didomi(kind), pointer, "null");

        assertThatCode(() -> Deliveries.read(body, PATHS)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /parameters/entity/user/organization_user_id                 | organization_user_id
            /parameters/entity/regulation                                | regulation
            /parameters/entity/user/id                                   | id
            /parameters/entity/consents/purposes/0/id                    | entity.consents.purposes[0].id
            /parameters/entity/consents/purposes/1/values/frequency/value | entity.consents.purposes[1].values.frequency.value
            /parameters/entity/consents/purposes/1/preferences/0/id      | entity.consents.purposes[1].preferences[0].id
            """)
    void unpairedSurrogateInAMemberOfDidomiIsNamed(String pointer, String named) throws IOException {
        String body = with(didomi("event"), pointer, "\"secret \\ud83d\"");

        assertThatExceptionOfType(MalformedDeliveryException.class)
                .isThrownBy(() -> Deliveries.read(body, PATHS))
                .withMessage("`" + named + "` contains an unpaired surrogate (`\\ud83d`)");
    }

    @ParameterizedTest
    @CsvSource({"country", "first_name"})
    void unpairedSurrogateInAMappedPropertyIsNamed(String name) throws IOException {
        String body = with(didomi("user"), "/parameters/entity/" + name, "\"\\ud83d\"");

        assertThatExceptionOfType(MalformedDeliveryException.class)
                .isThrownBy(() -> Deliveries.read(body, new DidomiPath.Property(name)))
                .withMessage("`entity." + name + "` contains an unpaired surrogate (`\\ud83d`)");
    }

    private static final String CONTEXT = context(
            "Update",
            target(pair("new_newsletter", "true"), pair("modifiedon", "\"" + Contexts.NINE + "\"")),
            preImage(pair("new_newsletter", "false")),
            postImage(pair("new_didomiid", "\"ada\"")));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /MessageName                                  | MessageName
            /PrimaryEntityName                            | PrimaryEntityName
            /InitiatingUserId                             | InitiatingUserId
            /InputParameters                              | InputParameters
            /InputParameters/0                            | InputParameters[]
            /InputParameters/0/key                        | InputParameters[].key
            /InputParameters/0/value                      | InputParameters.Target
            /InputParameters/0/value/Attributes           | InputParameters.Target.Attributes
            /InputParameters/0/value/Attributes/0         | InputParameters.Target.Attributes[]
            /InputParameters/0/value/Attributes/0/key     | InputParameters.Target.Attributes[].key
            /PreEntityImages                              | PreEntityImages
            /PreEntityImages/0                            | PreEntityImages[]
            /PreEntityImages/0/value                      | PreEntityImages[].value
            /PreEntityImages/0/value/Attributes           | PreEntityImages[].value.Attributes
            /PostEntityImages                             | PostEntityImages
            /PostEntityImages/1/value/Attributes/0        | PostEntityImages[].value.Attributes[]
            """)
    void memberOfDynamicsIsNamed(String pointer, String named) throws IOException {
        assertThatExceptionOfType(MalformedDeliveryException.class)
                .isThrownBy(() -> Contexts.read(with(CONTEXT, pointer, "7")))
                .withMessageStartingWith("`" + named + "`");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /InputParameters/0/value/Attributes/0/value  | new_newsletter
            /PostEntityImages/1/value/Attributes/0/value | new_didomiid
            """)
    void unpairedSurrogateInAColumnIsNamed(String pointer, String named) throws IOException {
        assertThatExceptionOfType(MalformedDeliveryException.class)
                .isThrownBy(() -> Contexts.read(with(CONTEXT, pointer, "\"secret \\ud83d\"")))
                .withMessage("`" + named + "` contains an unpaired surrogate (`\\ud83d`)");
    }

    /** The body with one member or element set to this value. */
    private static String with(String body, String pointer, String value) throws IOException {
        JsonNode root = JsonTree.read(body);
        JsonPointer place = JsonPointer.compile(pointer);
        JsonNode parent = root.at(place.head());
        if (parent instanceof ArrayNode list) {
            list.set(place.last().getMatchingIndex(), JsonTree.read(value));
        } else {
            ((ObjectNode) parent).set(place.last().getMatchingProperty(), JsonTree.read(value));
        }
        return JsonTree.writeAscii(root);
    }
}
