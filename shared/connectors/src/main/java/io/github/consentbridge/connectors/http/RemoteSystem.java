package io.github.consentbridge.connectors.http;

/** The remote systems. A failure of Microsoft Entra ID counts as one of {@link #DATAVERSE}. */
public enum RemoteSystem {
    DIDOMI("Didomi", "DIDOMI_API_URL"),
    DATAVERSE("Dataverse", "`instance` in the secret");

    private final String label;
    private final String setting;

    RemoteSystem(String label, String setting) {
        this.label = label;
        this.setting = setting;
    }

    /** The name for people. */
    public String label() {
        return label;
    }

    /** Which setting names its address, for people. */
    public String setting() {
        return setting;
    }
}
