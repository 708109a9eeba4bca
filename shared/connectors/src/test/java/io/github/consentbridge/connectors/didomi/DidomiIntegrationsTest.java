package io.github.consentbridge.connectors.didomi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.consentbridge.connectors.http.FakeTime;
import io.github.consentbridge.connectors.http.ScriptedServer;
import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.connectors.http.ServiceUrl;
import io.github.consentbridge.simulators.didomi.DidomiSimulator;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DidomiIntegrationsTest {
    private static final WebhookIntegration.Settings SETTINGS = settings("https://bridge.example.org");

    private final FakeTime time = new FakeTime("2026-10-02T08:00:00Z");
    private final DidomiSimulator didomi = DidomiSimulator.start(time);
    private final DidomiIntegrations integrations = integrations(didomi.url());

    @AfterEach
    void stop() {
        didomi.close();
    }

    @Test
    void webhookIsReadAsCreatedExceptForItsSecret() {
        integrations.create(SETTINGS);

        WebhookIntegration found = integrations.webhooks().get(0);

        assertThat(found.url()).isEqualTo("https://bridge.example.org/webhooks/didomi");
        assertThat(found.tokenUrl()).isEqualTo("https://bridge.example.org/oauth/token");
        assertThat(found.clientId()).isEqualTo("didomi");
        assertThat(found.toString()).doesNotContain("properties");
    }

    @Test
    void webhookIsChangedAndDeletedTwice() {
        integrations.create(SETTINGS);
        WebhookIntegration before = integrations.webhooks().get(0);

        integrations.change(before, settings("https://other.example.org"));

        assertThat(integrations.webhooks())
                .extracting(WebhookIntegration::url)
                .containsExactly("https://other.example.org/webhooks/didomi");
        integrations.delete(before.id());
        integrations.delete(before.id());
        assertThat(integrations.webhooks()).isEmpty();
    }

    @Test
    void secondWebhookAfterALostAnswerIsListed() {
        didomi.faults().next(RouteKind.INTEGRATIONS, Fault.dropAfterCommit());

        integrations.create(SETTINGS);

        assertThat(integrations.webhooks()).hasSize(2);
    }

    @Test
    void refusalIsNotAnEmptyList() {
        didomi.faults().always(RouteKind.INTEGRATIONS, Fault.status(403));

        DidomiException failure = catchThrowableOfType(DidomiException.class, integrations::webhooks);

        assertThat(failure.status()).isEqualTo(403);
    }

    @Test
    void allPagesAreReadAndOtherTypesLeftOut() {
        try (ScriptedServer server = new ScriptedServer()) {
            server.then(200, Sessions.answer("t1", time.instant()))
                    .then(200, """
                            {"total": 3, "limit": 2, "skip": 0, "data": [
                              {"id": "1", "type_id": "webhook-http", "properties": {"url": "https://a.example"}},
                              {"id": "2", "type_id": "braze"}]}""")
                    .then(200, """
                            {"total": 3, "limit": 100, "skip": 2, "data": [{"id": "3", "type_id": "webhook-http"}]}""");

            assertThat(integrations(URI.create(server.url())).webhooks())
                    .extracting(WebhookIntegration::id)
                    .containsExactly("1", "3");
            assertThat(server.asked(2).target()).contains("%24skip=2");
        }
    }

    @Test
    void changeKeepsConsoleSettings() {
        WebhookIntegration found = new WebhookIntegration("7", "", "", "", Secret.of("""
                {"id": "7", "authentication": {"url": "https://old.example", "scope": "all", "client_secret": "***"},
                 "properties": {"url": "https://old.example", "flatten": false}}"""));
        try (ScriptedServer server = new ScriptedServer()) {
            server.then(200, Sessions.answer("t1", time.instant())).then(200, "{}");

            integrations(URI.create(server.url())).change(found, SETTINGS);

            assertThat(server.asked(1).method()).isEqualTo("PATCH");
            assertThat(server.asked(1).body()).isEqualTo("""
                    {"authentication":{"url":"https://bridge.example.org/oauth/token","scope":"all",\
                    "client_secret":"a-secret-of-our-making","client_id":"didomi"},\
                    "properties":{"url":"https://bridge.example.org/webhooks/didomi","flatten":false}}""");
        }
    }

    private DidomiIntegrations integrations(URI url) {
        DidomiAccess access = new DidomiAccess(
                ServiceUrl.parse("DIDOMI_API_URL", url.toString()),
                didomi.organizationId(),
                Secret.of(didomi.key()),
                Secret.of(didomi.secret()));
        return new DidomiClient(access, time.settings()).integrations();
    }

    private static WebhookIntegration.Settings settings(String bridge) {
        return new WebhookIntegration.Settings(
                bridge + "/webhooks/didomi", bridge + "/oauth/token", "didomi", Secret.of("a-secret-of-our-making"));
    }
}
