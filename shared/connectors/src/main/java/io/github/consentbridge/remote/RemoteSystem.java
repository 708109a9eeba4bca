package io.github.consentbridge.remote;

/** The systems that Consent Bridge talks to. A failure of Microsoft Entra ID counts as one of {@link #DATAVERSE}. */
public enum RemoteSystem {
    DIDOMI,
    DATAVERSE
}
