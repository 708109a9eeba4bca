package io.github.consentbridge.mapping.json;

/**
 * One thing that is wrong with the integration document.
 *
 * @param pointer JSON pointer to the place, for example {@code /mappings/2/options}; empty for the whole document
 * @param message what to do, in one sentence; never holds anything from a secret
 */
public record Problem(String pointer, String message) {
    @Override
    public String toString() {
        return (pointer.isEmpty() ? "document" : pointer) + ": " + message;
    }
}
