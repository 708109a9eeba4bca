package io.github.consentbridge.sync.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.connectors.dataverse.webhook.ProcessingStep;
import io.github.consentbridge.connectors.dataverse.webhook.ServiceEndpoint;
import io.github.consentbridge.connectors.dataverse.webhook.StepImage;
import io.github.consentbridge.connectors.didomi.WebhookIntegration;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.credentials.CredentialsException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationTest {
    private static final Set<String> MAPPED = Set.of("new_key", "new_newsletter", "new_offers");
    private static final Set<String> AFTER =
            Set.of("new_key", "new_newsletter", "new_offers", "modifiedon", "merged", "masterid");
    private static final List<String> MORE_THAN_READING = List.of("Create", "Write", "Delete");

    private final Site site = new Site();

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    void firstRegistrationCreatesBothWebhooks() {
        RegistrationReport report = site.register();

        ServiceEndpoint endpoint = site.endpoint();
        assertThat(endpoint.url()).isEqualTo("https://bridge.example.org/webhooks/dynamics");
        assertThat(endpoint.authType()).isEqualTo(ServiceEndpoint.HTTP_HEADER);
        assertThat(endpoint.authValueSet()).isTrue();
        WebhookIntegration integration = site.didomi().webhooks().get(0);
        assertThat(integration.url()).isEqualTo("https://bridge.example.org/webhooks/didomi");
        assertThat(integration.tokenUrl()).startsWith("https://bridge.example.org/oauth/token");
        assertThat(integration.clientId()).isEqualTo("didomi");
        assertThat(report.created()).hasSize(5);
        assertThat(report.changed()).isEmpty();
        assertThat(report.removed()).isEmpty();
        assertThat(report.byHand()).isEmpty();
    }

    @Test
    void stepsTellOfTheMappedColumnsAndTheKeyOnly() {
        site.register();

        assertThat(site.steps())
                .extracting(ProcessingStep::settings)
                .containsExactlyInAnyOrder(
                        ProcessingStep.Settings.asynchronous("Create", "contact", Set.of()),
                        ProcessingStep.Settings.asynchronous("Update", "contact", MAPPED),
                        ProcessingStep.Settings.asynchronous("Delete", "contact", Set.of()));
        assertThat(site.step("Create").images())
                .extracting(StepImage::settings)
                .containsExactly(StepImage.Settings.after("Create", AFTER));
        assertThat(site.step("Update").images())
                .extracting(StepImage::settings)
                .containsExactlyInAnyOrder(
                        StepImage.Settings.before(MAPPED), StepImage.Settings.after("Update", AFTER));
        assertThat(site.step("Delete").images())
                .extracting(StepImage::settings)
                .containsExactly(StepImage.Settings.before(MAPPED));
    }

    @Test
    void contactIdIsNoReasonToCall() {
        site.registration(Site.document("\"bidirectional\": true")).register(Site.URL);

        assertThat(site.step("Update").settings().filteringAttributes())
                .containsExactlyInAnyOrder("new_newsletter", "new_offers");
    }

    @Test
    void secondRegistrationOnlyReads() {
        site.register();
        for (String verb : MORE_THAN_READING) {
            for (String table :
                    List.of("ServiceEndpoint", "SdkMessageProcessingStep", "SdkMessageProcessingStepImage")) {
                site.simulators.dataverse().privilege("prv" + verb + table, false);
            }
        }
        site.simulators.dataverse().counters().reset();
        site.simulators.didomi().counters().reset();

        RegistrationReport report = site.register();

        assertThat(report.created()).isEmpty();
        assertThat(report.changed()).isEmpty();
        assertThat(report.removed()).isEmpty();
        assertThat(report.unchanged()).hasSize(5);
        assertThat(site.simulators.dataverse().counters().requests(RouteKind.REGISTRATION))
                .isEqualTo(2);
        assertThat(site.simulators.didomi().counters().requests(RouteKind.INTEGRATIONS))
                .isEqualTo(1);
    }

    @Test
    void interruptedRegistrationIsCompletedByTheNext() {
        site.simulators.dataverse().privilege("prvCreateSdkMessageProcessingStepImage", false);
        assertThatThrownBy(site::register).isInstanceOf(RegistrationException.class);
        site.simulators.dataverse().privilege("prvCreateSdkMessageProcessingStepImage", true);

        site.register();

        assertThat(site.endpoints()).hasSize(1);
        assertThat(site.steps()).hasSize(3);
        assertThat(site.register().unchanged()).hasSize(5);
    }

    @Test
    void lostAnswersLeaveNoSecondWebhook() {
        site.simulators
                .dataverse()
                .faults()
                .next(RouteKind.REGISTRATION, Fault.after(() -> {}), Fault.dropAfterCommit());
        site.simulators.didomi().faults().next(RouteKind.INTEGRATIONS, Fault.after(() -> {}), Fault.dropAfterCommit());

        site.register();

        assertThat(site.endpoints()).hasSize(1);
        assertThat(site.didomi().webhooks()).hasSize(1);
    }

    @Test
    void oneWayNeedsNoWebhookAndNoPrivilegeInDynamics() {
        site.simulators.dataverse().privilege("prvReadServiceEndpoint", false);

        RegistrationReport report = site.registration(Site.ONE_WAY).register(Site.URL);

        site.simulators.dataverse().privilege("prvReadServiceEndpoint", true);
        assertThat(site.endpoints()).isEmpty();
        assertThat(report.created()).hasSize(1);
        assertThat(site.didomi().webhooks()).hasSize(1);
    }

    /** To look for a webhook that is not needed is optional. */
    @ParameterizedTest
    @ValueSource(ints = {400, 404, 500, 503})
    void oneWayIsRegisteredThoughDynamicsCannotBeSearched(int status) {
        site.simulators.dataverse().faults().always(RouteKind.REGISTRATION, Fault.status(status));

        RegistrationReport report = site.registration(Site.ONE_WAY).register(Site.URL);

        assertThat(site.didomi().webhooks()).hasSize(1);
        assertThat(String.join("\n", report.unchanged())).contains("not looked for or not removed", "" + status);
    }

    @Test
    void oneWayRemovesTheWebhookOfBothWays() {
        site.register();

        RegistrationReport report = site.registration(Site.ONE_WAY).register(Site.URL);

        assertThat(site.endpoints()).isEmpty();
        assertThat(report.removed()).hasSize(1);
    }

    @Test
    void withoutAClientSomebodyHasToUseTheConsole() {
        site.webhooks = """
                "dynamics": {"values": ["first-value-for-dynamics"]},
                "didomi": {"header": "x-our-key", "values": ["value-for-didomis-header"]}""";

        RegistrationReport report = site.register();

        assertThat(report.byHand()).hasSize(3);
        assertThat(String.join("\n", report.byHand()))
                .contains("https://bridge.example.org/webhooks/didomi", "x-our-key", "webhooks.didomi.values")
                .doesNotContain("value-for-didomis-header");
        assertThat(site.simulators.didomi().counters().requests()).isZero();
    }

    @Test
    void didomiThatListsNothingLeavesTheConsole() {
        site.simulators.didomi().faults().always(RouteKind.INTEGRATIONS, Fault.status(404));

        RegistrationReport report = site.register();

        assertThat(String.join("\n", report.byHand()))
                .contains("https://bridge.example.org/oauth/token", "webhooks.didomi.client_secrets")
                .doesNotContain("first-secret-for-didomi");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"dynamics\": {\"values\": [\"first-value-for-dynamics\"]}",
                "\"didomi\": {\"values\": [\"value-for-didomis-header\"]}",
                "\"dynamics\": {}, \"didomi\": {\"values\": [\"value-for-didomis-header\"]}"
            })
    void incompleteSecretIsRefusedBeforeAnyRequest(String webhooks) {
        site.webhooks = webhooks;

        assertThatThrownBy(site::register).isInstanceOf(CredentialsException.class);
        assertThat(site.simulators.dataverse().counters().requests()).isZero();
        assertThat(site.simulators.didomi().counters().requests()).isZero();
    }

    @Test
    void reportsHoldNoSecret() {
        String reports = site.register() + "\n" + site.register();
        site.webhooks = Site.webhooks("second-value-for-dynamics", "second-secret-for-didomi");
        reports += site.register();

        assertThat(reports).doesNotContain("-value-for-dynamics", "-secret-for-didomi");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://bridge.example.org",
                "bridge.example.org",
                "https://bridge.example.org:8443",
                "https://bridge.example.org?x=1",
                "https://bridge.example.org/webhooks/dynamics"
            })
    void addressThatDynamicsCouldNotCallIsRefused(String address) {
        assertThatThrownBy(() -> BridgeUrl.parse("--url", address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--url must");
    }

    @Test
    void addressMayHaveAPath() {
        BridgeUrl url = BridgeUrl.parse("--url", "https://acme.example.org/consents/");

        assertThat(url.didomiWebhook()).isEqualTo("https://acme.example.org/consents/webhooks/didomi");
    }
}
