package io.github.consentbridge.mapping.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.document.Integration.OnContactDeleted;
import io.github.consentbridge.mapping.document.Integration.OnUserDeleted;
import io.github.consentbridge.mapping.document.IntegrationReader.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntegrationReaderTest {
    private static final String NEWSLETTER =
            "{\"id\": \"new_newsletter\", \"value\": \"consents_purposes_newsletter_enabled\"}";

    @Test
    void defaultsAreTheDocumentedOnes() {
        Integration integration = read("", NEWSLETTER);

        assertThat(integration)
                .isEqualTo(new Integration(
                        Optional.empty(),
                        new AttributeName("contactid"),
                        KeyCase.EXACT,
                        new Regulation("gdpr"),
                        false,
                        Wins.NEWEST,
                        OnUserDeleted.KEEP,
                        OnContactDeleted.KEEP,
                        false,
                        List.of(),
                        List.of(),
                        0.2,
                        1095,
                        new IgnoredKeys(List.of("undefined", "null", "none", "anonymous", "[object Object]", "0")),
                        false,
                        List.of(new Mapping(
                                new AttributeName("new_newsletter"),
                                new DidomiPath.Purpose("newsletter"),
                                false,
                                Map.of(),
                                Direction.TO_DYNAMICS,
                                Regulation.GDPR,
                                Wins.NEWEST))));
    }

    @Test
    void everyKeyIsRead() {
        String document = """
                {"type_id": "microsoft-dynamics",
                 "properties": {"organization_id": "acme", "contact_key": "emailaddress1", "key_case": "lower",
                    "regulation": "cpra", "bidirectional": true, "wins": "didomi", "on_user_deleted": "clear",
                    "on_contact_deleted": "withdraw", "silence_integrations": true,
                    "didomi_source_ips": ["203.0.113.7", "2001:db8::/32"], "trusted_proxies": ["10.0.0.0/8"],
                    "max_change_ratio": 1, "history_days": 30,
                    "ignored_keys": ["guest", "n/a"]},
                 "mappings": [{"id": "new_frequency", "value": {"preference": "frequency"}, "invert": false,
                    "options": {"weekly": 1, "monthly": 2}, "direction": "to_didomi", "regulation": "gdpr",
                    "wins": "dynamics"}],
                 "upsert_mode": true}""";

        Integration integration = IntegrationReader.read(document.getBytes(UTF_8), Place.FILE);

        assertThat(integration)
                .isEqualTo(new Integration(
                        Optional.of("acme"),
                        new AttributeName("emailaddress1"),
                        KeyCase.LOWER,
                        new Regulation("cpra"),
                        true,
                        Wins.DIDOMI,
                        OnUserDeleted.CLEAR,
                        OnContactDeleted.WITHDRAW,
                        true,
                        List.of("203.0.113.7", "2001:db8::/32"),
                        List.of("10.0.0.0/8"),
                        1,
                        30,
                        new IgnoredKeys(List.of("guest", "n/a")),
                        true,
                        List.of(new Mapping(
                                new AttributeName("new_frequency"),
                                new DidomiPath.Preference(null, "frequency"),
                                false,
                                Map.of("weekly", 1, "monthly", 2),
                                Direction.TO_DIDOMI,
                                Regulation.GDPR,
                                Wins.DYNAMICS,
                                true))));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            false, consents_purposes_a_enabled,    TO_DYNAMICS
            true,  consents_purposes_a_enabled,    BOTH
            true,  consents_preferences_a_enabled, BOTH
            true,  organization_user_id,           TO_DYNAMICS""")
    void directionIsBothForConsentsOfABidirectionalIntegration(
            boolean bidirectional, String value, Direction direction) {
        Integration integration =
                read("\"bidirectional\": " + bidirectional, "{\"id\": \"new_a\", \"value\": \"%s\"}".formatted(value));

        assertThat(integration.mappings()).extracting(Mapping::direction).containsExactly(direction);
    }

    @Test
    void mappingTakesRegulationAndWinsFromTheProperties() {
        Integration integration = read("\"regulation\": \"cpra\", \"wins\": \"dynamics\"", NEWSLETTER);

        assertThat(integration.mappings())
                .extracting(Mapping::regulation, Mapping::wins)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(new Regulation("cpra"), Wins.DYNAMICS));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"purpose": "p"}                                       | purpose:p
            {"purpose": "p", "preference": "q"}                    | purpose:p/preference:q
            {"purpose": "p", "preference": "q", "channel": "c"}    | purpose:p/preference:q/channel:c
            {"purpose": "p", "channel": "c"}                       | purpose:p/channel:c
            {"preference": "q"}                                    | preference:q
            {"property": "updated_at"}                             | property:updated_at
            {"property": "metadata.segment"}                       | property:metadata.segment""")
    void objectFormsAreRead(String value, String key) {
        Integration integration = read("", "{\"id\": \"new_a\", \"value\": %s}".formatted(value));

        assertThat(integration.mappings())
                .extracting(mapping -> mapping.value().key())
                .containsExactly(key);
    }

    @Test
    void idsOfOtherMappingsDecideAnAmbiguousString() {
        Integration integration = read(
                "",
                "{\"id\": \"new_a\", \"value\": \"consents_purposes_a_preferences_b_preferences_c_enabled\"}",
                "{\"id\": \"new_b\", \"value\": {\"purpose\": \"a_preferences_b\"}}");

        assertThat(integration.mappings().get(0).value()).isEqualTo(new DidomiPath.Preference("a_preferences_b", "c"));
    }

    @Test
    void exampleIsAccepted() throws IOException {
        byte[] example = Files.readAllBytes(Path.of("../../config/integration.json"));

        Integration integration = IntegrationReader.read(example, Place.FILE);

        assertThat(integration.organizationId()).contains("acme");
        assertThat(integration.mappings())
                .extracting(
                        mapping -> mapping.column() + " <- " + mapping.value().key() + " " + mapping.direction())
                .containsExactly(
                        "new_newsletter <- purpose:newsletter BOTH",
                        "donotbulkemail <- purpose:marketing BOTH",
                        "new_frequency <- purpose:marketing/preference:frequency BOTH",
                        "new_consentdate <- property:updated_at TO_DYNAMICS");
    }

    @Test
    void didomisOwnConfigurationIsAcceptedAsTheSecret() {
        String document = """
                {"type_id": "microsoft-dynamics",
                 "authentication": {"client_id": "i", "client_secret": "s", "tenant_id": "t",
                    "instance": "https://acme.crm4.dynamics.com"},
                 "properties": {},
                 "mappings": [{"id": "new_newsletter_optin", "value": "consents_purposes_newsletter_enabled"}],
                 "upsert_mode": true,
                 "didomi": {"key": "k", "secret": "s", "organization_id": "acme"},
                 "webhooks": {"didomi": {"header": "x", "values": ["a", "b"]}},
                 "log_key": "l"}""";

        Integration integration = IntegrationReader.read(document.getBytes(UTF_8), Place.SECRET);

        assertThat(integration.upsertMode()).isTrue();
        assertThat(integration.mappings()).hasSize(1);
    }

    @Test
    void lowerKeyCaseIsIndependentOfTheLocale() {
        assertThat(KeyCase.LOWER.apply("TITLE@ACME.IO")).isEqualTo("title@acme.io");
        assertThat(KeyCase.EXACT.apply("TITLE@acme.io")).isEqualTo("TITLE@acme.io");
    }

    private static Integration read(String properties, String... mappings) {
        return IntegrationReader.read(document(properties, mappings), Place.FILE);
    }

    private static byte[] document(String properties, String... mappings) {
        return "{\"type_id\": \"microsoft-dynamics\", \"properties\": {%s}, \"mappings\": [%s]}"
                .formatted(properties, String.join(",", mappings))
                .getBytes(UTF_8);
    }
}
