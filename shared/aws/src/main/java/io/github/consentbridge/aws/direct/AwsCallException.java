package io.github.consentbridge.aws.direct;

/** A call to AWS without the SDK failed. The message contains nothing of the request or the answer. */
final class AwsCallException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    /** @param code the service's name of the error, for example {@code AccessDeniedException} */
    AwsCallException(String code, String message) {
        super(message);
        this.code = code;
    }

    String code() {
        return code;
    }
}
