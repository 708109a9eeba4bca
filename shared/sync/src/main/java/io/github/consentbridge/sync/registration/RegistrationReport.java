package io.github.consentbridge.sync.registration;

import java.util.List;

/**
 * What became of the webhooks, in sentences for an operator. None holds a secret.
 *
 * @param unchanged what was right already, and what was left alone
 * @param byHand what somebody has to do in Didomi's Console, in order
 */
public record RegistrationReport(
        List<String> created, List<String> changed, List<String> removed, List<String> unchanged, List<String> byHand) {
    /** Registering needs more rights than running does, and they are easily forgotten. */
    public static final String REMINDER =
            "If the application user has the role System Administrator for this set-up, remove it now: it lets the"
                    + " bridge's client secret change everything in the environment.";

    public RegistrationReport {
        created = List.copyOf(created);
        changed = List.copyOf(changed);
        removed = List.copyOf(removed);
        unchanged = List.copyOf(unchanged);
        byHand = List.copyOf(byHand);
    }
}
