package io.github.consentbridge.sync.registration;

import io.github.consentbridge.connectors.dataverse.webhook.DataverseWebhooks;
import io.github.consentbridge.connectors.dataverse.webhook.ProcessingStep;
import io.github.consentbridge.connectors.dataverse.webhook.ServiceEndpoint;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The service endpoint by which Dynamics calls us, recognized by its name, with its steps. */
final class DynamicsRegistration {
    static final String NAME = "Consent Bridge";

    private final DataverseWebhooks webhooks;
    private final ReportBuilder report;
    private final StepRegistration steps;

    DynamicsRegistration(DataverseWebhooks webhooks, ReportBuilder report) {
        this.webhooks = webhooks;
        this.report = report;
        this.steps = new StepRegistration(webhooks, report);
    }

    /** Identifies the secret, which Dynamics does not return. */
    static String description(String mark) {
        return "Made by the register command of Consent Bridge, which sets it right again. Secret: " + mark;
    }

    List<String> addresses() {
        return webhooks.endpoints(NAME).stream().map(ServiceEndpoint::url).toList();
    }

    /** Ensures that exactly one endpoint of this name exists, with these steps. */
    void register(ServiceEndpoint.Settings wanted, List<WantedStep> wantedSteps) {
        List<ServiceEndpoint> ours = webhooks.endpoints(NAME);
        Optional<ServiceEndpoint> kept = ours.stream()
                .filter(endpoint -> endpoint.url().equals(wanted.url()))
                .findFirst()
                .or(() -> ours.stream().findFirst());
        UUID id = kept.map(endpoint -> repair(endpoint, wanted)).orElseGet(() -> create(wanted));
        steps.settle(id, kept.isPresent() ? webhooks.steps(id) : List.of(), wantedSteps);
        ours.stream().filter(endpoint -> !endpoint.id().equals(id)).forEach(this::remove);
    }

    void unregister() {
        List<ServiceEndpoint> ours = webhooks.endpoints(NAME);
        ours.forEach(this::remove);
        if (ours.isEmpty()) {
            report.unchanged("Dynamics has no service endpoint \"" + NAME + "\".");
        }
    }

    private UUID create(ServiceEndpoint.Settings wanted) {
        UUID id = webhooks.createEndpoint(wanted);
        report.created("Created the service endpoint \"" + NAME + "\" in Dynamics, which calls " + wanted.url()
                + " with the header " + wanted.header() + ".");
        return id;
    }

    private UUID repair(ServiceEndpoint endpoint, ServiceEndpoint.Settings wanted) {
        Optional<String> fault = fault(endpoint, wanted);
        fault.ifPresentOrElse(
                found -> {
                    webhooks.updateEndpoint(endpoint.id(), wanted);
                    report.changed("Updated address and secret of the service endpoint \"" + NAME + "\" in Dynamics: "
                            + found + ".");
                },
                () -> report.unchanged("The service endpoint \"" + NAME + "\" in Dynamics is as it should be."));
        return endpoint.id();
    }

    private static Optional<String> fault(ServiceEndpoint endpoint, ServiceEndpoint.Settings wanted) {
        if (!endpoint.url().equals(wanted.url())) {
            return Optional.of("it called " + endpoint.url() + " instead of " + wanted.url());
        }
        if (endpoint.authType() != ServiceEndpoint.HTTP_HEADER || !endpoint.authValueSet()) {
            return Optional.of("it did not send a header");
        }
        return endpoint.description().equals(wanted.description())
                ? Optional.empty()
                : Optional.of("its secret may be out of date");
    }

    private void remove(ServiceEndpoint endpoint) {
        List<ProcessingStep> found = webhooks.steps(endpoint.id());
        steps.remove(found);
        webhooks.deleteEndpoint(endpoint.id());
        report.removed("Removed a service endpoint \"" + NAME + "\" in Dynamics, which called " + endpoint.url()
                + ", with its " + found.size() + (found.size() == 1 ? " step." : " steps."));
    }
}
