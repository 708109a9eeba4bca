package io.github.consentbridge.sync.registration;

import io.github.consentbridge.connectors.dataverse.webhook.DataverseWebhooks;
import io.github.consentbridge.connectors.dataverse.webhook.ProcessingStep;
import io.github.consentbridge.connectors.dataverse.webhook.StepImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Creates, repairs and removes the steps of one endpoint. */
final class StepRegistration {
    private final DataverseWebhooks webhooks;
    private final ReportBuilder report;

    StepRegistration(DataverseWebhooks webhooks, ReportBuilder report) {
        this.webhooks = webhooks;
        this.report = report;
    }

    /** @param found the steps that the endpoint has */
    void settle(UUID endpointId, List<ProcessingStep> found, List<WantedStep> wanted) {
        List<ProcessingStep> surplus = new ArrayList<>(found);
        for (WantedStep step : wanted) {
            Optional<ProcessingStep> kept = found.stream().filter(step::isFor).findFirst();
            kept.ifPresent(surplus::remove);
            kept.ifPresentOrElse(existing -> repair(existing, step), () -> create(endpointId, step));
        }
        remove(surplus);
        surplus.forEach(
                step -> report.removed("Removed the step " + step.settings().message() + " of "
                        + (step.settings().table().isEmpty()
                                ? "every table"
                                : step.settings().table())
                        + " in Dynamics, which the bridge does not need."));
    }

    /** Images first, then their steps. */
    void remove(List<ProcessingStep> steps) {
        steps.forEach(step -> step.images().forEach(image -> webhooks.deleteImage(image.id())));
        steps.forEach(step -> webhooks.deleteStep(step.id()));
    }

    private void create(UUID endpointId, WantedStep step) {
        UUID id = webhooks.createStep(endpointId, DynamicsRegistration.NAME + ": " + step.name(), step.settings());
        step.images().forEach(image -> webhooks.createImage(id, image));
        report.created("Created the step " + step.name() + " in Dynamics"
                + (step.settings().filteringAttributes().isEmpty()
                        ? ""
                        : ", for changes of " + listed(step.settings().filteringAttributes()))
                + ".");
    }

    private void repair(ProcessingStep existing, WantedStep step) {
        boolean right = existing.settings().equals(step.settings());
        if (!right) {
            webhooks.updateStep(existing.id(), step.settings());
            report.changed("Repaired the step " + step.name() + " in Dynamics: it "
                    + fault(existing.settings(), step.settings()) + ".");
        }
        boolean imagesRight = repairImages(existing, step);
        if (right && imagesRight) {
            report.unchanged("The step " + step.name() + " in Dynamics is as it should be.");
        }
    }

    private static String fault(ProcessingStep.Settings found, ProcessingStep.Settings wanted) {
        if (!found.enabled()) {
            return "was disabled";
        }
        if (!found.filteringAttributes().equals(wanted.filteringAttributes())) {
            return "ran for changes of " + listed(found.filteringAttributes()) + " instead of "
                    + listed(wanted.filteringAttributes());
        }
        return found.mode() == wanted.mode() && found.stage() == wanted.stage()
                ? "kept the jobs that succeeded"
                : "did not run asynchronously after the change";
    }

    /** An image is recognized by name and type; any other image, or a second copy, is not needed. */
    private boolean repairImages(ProcessingStep existing, WantedStep step) {
        List<StepImage> surplus = new ArrayList<>(existing.images());
        boolean right = true;
        for (StepImage.Settings image : step.images()) {
            Optional<StepImage> kept = existing.images().stream()
                    .filter(found -> found.settings().alias().equals(image.alias())
                            && found.settings().type() == image.type())
                    .findFirst();
            kept.ifPresent(surplus::remove);
            right &= repair(existing.id(), kept, image, step);
        }
        for (StepImage image : surplus) {
            webhooks.deleteImage(image.id());
            report.removed("Removed the image " + image.settings().alias() + " of the step " + step.name()
                    + " in Dynamics, which the bridge does not need.");
        }
        return right && surplus.isEmpty();
    }

    private boolean repair(UUID stepId, Optional<StepImage> kept, StepImage.Settings wanted, WantedStep step) {
        String image = "the image " + wanted.alias() + " of the step " + step.name() + " in Dynamics";
        if (kept.isEmpty()) {
            webhooks.createImage(stepId, wanted);
            report.created("Created " + image + ", which was missing.");
            return false;
        }
        if (kept.get().settings().equals(wanted)) {
            return true;
        }
        webhooks.updateImage(kept.get().id(), wanted);
        report.changed("Repaired " + image + ": it " + fault(kept.get().settings(), wanted) + ".");
        return false;
    }

    private static String fault(StepImage.Settings found, StepImage.Settings wanted) {
        return found.attributes().equals(wanted.attributes())
                ? "belonged to another part of the message"
                : "contained " + listed(found.attributes()) + " instead of " + listed(wanted.attributes());
    }

    private static String listed(Iterable<String> columns) {
        String list = String.join(", ", columns);
        return list.isEmpty() ? "every column" : list;
    }
}
