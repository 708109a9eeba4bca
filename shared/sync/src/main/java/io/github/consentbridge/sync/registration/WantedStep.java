package io.github.consentbridge.sync.registration;

import io.github.consentbridge.connectors.dataverse.webhook.ProcessingStep;
import io.github.consentbridge.connectors.dataverse.webhook.StepImage;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.Integration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A step of the Dynamics webhook as it should be. */
record WantedStep(ProcessingStep.Settings settings, List<StepImage.Settings> images) {
    /** When the change was made, and whether the row was merged and into which. */
    private static final List<String> OF_THE_ROW = List.of("modifiedon", "merged", "masterid");

    /** Create, Update and Delete of contact, with the mapped columns and the key column only. */
    static List<WantedStep> of(Integration integration) {
        Set<String> columns = columns(integration);
        Set<String> after = new LinkedHashSet<>(columns);
        after.addAll(OF_THE_ROW);
        return List.of(
                new WantedStep(step("Create", Set.of()), List.of(StepImage.Settings.after("Create", after))),
                new WantedStep(
                        step("Update", filter(columns)),
                        List.of(StepImage.Settings.before(columns), StepImage.Settings.after("Update", after))),
                new WantedStep(step("Delete", Set.of()), List.of(StepImage.Settings.before(columns))));
    }

    String name() {
        return settings.message() + " of " + settings.table();
    }

    boolean isFor(ProcessingStep step) {
        return step.settings().message().equals(settings.message())
                && step.settings().table().equals(settings.table());
    }

    private static ProcessingStep.Settings step(String message, Set<String> filter) {
        return ProcessingStep.Settings.asynchronous(message, "contact", filter);
    }

    private static Set<String> columns(Integration integration) {
        Set<String> columns = new LinkedHashSet<>();
        columns.add(integration.contactKey().logicalName());
        integration.mappings().forEach(mapping -> columns.add(mapping.column().logicalName()));
        return columns;
    }

    /** The id never changes but is part of every request: with it the step would run for every update. */
    private static Set<String> filter(Set<String> columns) {
        Set<String> filter = new LinkedHashSet<>(columns);
        filter.remove(AttributeName.CONTACT_ID.logicalName());
        return filter;
    }
}
