package io.github.consentbridge.simulators.dataverse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.simulators.dataverse.column.DateTimeBehavior;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.http.ManualClock;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares the form of the bodies with published ones of the platform. */
class ExecutionContextTest {
    private static final URI ANYWHERE = URI.create("https://hooks.acme.example");
    private static final String TYPE = ":http://schemas.microsoft.com/xrm/2011/Contracts";
    private static final List<String> ENTITY = List.of(
            "Attributes",
            "EntityState",
            "FormattedValues",
            "Id",
            "KeyAttributes",
            "LogicalName",
            "RelatedEntities",
            "RowVersion");

    private final DataverseSimulator dataverse = DataverseSimulator.start(new ManualClock("2026-10-02T08:15:30.120Z"));
    private final WebApi api = new WebApi(dataverse);

    @AfterEach
    void stop() {
        dataverse.close();
    }

    @Test
    void membersAreThePlatformsInItsOrder() {
        dataverse.registerWebhook(ANYWHERE, Map.of(), "donotemail");

        dataverse.addContact(Map.of());

        JsonNode root = Context.of(dataverse.pending().get(0)).root();
        List<String> members = new ArrayList<>();
        root.fieldNames().forEachRemaining(members::add);
        assertThat(members)
                .containsExactly(
                        "BusinessUnitId",
                        "CorrelationId",
                        "Depth",
                        "InitiatingUserAgent",
                        "InitiatingUserAzureActiveDirectoryObjectId",
                        "InitiatingUserId",
                        "InputParameters",
                        "IsExecutingOffline",
                        "IsInTransaction",
                        "IsOfflinePlayback",
                        "IsolationMode",
                        "MessageName",
                        "Mode",
                        "OperationCreatedOn",
                        "OperationId",
                        "OrganizationId",
                        "OrganizationName",
                        "OutputParameters",
                        "OwningExtension",
                        "ParentContext",
                        "PostEntityImages",
                        "PreEntityImages",
                        "PrimaryEntityId",
                        "PrimaryEntityName",
                        "RequestId",
                        "SecondaryEntityName",
                        "SharedVariables",
                        "Stage",
                        "UserAzureActiveDirectoryObjectId",
                        "UserId");
        assertThat(root.path("Stage").asInt()).isEqualTo(40);
        assertThat(root.path("Mode").asInt()).isEqualTo(1);
        assertThat(root.at("/ParentContext/Stage").asInt()).isEqualTo(30);
        assertThat(root.at("/ParentContext/ParentContext").isNull()).isTrue();
        assertThat(root.at("/OwningExtension/LogicalName").asText()).isEqualTo("sdkmessageprocessingstep");
    }

    @Test
    void updateHasWrittenAndSystemColumns() {
        UUID id = dataverse.addContact(Map.of("lastname", "Byron"));
        dataverse.registerWebhook(ANYWHERE, Map.of(), "emailaddress1", "firstname");
        Map<String, Object> changes = new LinkedHashMap<>(Map.of("firstname", "Ada"));
        changes.put("emailaddress1", null);

        dataverse.editContact(id, changes);

        Context context = Context.of(dataverse.pending().get(0));
        assertThat(Context.keys(context.target().path("Attributes")))
                .containsExactlyInAnyOrder(
                        "firstname",
                        "emailaddress1",
                        "fullname",
                        "contactid",
                        "modifiedon",
                        "modifiedby",
                        "modifiedonbehalfby");
        assertThat(context.attribute("emailaddress1").isNull()).isTrue();
        assertThat(context.attribute("fullname").asText()).isEqualTo("Ada Byron");
        assertThat(context.attribute("modifiedby").path("__type").asText()).isEqualTo("EntityReference" + TYPE);
        assertThat(context.target().path("__type").asText()).isEqualTo("Entity" + TYPE);
        assertThat(context.root().path("OutputParameters")).isEmpty();
    }

    @Test
    void valuesHaveTheFormOfTheirType() {
        defineOneColumnOfEachType();
        dataverse.registerWebhook(ANYWHERE, Map.of(), "new_bool");

        dataverse.addContact(Map.of(
                "new_bool",
                true,
                "new_choice",
                100000001,
                "new_topics",
                "1,9",
                "new_money",
                new BigDecimal("1200.50"),
                "new_decimal",
                new BigDecimal("10.01"),
                "new_day",
                LocalDate.of(2026, 3, 1),
                "new_time",
                Instant.parse("2026-03-01T08:00:00Z"),
                "new_count",
                7,
                "lastname",
                "Byron / Lovelace"));

        Context context = Context.of(dataverse.pending().get(0));
        assertThat(context.attribute("new_bool").isBoolean()).isTrue();
        assertThat(context.attribute("new_choice"))
                .hasToString("{\"__type\":\"OptionSetValue" + TYPE + "\",\"Value\":100000001}");
        assertThat(context.attribute("new_topics").findValuesAsText("Value")).containsExactly("1", "9");
        assertThat(context.attribute("new_money").path("Value").decimalValue()).isEqualByComparingTo("1200.5");
        assertThat(context.attribute("new_decimal").decimalValue()).isEqualTo("10.01");
        assertThat(context.attribute("new_time").asText()).isEqualTo("/Date(1772352000000)/");
        assertThat(context.attribute("new_day").asText()).isEqualTo("/Date(1772323200000)/");
        assertThat(context.attribute("new_count").asInt()).isEqualTo(7);
        assertThat(Context.value(context.target().path("FormattedValues"), "new_topics")
                        .asText())
                .isEqualTo("Sports; News");
        assertThat(context.sharedVariable("DefaultsAddedFlag")).isEqualTo("true");
    }

    @Test
    void slashesAreEscapedAsOnThePlatform() {
        dataverse.registerWebhook(ANYWHERE, Map.of(), "donotemail");

        dataverse.addContact(Map.of());

        assertThat(dataverse.pending().get(0).body())
                .contains("\"Entity:http:\\/\\/schemas.microsoft.com\\/xrm\\/2011\\/Contracts\"")
                .contains("\"\\/Date(")
                .doesNotContain(":http://");
    }

    @ParameterizedTest
    @CsvSource({"+02:00, 1790921730000, +0200", "-07:00, 1790954130000, -0700", "Z, 1790928930000, +0000"})
    void timeOfTheOperationIsOffByTheServersOffset(String offset, long milliseconds, String written) {
        dataverse.serverOffset(ZoneOffset.of(offset));
        dataverse.registerWebhook(ANYWHERE, Map.of(), "donotemail");

        dataverse.addContact(Map.of());

        Context context = Context.of(dataverse.pending().get(0));
        assertThat(context.attribute("modifiedon").asText()).isEqualTo("/Date(1790928930000)/");
        assertThat(context.root().path("OperationCreatedOn").asText())
                .isEqualTo("/Date(" + milliseconds + written + ")/");
    }

    @Test
    void imagesShowTheRowBeforeAndAfter() {
        UUID id = dataverse.addContact(Map.of("donotemail", false, "lastname", "Byron"));
        dataverse.registerWebhook(ANYWHERE, Map.of(), "donotemail", "emailaddress1");

        dataverse.editContact(id, Map.of("donotemail", true));

        Context context = Context.of(dataverse.pending().get(0));
        assertThat(context.imageAttribute("PreEntityImages", "pre", "donotemail")
                        .asBoolean())
                .isFalse();
        assertThat(context.imageAttribute("PostEntityImages", "post", "donotemail")
                        .asBoolean())
                .isTrue();
        assertThat(context.image("PostEntityImages", "post").fieldNames())
                .toIterable()
                .containsExactlyElementsOf(ENTITY);
        assertThat(Context.keys(context.image("PostEntityImages", "post").path("Attributes")))
                .as("an empty column is not in an image")
                .containsExactly("donotemail");
        assertThat(context.imageAttribute("PostEntityImages", "AsynchronousStepPrimaryName", "fullname")
                        .asText())
                .isEqualTo("Byron");
    }

    @Test
    void imageIsTheStateAtItsOwnChange() {
        UUID id = dataverse.addContact(Map.of());
        dataverse.registerWebhook(ANYWHERE, Map.of(), "donotemail");

        dataverse.editContact(id, Map.of("donotemail", true));
        dataverse.editContact(id, Map.of("donotemail", false));

        Context first = Context.of(dataverse.pending().get(0));
        assertThat(first.imageAttribute("PostEntityImages", "post", "donotemail")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void deletedRowIsAReferenceWithItsPreImage() {
        UUID id = dataverse.addContact(Map.of("externaluseridentifier", "ada"));
        dataverse.registerWebhook(ANYWHERE, Map.of(), "externaluseridentifier");

        dataverse.deleteContact(id);

        Context context = Context.of(dataverse.pending().get(0));
        assertThat(context.target().path("__type").asText()).isEqualTo("EntityReference" + TYPE);
        assertThat(context.target().path("Id").asText()).isEqualTo(id.toString());
        assertThat(context.imageAttribute("PreEntityImages", "pre", "externaluseridentifier")
                        .asText())
                .isEqualTo("ada");
        assertThat(context.root().path("PostEntityImages")).isEmpty();
    }

    @Test
    void imageWithoutAListHasAllColumns() {
        UUID step = api.step(api.endpoint(ANYWHERE, 5, WebApi.header("k", "v")), "Create", "");
        api.create(
                "sdkmessageprocessingstepimages",
                WebApi.imageBody(step, 1, "Id", "x").replace(",\"attributes\":\"x\"", ""));

        UUID id = dataverse.addContact(Map.of("lastname", "Byron"));

        Context context = Context.of(dataverse.pending().get(0));
        assertThat(Context.keys(context.image("PostEntityImages", "post").path("Attributes")))
                .contains("lastname", "contactid", "followemail");
        assertThat(Context.value(context.root().path("OutputParameters"), "id").asText())
                .isEqualTo(id.toString());
    }

    @Test
    void bodyAbove256KilobytesIsStripped() {
        dataverse.column(SimulatedColumn.memo("new_notes", 300_000));
        UUID id = dataverse.addContact(Map.of());
        dataverse.registerWebhook(ANYWHERE, Map.of(), "new_notes");

        dataverse.editContact(id, Map.of("new_notes", "x".repeat(20_000)));
        dataverse.editContact(id, Map.of("new_notes", "é".repeat(50_000)));

        DataverseDelivery small = dataverse.pending().get(0);
        DataverseDelivery large = dataverse.pending().get(1);
        assertThat(small.headers()).doesNotContainKey("x-ms-dynamics-msg-size-exceeded");
        assertThat(large.headers()).containsKey("x-ms-dynamics-msg-size-exceeded");
        JsonNode root = Context.of(large).root();
        for (String gone : List.of("ParentContext", "InputParameters", "PreEntityImages", "PostEntityImages")) {
            assertThat(root.has(gone)).as(gone).isFalse();
        }
        assertThat(root.path("PrimaryEntityId").asText()).isEqualTo(id.toString());
    }

    private void defineOneColumnOfEachType() {
        dataverse.column(SimulatedColumn.bool("new_bool"));
        dataverse.column(SimulatedColumn.choice("new_choice", Map.of(100000001, "Weekly")));
        dataverse.column(SimulatedColumn.multiChoice("new_topics", Map.of(1, "Sports", 9, "News")));
        dataverse.column(SimulatedColumn.money("new_money", BigDecimal.ZERO, BigDecimal.valueOf(1_000_000)));
        dataverse.column(
                SimulatedColumn.decimal("new_decimal", BigDecimal.ZERO, BigDecimal.TEN.add(BigDecimal.ONE), 2));
        dataverse.column(SimulatedColumn.dateTime("new_day", DateTimeBehavior.DATE_ONLY));
        dataverse.column(SimulatedColumn.dateTime("new_time", DateTimeBehavior.USER_LOCAL));
        dataverse.column(SimulatedColumn.integer("new_count", 0, 10));
    }
}
