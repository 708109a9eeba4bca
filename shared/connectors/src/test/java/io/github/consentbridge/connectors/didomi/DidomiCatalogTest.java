package io.github.consentbridge.connectors.didomi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.connectors.didomi.DidomiCatalog.Preference;
import io.github.consentbridge.connectors.didomi.DidomiCatalog.Purpose;
import io.github.consentbridge.connectors.didomi.DidomiCatalog.Value;
import io.github.consentbridge.connectors.http.RemoteSettings;
import io.github.consentbridge.connectors.http.RetryPolicy;
import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.connectors.http.ServiceUrl;
import io.github.consentbridge.simulators.didomi.DidomiSimulator;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DidomiCatalogTest {
    private final DidomiSimulator didomi = DidomiSimulator.start(Clock.systemUTC());
    private final DidomiClient client = new DidomiClient(
            new DidomiAccess(
                    ServiceUrl.parse("DIDOMI_API_URL", didomi.url().toString()),
                    didomi.organizationId(),
                    Secret.of(didomi.key()),
                    Secret.of(didomi.secret())),
            RemoteSettings.standard(Clock.systemUTC())
                    .withRetry(RetryPolicy.standard().withMaxWait(Duration.ZERO)));

    @AfterEach
    void stop() {
        didomi.close();
    }

    @Test
    void purposesAndPreferencesHaveTheirNamesAndBelongTogether() {
        didomi.knowsPurpose("analytics");
        didomi.knowsPreference("newsletter", "frequency", "weekly");
        didomi.knowsPreference("offers", "frequency", "weekly");
        didomi.named("newsletter", "Our newsletter");
        didomi.named("frequency", "How often?");
        didomi.named("weekly", "Every week");
        didomi.singleChoice("frequency");

        DidomiCatalog catalog = client.catalog();

        assertThat(catalog.purposes())
                .contains(
                        new Purpose("analytics", List.of("analytics")),
                        new Purpose("newsletter", List.of("Our newsletter")));
        assertThat(catalog.preferences())
                .containsExactly(new Preference(
                        "frequency",
                        List.of("How often?"),
                        false,
                        List.of(new Value("weekly", List.of("Every week"))),
                        List.of("newsletter", "offers")));
    }

    /** Preferences are a product of their own, and a key may not be allowed to read the tree. */
    @Test
    void whatTheOrganizationDoesNotHaveIsLeftOut() {
        didomi.knowsPreference("newsletter", "frequency", "weekly");
        didomi.faults().always(RouteKind.CONFIGURATION_TREE, Fault.status(403));

        assertThat(client.catalog().preferences())
                .singleElement()
                .satisfies(preference -> assertThat(preference.purposes()).isEmpty());

        didomi.faults().always(RouteKind.PREFERENCES, Fault.status(404));

        assertThat(client.catalog().preferences()).isEmpty();
        assertThat(client.catalog().purposes()).hasSize(1);
    }

    @Test
    void outageIsNoEmptyCatalog() {
        didomi.knowsPreference("newsletter", "frequency", "weekly");
        didomi.faults().always(RouteKind.CONFIGURATION_TREE, Fault.status(503));

        assertThatThrownBy(client::catalog).isInstanceOf(DidomiException.class);
    }
}
