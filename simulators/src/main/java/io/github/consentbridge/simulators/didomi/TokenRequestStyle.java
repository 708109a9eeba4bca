package io.github.consentbridge.simulators.didomi;

/** How Didomi asks a receiver's token endpoint; which of them it really uses is not documented. */
public enum TokenRequestStyle {
    JSON,
    FORM,
    /** A form without the credentials, which go into the Authorization header. */
    BASIC
}
