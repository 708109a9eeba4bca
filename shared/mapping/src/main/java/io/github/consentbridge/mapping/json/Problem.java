package io.github.consentbridge.mapping.json;

/**
 * One problem of the integration document or the secret.
 *
 * @param pointer JSON pointer, for example {@code /mappings/2/options}; empty for the whole document
 * @param message what is wrong and what to do, in one sentence; never contains anything from a secret
 */
public record Problem(String pointer, String message) {
    @Override
    public String toString() {
        return (pointer.isEmpty() ? "document" : pointer) + ": " + message;
    }
}
