package io.github.consentbridge.standalone.console.api;

/** A request that is refused, with the sentence that the page shows: it says what to do, and contains no personal data. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    public ApiException(int status, String sentence) {
        super(sentence, null, false, false);
        this.status = status;
    }

    /** 400: the request cannot be used as it is. */
    static ApiException badRequest(String sentence) {
        return new ApiException(400, sentence);
    }

    /** 404: what it is about does not exist. */
    static ApiException notFound(String sentence) {
        return new ApiException(404, sentence);
    }

    /** 409: it does not fit what there is now. */
    static ApiException conflict(String sentence) {
        return new ApiException(409, sentence);
    }

    /** The status of the answer. */
    public int status() {
        return status;
    }

    /** What to do, in one sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
