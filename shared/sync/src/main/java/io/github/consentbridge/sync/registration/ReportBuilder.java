package io.github.consentbridge.sync.registration;

import java.util.ArrayList;
import java.util.List;

/** Collects the sentences of a report. */
final class ReportBuilder {
    private final List<String> created = new ArrayList<>();
    private final List<String> changed = new ArrayList<>();
    private final List<String> removed = new ArrayList<>();
    private final List<String> unchanged = new ArrayList<>();
    private final List<String> byHand = new ArrayList<>();

    void created(String sentence) {
        created.add(sentence);
    }

    void changed(String sentence) {
        changed.add(sentence);
    }

    void removed(String sentence) {
        removed.add(sentence);
    }

    void unchanged(String sentence) {
        unchanged.add(sentence);
    }

    void byHand(List<String> steps) {
        byHand.addAll(steps);
    }

    RegistrationReport report() {
        return new RegistrationReport(created, changed, removed, unchanged, byHand);
    }
}
