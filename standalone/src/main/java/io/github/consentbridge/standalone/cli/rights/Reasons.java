package io.github.consentbridge.standalone.cli.rights;

import io.github.consentbridge.standalone.cli.UsageException;

/** What an operator writes on the access record. */
final class Reasons {
    private static final int MAX_LENGTH = 300;

    private Reasons() {}

    /**
     * The reason without blanks around it.
     *
     * @throws UsageException if it is blank or too long
     */
    static String checked(String reason) {
        if (reason.isBlank() || reason.length() > MAX_LENGTH) {
            throw new UsageException("--reason must say why, in at most " + MAX_LENGTH + " characters");
        }
        return reason.strip();
    }
}
