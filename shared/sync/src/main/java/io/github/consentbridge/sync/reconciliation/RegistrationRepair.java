package io.github.consentbridge.sync.reconciliation;

import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.registration.Registration;
import io.github.consentbridge.sync.registration.RegistrationException;
import io.github.consentbridge.sync.registration.RegistrationReport;
import java.util.ArrayList;
import java.util.List;

/** Sets the webhooks right: what was lost because one was switched off would be lost again tomorrow. */
final class RegistrationRepair {
    private final Registration registration;

    RegistrationRepair(Registration registration) {
        this.registration = registration;
    }

    /** What was done, or why nothing could be, in sentences; empty where all was right. */
    List<String> heal() {
        try {
            RegistrationReport report = registration.repair();
            List<String> done = new ArrayList<>(report.created());
            done.addAll(report.changed());
            done.addAll(report.removed());
            return done;
        } catch (RegistrationException | CredentialsException | RemoteException e) {
            // The people are settled all the same.
            return List.of("The webhooks were not looked at: " + e.getMessage());
        }
    }
}
