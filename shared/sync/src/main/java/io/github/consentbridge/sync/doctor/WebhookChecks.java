package io.github.consentbridge.sync.doctor;

import io.github.consentbridge.sync.registration.Registration;
import io.github.consentbridge.sync.registration.RegistrationReport;
import java.util.ArrayList;
import java.util.List;

/** Checks whether the webhooks are as {@code register} makes them. */
final class WebhookChecks {
    private static final String WEBHOOKS = "webhooks";

    private final Registration registration;
    private final Checks checks;

    WebhookChecks(Registration registration, Checks checks) {
        this.registration = registration;
        this.checks = checks;
    }

    static void notChecked(Checks checks, String cause) {
        checks.notChecked(CheckCode.WEBHOOKS, WEBHOOKS, cause);
    }

    void run() {
        checks.attempt(
                CheckCode.WEBHOOKS,
                WEBHOOKS,
                () -> registration
                        .drift()
                        .ifPresentOrElse(
                                this::drift,
                                () -> checks.warning(
                                        CheckCode.WEBHOOKS,
                                        WEBHOOKS,
                                        "No webhook of this bridge is registered: run register --url with the bridge's address. (A"
                                                + " webhook that was added in Didomi's Console cannot be seen from here.)")));
    }

    /** One result for all that has drifted: one command repairs it. */
    private void drift(RegistrationReport report) {
        List<String> wrong = new ArrayList<>(report.created());
        wrong.addAll(report.changed());
        wrong.addAll(report.removed());
        if (wrong.isEmpty()) {
            checks.ok(CheckCode.WEBHOOKS, WEBHOOKS, String.join("\n", report.unchanged()));
        } else {
            checks.failed(
                    CheckCode.WEBHOOKS,
                    WEBHOOKS,
                    "The webhooks have drifted: run register --url with the bridge's address, which would report:\n"
                            + String.join("\n", wrong));
        }
        if (!report.byHand().isEmpty()) {
            checks.warning(
                    CheckCode.WEBHOOKS,
                    WEBHOOKS,
                    "The webhook in Didomi has to be added in its Console; whether it was cannot be seen from here.");
        }
    }
}
