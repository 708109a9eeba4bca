package io.github.consentbridge.sync.worker;

/** A system shows something of one person that we cannot read; others are not affected. */
final class UnreadablePersonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadablePersonException(String message, Throwable cause) {
        super(message, cause);
    }
}
