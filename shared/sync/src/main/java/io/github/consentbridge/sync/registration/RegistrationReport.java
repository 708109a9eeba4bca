package io.github.consentbridge.sync.registration;

import java.util.List;

/**
 * What was done with the webhooks, in sentences for an operator. None contains a secret.
 *
 * @param unchanged what was correct already, and what was left alone
 * @param byHand what to do in Didomi's Console, in order
 */
public record RegistrationReport(
        List<String> created, List<String> changed, List<String> removed, List<String> unchanged, List<String> byHand) {
    /** Registering needs more privileges than running does, and they are easily forgotten. */
    public static final String REMINDER =
            "If the application user has the role System Administrator for this set-up, remove it now: with it, the"
                    + " bridge's client secret can change everything in the environment.";

    public RegistrationReport {
        created = List.copyOf(created);
        changed = List.copyOf(changed);
        removed = List.copyOf(removed);
        unchanged = List.copyOf(unchanged);
        byHand = List.copyOf(byHand);
    }
}
