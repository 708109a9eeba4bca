package io.github.consentbridge.connectors.http;

/** The remote systems. A failure of Microsoft Entra ID counts as one of {@link #DATAVERSE}. */
public enum RemoteSystem {
    DIDOMI("Didomi"),
    DATAVERSE("Dataverse");

    private final String label;

    RemoteSystem(String label) {
        this.label = label;
    }

    /** The name for people. */
    public String label() {
        return label;
    }
}
