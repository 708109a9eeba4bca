package io.github.consentbridge.connectors.dataverse.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.connectors.dataverse.DataverseClient;
import io.github.consentbridge.connectors.dataverse.api.DataverseEnvironment;
import io.github.consentbridge.connectors.http.FakeTime;
import io.github.consentbridge.connectors.http.FixedTokens;
import io.github.consentbridge.connectors.http.RemoteSettings;
import io.github.consentbridge.connectors.http.ScriptedServer;
import io.github.consentbridge.simulators.dataverse.DataverseSimulator;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LabelledColumnTest {
    private final DataverseSimulator dataverse = DataverseSimulator.start(Clock.systemUTC());

    @AfterEach
    void stop() {
        dataverse.close();
    }

    @Test
    void allColumnsAreReadInTwoRequests() {
        dataverse.column(SimulatedColumn.choice("new_frequency", new TreeMap<>(Map.of(100000001, "Weekly")))
                .labelled("How often?"));
        DataverseClient client = new DataverseClient(
                DataverseEnvironment.parse(dataverse.url().toString()),
                new FixedTokens(),
                RemoteSettings.standard(Clock.systemUTC()));

        List<LabelledColumn> columns = client.labelledColumns();

        assertThat(client.requests()).isEqualTo(2);
        LabelledColumn frequency = named("new_frequency", columns);
        assertThat(frequency.label()).isEqualTo("How often?");
        assertThat(frequency.options()).isEqualTo(Map.of(100000001, List.of("Weekly")));
        assertThat(frequency.optionLabel(100000001)).isEqualTo("Weekly");
        assertThat(frequency.optionLabel(7)).isEqualTo("7");
        LabelledColumn refusal = named("donotemail", columns);
        assertThat(refusal.label()).isEqualTo("Do not allow Emails");
        assertThat(refusal.metadata())
                .isEqualTo(client.columns(List.of("donotemail")).get("donotemail"));
        assertThat(named("lastname", columns).metadata().maxLength()).isEqualTo(50);
    }

    /** The application user has a language of its own, which the environment need not have. */
    @Test
    void labelsOfAllLanguagesAreKeptAndThatOfTheUserComesFirst() {
        try (ScriptedServer server = new ScriptedServer()) {
            server.then(200, """
                    {"value":[{"LogicalName":"new_a","AttributeTypeName":{"Value":"LookupType"},"DisplayName":{
                       "LocalizedLabels":[{"Label":"Angebote","LanguageCode":1031},{"Label":"Offers","LanguageCode":1033}],
                       "UserLocalizedLabel":{"Label":"Offers","LanguageCode":1033}}},
                     {"LogicalName":"new_b","AttributeTypeName":{"Value":"LookupType"},"DisplayName":{
                       "LocalizedLabels":[{"Label":"Angebote","LanguageCode":1031}],"UserLocalizedLabel":null}},
                     {"LogicalName":"new_c","AttributeTypeName":{"Value":"VirtualType"},"DisplayName":{
                       "LocalizedLabels":[],"UserLocalizedLabel":null}}]}""");
            DataverseClient client = new DataverseClient(
                    DataverseEnvironment.parse(server.url()),
                    new FixedTokens(),
                    new FakeTime("2026-10-02T08:00:00Z").settings());

            List<LabelledColumn> columns = client.labelledColumns();

            assertThat(columns)
                    .extracting(LabelledColumn::labels)
                    .containsExactly(List.of("Offers", "Angebote"), List.of("Angebote"), List.of());
            assertThat(columns.get(2).label()).isEqualTo("new_c");
        }
    }

    private static LabelledColumn named(String name, List<LabelledColumn> columns) {
        return columns.stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
