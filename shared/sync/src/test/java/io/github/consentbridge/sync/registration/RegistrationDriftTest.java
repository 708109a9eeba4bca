package io.github.consentbridge.sync.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import io.github.consentbridge.connectors.dataverse.webhook.DataverseWebhooks;
import io.github.consentbridge.connectors.dataverse.webhook.ProcessingStep;
import io.github.consentbridge.connectors.dataverse.webhook.ServiceEndpoint;
import io.github.consentbridge.connectors.dataverse.webhook.StepImage;
import io.github.consentbridge.connectors.didomi.WebhookIntegration;
import io.github.consentbridge.connectors.http.Secret;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever somebody changed, registering sets it right, and then finds nothing to do. */
class RegistrationDriftTest {
    private static final WebhookIntegration.Settings ELSEWHERE = new WebhookIntegration.Settings(
            "https://old.example.org/webhooks/didomi",
            "https://old.example.org/oauth/token",
            "didomi",
            Secret.of("first-secret-for-didomi"));

    private final Site site = new Site();

    @AfterEach
    void stop() {
        site.close();
    }

    @ParameterizedTest
    @MethodSource
    void driftIsHealed(Consumer<Site> drift) {
        site.register();
        List<Object> before = shape();
        drift.accept(site);

        RegistrationReport repaired = site.register();

        assertThat(shape()).containsExactlyInAnyOrderElementsOf(before);
        assertThat(repaired.created().size()
                        + repaired.changed().size()
                        + repaired.removed().size())
                .isEqualTo(1);
        assertThat(site.register().unchanged()).hasSize(5);
    }

    static Stream<Named<Consumer<Site>>> driftIsHealed() {
        return Stream.of(
                drift(
                        "url of the endpoint",
                        site -> site.dynamics()
                                .updateEndpoint(site.endpoint().id(), endpoint("https://old.example.org"))),
                drift(
                        "endpoint's description",
                        site -> site.dynamics()
                                .updateEndpoint(
                                        site.endpoint().id(),
                                        endpoint(site.endpoint().url()))),
                drift("second endpoint", site -> site.dynamics().createEndpoint(endpoint("https://old.example.org"))),
                drift("second endpoint with a step", RegistrationDriftTest::secondEndpoint),
                drift(
                        "disabled step",
                        site -> set(
                                site,
                                "Update",
                                false,
                                site.step("Update").settings().filteringAttributes())),
                drift("column fewer", site -> set(site, "Update", true, Set.of("new_key"))),
                drift(
                        "column more",
                        site -> set(
                                site, "Update", true, Set.of("new_key", "new_newsletter", "new_offers", "lastname"))),
                drift("no filter", site -> set(site, "Update", true, Set.of())),
                drift(
                        "deleted step",
                        site -> site.dynamics().deleteStep(site.step("Delete").id())),
                drift(
                        "step twice",
                        site -> site.dynamics()
                                .createStep(
                                        site.endpoint().id(),
                                        "again",
                                        site.step("Delete").settings())),
                drift(
                        "step of another message",
                        site -> site.dynamics()
                                .createStep(
                                        site.endpoint().id(),
                                        "Assign",
                                        ProcessingStep.Settings.asynchronous("Assign", "contact", Set.of()))),
                drift(
                        "step of another table",
                        site -> site.dynamics()
                                .createStep(
                                        site.endpoint().id(),
                                        "account",
                                        ProcessingStep.Settings.asynchronous("Update", "account", Set.of()))),
                drift(
                        "image of all columns",
                        site -> site.dynamics()
                                .updateImage(
                                        site.image("Update", "post").id(),
                                        StepImage.Settings.after("Update", Set.of()))),
                drift(
                        "image of another column",
                        site -> site.dynamics()
                                .updateImage(
                                        site.image("Delete", "pre").id(),
                                        StepImage.Settings.before(Set.of("lastname")))),
                drift(
                        "deleted image",
                        site -> site.dynamics()
                                .deleteImage(site.image("Update", "pre").id())),
                drift(
                        "image twice",
                        site -> site.dynamics()
                                .createImage(
                                        site.step("Update").id(),
                                        site.image("Update", "pre").settings())),
                drift(
                        "url in Didomi",
                        site -> site.didomi().change(site.didomi().webhooks().get(0), ELSEWHERE)),
                drift(
                        "client in Didomi",
                        site -> site.didomi()
                                .change(
                                        site.didomi().webhooks().get(0),
                                        new WebhookIntegration.Settings(
                                                "https://bridge.example.org/webhooks/didomi",
                                                "https://bridge.example.org/oauth/token",
                                                "another",
                                                Secret.of("first-secret-for-didomi")))),
                drift("second webhook in Didomi", site -> site.didomi().create(ELSEWHERE)),
                drift(
                        "deleted webhook in Didomi",
                        site -> site.didomi()
                                .delete(site.didomi().webhooks().get(0).id())));
    }

    @Test
    void repairNeedsNoAddress() {
        site.register();
        site.dynamics().deleteStep(site.step("Delete").id());
        site.didomi().delete(site.didomi().webhooks().get(0).id());

        RegistrationReport repaired = site.repair();

        assertThat(repaired.created()).hasSize(2);
        assertThat(site.repair().created()).isEmpty();
    }

    @Test
    void nothingIsHealedWhereNothingIsRegistered() {
        assertThat(site.repair().created()).isEmpty();
        assertThat(site.didomi().webhooks()).isEmpty();
    }

    @Test
    void rotatedSecretsReachBothSides() {
        site.register();
        String descriptionBefore = site.endpoint().description();
        String tokenUrlBefore = site.didomi().webhooks().get(0).tokenUrl();
        site.webhooks = Site.webhooks("second-value-for-dynamics", "second-secret-for-didomi");

        RegistrationReport report = site.register();

        assertThat(report.changed()).hasSize(2);
        assertThat(site.endpoint().description()).isNotEqualTo(descriptionBefore);
        assertThat(site.didomi().webhooks().get(0).tokenUrl()).isNotEqualTo(tokenUrlBefore);
        assertThat(site.register().changed()).isEmpty();
    }

    @Test
    void movedBridgeMovesBothWebhooks() {
        site.register();

        RegistrationReport report =
                site.registration(Site.BOTH_WAYS).register(BridgeUrl.parse("--url", "https://new.example.org"));

        assertThat(report.changed()).hasSize(2);
        assertThat(site.endpoints())
                .extracting(ServiceEndpoint::url)
                .containsExactly("https://new.example.org/webhooks/dynamics");
        assertThat(site.simulators.didomi().webhooks())
                .containsExactly(URI.create("https://new.example.org/webhooks/didomi"));
    }

    @Test
    void otherWebhooksAreLeftAlone() {
        site.simulators.didomi().registerWebhook(URI.create("https://crm.example.org/hook"), Map.of());
        site.didomi()
                .create(new WebhookIntegration.Settings(
                        "https://test.example.org/webhooks/didomi",
                        "https://test.example.org/oauth/token",
                        "didomi-of-the-test-stage",
                        Secret.of("secret-of-the-test-stage")));
        ServiceEndpoint.Settings other = new ServiceEndpoint.Settings(
                "another product", "https://crm.example.org", "x-key", Secret.of("a-value"), "");
        site.dynamics().createEndpoint(other);

        RegistrationReport report = site.register();
        site.registration(Site.BOTH_WAYS).unregister();

        assertThat(site.simulators.didomi().webhooks())
                .containsExactlyInAnyOrder(
                        URI.create("https://crm.example.org/hook"),
                        URI.create("https://test.example.org/webhooks/didomi"));
        assertThat(site.dynamics().endpoints("another product")).hasSize(1);
        assertThat(String.join("\n", report.unchanged())).contains("https://test.example.org/webhooks/didomi");
    }

    /** Everything of both systems that can be read, without the ids. */
    private List<Object> shape() {
        List<Object> shape = new ArrayList<>();
        site.endpoints()
                .forEach(endpoint -> shape.add(
                        List.of(endpoint.url(), endpoint.authType(), endpoint.authValueSet(), endpoint.description())));
        for (ProcessingStep step : site.steps()) {
            shape.add(step.settings());
            step.images().forEach(image -> shape.add(List.of(step.settings().message(), image.settings())));
        }
        site.didomi()
                .webhooks()
                .forEach(webhook -> shape.add(List.of(webhook.url(), webhook.tokenUrl(), webhook.clientId())));
        return shape;
    }

    private static Named<Consumer<Site>> drift(String name, Consumer<Site> change) {
        return named(name, change);
    }

    private static ServiceEndpoint.Settings endpoint(String url) {
        return new ServiceEndpoint.Settings("Consent Bridge", url, "x-our-key", Secret.of("a-value-of-somebody"), "");
    }

    private static void secondEndpoint(Site site) {
        DataverseWebhooks dynamics = site.dynamics();
        UUID id = dynamics.createEndpoint(endpoint("https://old.example.org"));
        UUID step = dynamics.createStep(id, "Delete", site.step("Delete").settings());
        dynamics.createImage(step, site.image("Delete", "pre").settings());
    }

    private static void set(Site site, String message, boolean enabled, Set<String> filter) {
        ProcessingStep.Settings changed = new ProcessingStep.Settings(message, "contact", filter, 1, 40, enabled, true);
        site.dynamics().updateStep(site.step(message).id(), changed);
    }
}
