package io.github.consentbridge.connectors.http;

/** The systems that Consent Bridge talks to. A failure of Microsoft Entra ID counts as one of {@link #DATAVERSE}. */
public enum RemoteSystem {
    DIDOMI("Didomi"),
    DATAVERSE("Dataverse");

    private final String label;

    RemoteSystem(String label) {
        this.label = label;
    }

    /** The name as people write it. */
    public String label() {
        return label;
    }
}
