package io.github.consentbridge.connectors.http;

import java.io.IOException;

/** A remote system sent more than we keep. */
final class AnswerTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    AnswerTooLargeException(int maxBytes) {
        super("the answer is larger than " + maxBytes + " bytes");
    }
}
