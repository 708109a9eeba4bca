package io.github.consentbridge.functions.registration;

/** CloudFormation did not take the answer. The address, which lets anybody answer, is not in the message. */
final class UndeliveredAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UndeliveredAnswerException(Exception cause) {
        super(
                "CloudFormation did not take the answer",
                new Exception(cause.getClass().getName()));
    }
}
