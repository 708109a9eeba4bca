package io.github.consentbridge.connectors.dataverse.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.github.consentbridge.connectors.dataverse.DataverseClient;
import io.github.consentbridge.connectors.dataverse.api.DataverseEnvironment;
import io.github.consentbridge.connectors.dataverse.api.DataverseException;
import io.github.consentbridge.connectors.http.FakeTime;
import io.github.consentbridge.connectors.http.FixedTokens;
import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.simulators.dataverse.DataverseSimulator;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs against the simulated Dataverse, which refuses unknown requests as the real one does. */
class DataverseWebhooksTest {
    private static final ServiceEndpoint.Settings ENDPOINT = endpoint("https://bridge.example.org/webhooks/dynamics");
    private static final ProcessingStep.Settings UPDATE =
            ProcessingStep.Settings.asynchronous("Update", "contact", Set.of("donotemail", "donotphone"));
    private static final StepImage.Settings BEFORE = StepImage.Settings.before(Set.of("donotemail"));

    private final FakeTime time = new FakeTime("2026-10-02T08:00:00Z");
    private final DataverseSimulator dataverse = DataverseSimulator.start(time);
    private final DataverseClient client = new DataverseClient(
            DataverseEnvironment.parse(dataverse.url().toString()), new FixedTokens(), time.settings());
    private final DataverseWebhooks webhooks = client.webhooks();

    @AfterEach
    void stop() {
        dataverse.close();
    }

    @Test
    void endpointIsReadAsCreatedExceptForItsSecret() {
        UUID id = webhooks.createEndpoint(ENDPOINT);

        List<ServiceEndpoint> found = webhooks.endpoints("O'Brien's bridge");

        assertThat(found)
                .containsExactly(new ServiceEndpoint(id, ENDPOINT.url(), ServiceEndpoint.HTTP_HEADER, true, "why"));
        assertThat(webhooks.endpoints("another")).isEmpty();
    }

    @Test
    void changedAddressKeepsItsSecret() {
        UUID id = webhooks.createEndpoint(ENDPOINT);

        webhooks.updateEndpoint(id, endpoint("https://other.example.org/webhooks/dynamics"));

        assertThat(webhooks.endpoints("O'Brien's bridge"))
                .extracting(ServiceEndpoint::url, ServiceEndpoint::authValueSet)
                .containsExactly(tuple("https://other.example.org/webhooks/dynamics", true));
    }

    @Test
    void headerIsEscapedAsXml() {
        ServiceEndpoint.Settings odd =
                new ServiceEndpoint.Settings("bridge", "https://a.example", "x-key", Secret.of("a<b>&\"c'"), "");

        assertThat(odd.authValue())
                .isEqualTo("<settings><setting name=\"x-key\" value=\"a&lt;b&gt;&amp;&quot;c&apos;\" /></settings>");
        assertThat(odd.toString()).doesNotContain("a<b>");
    }

    @Test
    void stepAndImagesAreReadAsCreated() {
        UUID endpoint = webhooks.createEndpoint(ENDPOINT);
        UUID update = webhooks.createStep(endpoint, "Update of contact", UPDATE);
        UUID image = webhooks.createImage(update, BEFORE);
        ProcessingStep.Settings create = ProcessingStep.Settings.asynchronous("Create", "contact", Set.of());
        UUID created = webhooks.createStep(endpoint, "Create of contact", create);
        StepImage.Settings after = StepImage.Settings.after("Create", Set.of("donotemail", "modifiedon"));
        UUID createdImage = webhooks.createImage(created, after);

        List<ProcessingStep> steps = webhooks.steps(endpoint);

        assertThat(steps)
                .containsExactlyInAnyOrder(
                        new ProcessingStep(update, UPDATE, List.of(new StepImage(image, BEFORE))),
                        new ProcessingStep(created, create, List.of(new StepImage(createdImage, after))));
    }

    @Test
    void stepAndImageAreChanged() {
        UUID endpoint = webhooks.createEndpoint(ENDPOINT);
        UUID step = webhooks.createStep(endpoint, "Update of contact", UPDATE);
        UUID image = webhooks.createImage(step, BEFORE);
        ProcessingStep.Settings disabled =
                new ProcessingStep.Settings("Update", "contact", Set.of(), 1, 40, false, false);
        StepImage.Settings after = StepImage.Settings.after("Update", Set.of("donotphone"));

        webhooks.updateStep(step, disabled);
        webhooks.updateImage(image, after);

        assertThat(webhooks.steps(endpoint))
                .containsExactly(new ProcessingStep(step, disabled, List.of(new StepImage(image, after))));
    }

    @Test
    void deletingMissingRowsSucceeds() {
        UUID endpoint = webhooks.createEndpoint(ENDPOINT);
        UUID step = webhooks.createStep(endpoint, "Update of contact", UPDATE);
        UUID image = webhooks.createImage(step, BEFORE);

        for (int round = 0; round < 2; round++) {
            webhooks.deleteImage(image);
            webhooks.deleteStep(step);
            webhooks.deleteEndpoint(endpoint);
        }

        assertThat(webhooks.endpoints("O'Brien's bridge")).isEmpty();
    }

    @Test
    void lostAnswerCreatesOneRowOnly() {
        dataverse.faults().next(RouteKind.REGISTRATION, Fault.dropAfterCommit());

        UUID id = webhooks.createEndpoint(ENDPOINT);

        assertThat(webhooks.endpoints("O'Brien's bridge"))
                .extracting(ServiceEndpoint::id)
                .containsExactly(id);
    }

    @Test
    void changingAMissingRowFailsAndCreatesNothing() {
        DataverseException failure = catchThrowableOfType(
                DataverseException.class, () -> webhooks.updateEndpoint(UUID.randomUUID(), ENDPOINT));

        assertThat(failure.status()).isEqualTo(404);
        assertThat(webhooks.endpoints("O'Brien's bridge")).isEmpty();
    }

    @Test
    void outageIsNotAnEmptyList() {
        dataverse.faults().always(RouteKind.REGISTRATION, Fault.garbage());

        DataverseException failure = catchThrowableOfType(DataverseException.class, () -> webhooks.endpoints("bridge"));

        assertThat(failure.code()).isEqualTo("unreadable_answer");
    }

    @Test
    void missingPrivilegeIsNamed() {
        dataverse.privilege("prvCreateServiceEndpoint", false);

        DataverseException denied =
                catchThrowableOfType(DataverseException.class, () -> webhooks.createEndpoint(ENDPOINT));

        assertThat(denied.missingPrivilege()).contains("prvCreateServiceEndpoint");
        assertThat(denied.status()).isEqualTo(403);
    }

    private static ServiceEndpoint.Settings endpoint(String url) {
        return new ServiceEndpoint.Settings(
                "O'Brien's bridge", url, "x-consent-bridge-key", Secret.of("a-value-of-our-making"), "why");
    }
}
