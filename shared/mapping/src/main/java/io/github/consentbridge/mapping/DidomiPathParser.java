package io.github.consentbridge.mapping;

/**
 * Reads the flattened strings by which Didomi's connectors name a value, for example
 * {@code consents_purposes_cookies_preferences_newsletter_channel_email_enabled}.
 */
public final class DidomiPathParser {
    private DidomiPathParser() {}
}
