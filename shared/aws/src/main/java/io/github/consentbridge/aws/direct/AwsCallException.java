package io.github.consentbridge.aws.direct;

/** A call of AWS without the SDK did not do what it should. The message holds nothing of what was sent or read. */
final class AwsCallException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    /** @param code the service's own name of the error, for example {@code AccessDeniedException} */
    AwsCallException(String code, String message) {
        super(message);
        this.code = code;
    }

    String code() {
        return code;
    }
}
