package io.github.consentbridge.simulators.dataverse;

import static io.github.consentbridge.simulators.http.Web.encode;
import static io.github.consentbridge.simulators.http.Web.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.simulators.dataverse.column.DateTimeBehavior;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.simulators.http.Web;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetadataTest {
    private static final String CONTACT = "EntityDefinitions(LogicalName='contact')";
    private static final String CAST = CONTACT + "/Attributes/Microsoft.Dynamics.CRM.";

    private final DataverseSimulator dataverse = DataverseSimulator.start(new ManualClock("2026-10-02T08:15:30.120Z"));
    private final Web web = Web.of(dataverse.url() + "/api/data/v9.2/", "Authorization", "Bearer any");

    @AfterEach
    void stop() {
        dataverse.close();
    }

    @Test
    void entityHasTheSelectedProperties() {
        JsonNode entity = get(CONTACT + "?$select=EntitySetName,IsOptimisticConcurrencyEnabled,IsAuditEnabled");

        assertThat(entity.path("EntitySetName").asText()).isEqualTo("contacts");
        assertThat(entity.at("/IsAuditEnabled/Value").isBoolean()).isTrue();
        assertThat(entity.has("MetadataId")).isTrue();
        assertThat(entity.has("LogicalName")).isFalse();
    }

    @Test
    void columnsAreFilteredByName() {
        JsonNode byOr = get(CONTACT + "/Attributes?$select=LogicalName,AttributeTypeName&$filter="
                + encode("LogicalName eq 'donotemail' or LogicalName eq 'lastname'"));
        JsonNode byIn = get(CONTACT + "/Attributes?$select=LogicalName&$filter="
                + encode("Microsoft.Dynamics.CRM.In(PropertyName=@p,PropertyValues=@v)") + "&@p='LogicalName'&@v="
                + encode("[\"donotemail\",\"nothing\"]"));

        assertThat(byOr.path("value")).hasSize(2);
        assertThat(byOr.at("/value/1/AttributeTypeName/Value").asText()).isEqualTo("BooleanType");
        assertThat(byIn.path("value")).hasSize(1);
    }

    @Test
    void castsHaveThePropertiesOfTheirType() {
        dataverse.column(SimulatedColumn.multiChoice("new_topics", Map.of(1, "News")));
        dataverse.column(SimulatedColumn.integer("new_number", -10, 10));
        dataverse.column(SimulatedColumn.dateTime("new_time", DateTimeBehavior.TIME_ZONE_INDEPENDENT));

        JsonNode choice = get(CAST + "PicklistAttributeMetadata?$select=LogicalName&$filter="
                + encode("LogicalName eq 'preferredcontactmethodcode'") + "&$expand=OptionSet($select=Options)");
        JsonNode several = get(CAST + "MultiSelectPicklistAttributeMetadata?$select=AttributeType,AttributeTypeName");
        JsonNode bool = get(CONTACT + "/Attributes(LogicalName='followemail')/Microsoft.Dynamics.CRM."
                + "BooleanAttributeMetadata?$select=DefaultValue&$expand=OptionSet");

        assertThat(choice.at("/value/0/OptionSet/Options")).hasSize(5);
        assertThat(choice.at("/value/0/OptionSet/Options/0/Label/UserLocalizedLabel/Label")
                        .asText())
                .isEqualTo("Any");
        assertThat(several.at("/value/0/AttributeType").asText()).isEqualTo("Virtual");
        assertThat(several.at("/value/0/AttributeTypeName/Value").asText()).isEqualTo("MultiSelectPicklistType");
        assertThat(bool.path("DefaultValue").booleanValue()).isTrue();
        assertThat(bool.at("/OptionSet/TrueOption/Value").intValue()).isEqualTo(1);
        assertThat(get(CAST + "IntegerAttributeMetadata?$select=MinValue,MaxValue")
                        .at("/value/0/MaxValue")
                        .intValue())
                .isEqualTo(10);
        assertThat(get(CAST + "DateTimeAttributeMetadata?$filter=" + encode("LogicalName eq 'new_time'"))
                        .at("/value/0/DateTimeBehavior/Value")
                        .asText())
                .isEqualTo("TimeZoneIndependent");
    }

    @Test
    void labelsAreThoseThatStaffRead() {
        dataverse.column(SimulatedColumn.bool("new_offers").labelled("Offers by e-mail"));

        JsonNode offers = get(CONTACT + "/Attributes?$select=LogicalName,DisplayName&$filter="
                + encode("LogicalName eq 'new_offers'"));

        assertThat(offers.at("/value/0/DisplayName/UserLocalizedLabel/Label").asText())
                .isEqualTo("Offers by e-mail");
        assertThat(offers.at("/value/0/DisplayName/LocalizedLabels/0/LanguageCode")
                        .intValue())
                .isEqualTo(1033);
    }

    @Test
    void optionsNeedExpand() {
        JsonNode choice = get(CAST + "PicklistAttributeMetadata");

        assertThat(choice.at("/value/0").has("OptionSet")).isFalse();
    }

    @Test
    void keysAreListed() {
        dataverse.alternateKey("externaluseridentifier");

        JsonNode keys = get(CONTACT + "?$select=LogicalName&$expand=Keys($select=KeyAttributes,EntityKeyIndexStatus)")
                .path("Keys");

        assertThat(keys.at("/0/KeyAttributes/0").asText()).isEqualTo("externaluseridentifier");
        assertThat(keys.at("/0/EntityKeyIndexStatus").asText()).isEqualTo("Active");
    }

    @ParameterizedTest
    @CsvSource({
        "EntityDefinitions(LogicalName='nothing'),404",
        "EntityDefinitions(LogicalName='contact')/Attributes(LogicalName='nothing'),404",
        "EntityDefinitions(LogicalName='contact')/Attributes/Microsoft.Dynamics.CRM.Nothing,400",
        "EntityDefinitions(LogicalName='contact')?$select=Nothing,400",
        "EntityDefinitions(LogicalName='contact')/Attributes?$select=MaxLength,400",
        "EntityDefinitions(LogicalName='contact')/Attributes?$top=1,400",
        "EntityDefinitionz,404",
    })
    void unknownThingsAreRefused(String path, int status) {
        assertThat(web.get(path).statusCode()).isEqualTo(status);
    }

    private JsonNode get(String path) {
        return json(web.get(path));
    }
}
