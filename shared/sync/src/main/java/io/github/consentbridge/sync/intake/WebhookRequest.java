package io.github.consentbridge.sync.intake;

/** An HTTP request whose host has received all of it. */
public record WebhookRequest(RequestHead head, RequestBody body) {
    /** Shows neither headers nor body, which hold keys and personal data. */
    @Override
    public String toString() {
        return "WebhookRequest[" + head.method() + " " + head.path() + "]";
    }
}
