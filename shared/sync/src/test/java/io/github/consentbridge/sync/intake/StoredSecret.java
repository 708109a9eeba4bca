package io.github.consentbridge.sync.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.sync.credentials.BridgeSecret;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.credentials.SecretReader;

/** A secret store with one side's webhook, and what a process has cached of it. */
final class StoredSecret implements Credentials {
    static final String KEY = "demo-webhook-key-0123456789";
    static final String DYNAMICS_KEY = "demo-dynamics-key-9876543210";
    static final String PREVIOUS_KEY = "former-webhook-key-0123456789";
    static final String CLIENT = "didomi-client";
    static final String CLIENT_SECRET = "demo-client-secret-0123456789";
    static final String PREVIOUS_CLIENT_SECRET = "former-client-secret-0123456789";

    private final String side;
    private String didomi = "";
    private BridgeSecret stored;
    private BridgeSecret cached;
    boolean failing;
    int refreshes;

    /** @param side names the block of the secret */
    StoredSecret(String side) {
        this.side = side;
        this.stored = secret(keys(side.equals("dynamics") ? DYNAMICS_KEY : KEY, PREVIOUS_KEY));
        this.cached = stored;
    }

    /** The same, whose secret names the Didomi organization beside an API key. */
    StoredSecret ofOrganization(String organization) {
        didomi = """
                "didomi": {"key": "demo-api-key-0123456789", "secret": "demo-api-secret-0123456789",
                           "organization_id": "%s"},""".formatted(organization);
        hold(keys(KEY));
        return this;
    }

    /** The block of a webhook that accepts these values in the usual header. */
    static String keys(String... values) {
        return "\"values\": [\"" + String.join("\", \"", values) + "\"]";
    }

    /** The block of a webhook that has this client and no key. */
    static String client(String id, String... secrets) {
        return "\"client_id\": \"%s\", \"client_secrets\": [\"%s\"]".formatted(id, String.join("\", \"", secrets));
    }

    private BridgeSecret secret(String block) {
        return SecretReader.read("{%s\"webhooks\": {\"%s\": {%s}}}"
                .formatted(didomi, side, block)
                .getBytes(UTF_8));
    }

    /**
     * Somebody changes the stored secret; the process sees it when it reads it again.
     *
     * @param block the members of the webhook's block
     */
    void rotate(String block) {
        stored = secret(block);
    }

    /** As {@link #rotate}, and the process has seen it. */
    void hold(String block) {
        rotate(block);
        cached = stored;
    }

    /** As {@link #rotate}, for a secret without any webhook. */
    void removeWebhooks() {
        stored = SecretReader.read("{}".getBytes(UTF_8));
    }

    @Override
    public BridgeSecret current() {
        use();
        return cached;
    }

    @Override
    public BridgeSecret refreshed() {
        use();
        refreshes++;
        cached = stored;
        return cached;
    }

    private void use() {
        if (failing) {
            throw new CredentialsException("the secret cannot be read: check the function's role");
        }
    }
}
