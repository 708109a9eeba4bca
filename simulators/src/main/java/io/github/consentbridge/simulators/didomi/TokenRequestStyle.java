package io.github.consentbridge.simulators.didomi;

/** The form of Didomi's token requests; the real one is not documented. */
public enum TokenRequestStyle {
    JSON,
    FORM,
    /** A form without the credentials, which are in the Authorization header. */
    BASIC
}
