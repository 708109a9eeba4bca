package io.github.consentbridge.sync.setup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.connectors.dataverse.metadata.LabelledColumn;
import io.github.consentbridge.connectors.didomi.DidomiCatalog;
import io.github.consentbridge.connectors.didomi.DidomiCatalog.Preference;
import io.github.consentbridge.connectors.didomi.DidomiCatalog.Purpose;
import io.github.consentbridge.connectors.didomi.DidomiCatalog.Value;
import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.Direction;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.IntegrationReader;
import io.github.consentbridge.mapping.document.IntegrationReader.Place;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.json.ConfigurationException;
import io.github.consentbridge.sync.credentials.BridgeSecret;
import io.github.consentbridge.sync.credentials.SecretReader;
import io.github.consentbridge.sync.setup.NewDocuments.Decisions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NewDocumentsTest {
    private static final BridgeSecret.Didomi DIDOMI =
            new BridgeSecret.Didomi(Secret.of("k7w2m9xq"), Secret.of("z3Kf8vQm1x"));
    private static final BridgeSecret.Dynamics DYNAMICS = new BridgeSecret.Dynamics(
            "6a1e9d40-2c7b-4f35-8e96-0b5d3c7a1f28",
            Secret.of("p8~Rt5vLw3nYq"),
            "c4b8e172-9d3f-4a60-b1e5-7f2a6d0c9483",
            "https://acme.crm4.dynamics.com");

    private static final List<MappableValue> VALUES = MappableValue.of(new DidomiCatalog(
            List.of(new Purpose("email", List.of()), new Purpose("offers", List.of())),
            List.of(new Preference(
                    "frequency", List.of(), false, List.of(new Value("weekly", List.of("Weekly"))), List.of()))));

    private static ColumnChoice choice(int value, LabelledColumn column) {
        return ColumnChoice.of(VALUES.get(value), column).orElseThrow();
    }

    private static NewDocuments write(long seed, boolean bidirectional, ColumnChoice... mappings) {
        return NewDocuments.of(
                new Decisions("acme", new AttributeName("new_key"), bidirectional, List.of(mappings)),
                DIDOMI,
                DYNAMICS,
                WebhookKeys.generate(new Random(seed)));
    }

    @Test
    void documentSaysWhatWasDecided() {
        NewDocuments documents = write(
                1,
                true,
                choice(0, Columns.yesNo("donotemail")),
                choice(2, Columns.choice("new_frequency", "Weekly", "Daily")));

        Integration read = IntegrationReader.read(documents.integration().getBytes(UTF_8), Place.FILE);

        assertThat(read.organizationId()).contains("acme");
        assertThat(read.contactKey().logicalName()).isEqualTo("new_key");
        assertThat(read.bidirectional()).isTrue();
        assertThat(read.mappings()).extracting(Mapping::invert).containsExactly(true, false);
        assertThat(read.mappings().get(1).options()).containsEntry("weekly", 100_000_001);
    }

    /** {@code run} refuses such a column without the word. */
    @Test
    void ownColumnOfRefusalSaysSoEvenIfYesIsToMeanGranted() {
        NewDocuments documents =
                write(1, false, choice(0, Columns.yesNo("donotemail")).withInvert(false));

        Integration read = IntegrationReader.read(documents.integration().getBytes(UTF_8), Place.FILE);

        assertThat(read.mappings().get(0).invert()).isFalse();
        assertThat(read.mappings().get(0).invertStated()).isTrue();
    }

    /** Didomi would refuse what is posted without the purpose. */
    @Test
    void preferenceOfUnknownPurposeOnlyReachesDynamics() {
        NewDocuments documents = write(1, true, choice(2, Columns.choice("new_frequency", "Weekly")));

        Integration read = IntegrationReader.read(documents.integration().getBytes(UTF_8), Place.FILE);

        assertThat(read.mappings().get(0).direction()).isEqualTo(Direction.TO_DYNAMICS);
    }

    @Test
    void secretHasNewKeysForBothSides() {
        BridgeSecret first = secret(1);
        BridgeSecret second = secret(2);

        assertThat(first.didomi()).contains(DIDOMI);
        assertThat(first.dynamics()).contains(DYNAMICS);
        assertThat(first.didomiWebhook().orElseThrow().client()).isPresent();
        assertThat(first.logKey()).isPresent().isNotEqualTo(second.logKey());
        assertThat(first.dynamicsWebhook()).isNotEqualTo(second.dynamicsWebhook());
        assertThat(first).isEqualTo(secret(1));
        assertThat(first.dynamicsWebhook().orElseThrow().values().get(0).value())
                .matches("[0-9a-f]{64}");
    }

    private static BridgeSecret secret(long seed) {
        Secret secret =
                write(seed, false, choice(0, Columns.yesNo("new_email"))).secret();
        return SecretReader.read(secret.value().getBytes(UTF_8));
    }

    @Test
    void nothingIsWrittenThatRunWouldRefuse() {
        assertThatThrownBy(() -> write(1, false)).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() ->
                        write(1, false, choice(0, Columns.yesNo("new_email")), choice(1, Columns.yesNo("new_email"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("mapped twice");
    }

    @Test
    void secretIsNotPrinted() {
        assertThat(write(1, false, choice(0, Columns.yesNo("new_email"))).toString())
                .doesNotContain("z3Kf8vQm1x", "p8~Rt5vLw3nYq");
    }
}
