package io.github.consentbridge.aws.cloudformation;

/**
 * The answer could not be delivered to CloudFormation. The message does not contain the answer's URL, because its
 * holder can answer.
 */
public final class UndeliveredAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param cause only its type is kept, because its message may contain the URL */
    public UndeliveredAnswerException(Exception cause) {
        super(
                "the answer could not be delivered to CloudFormation",
                new Exception(cause.getClass().getName()));
    }
}
