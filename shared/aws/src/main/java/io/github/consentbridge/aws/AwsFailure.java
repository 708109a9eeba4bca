package io.github.consentbridge.aws;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** Describes why a call to AWS failed, without anything of the request. */
public final class AwsFailure {
    private AwsFailure() {}

    /** The error code, or that there was no answer. */
    public static String reason(SdkException failure) {
        if (failure instanceof AwsServiceException answer) {
            return code(answer) + ", request " + answer.requestId();
        }
        return timedOut(failure) ? "no answer in time" : "no usable answer; check region, network and credentials";
    }

    /** The service's name of the error, for example {@code AccessDeniedException}. */
    public static String code(AwsServiceException answer) {
        @Nullable AwsErrorDetails details = answer.awsErrorDetails();
        return details == null || details.errorCode() == null ? "status " + answer.statusCode() : details.errorCode();
    }

    static boolean timedOut(SdkException failure) {
        return failure instanceof ApiCallTimeoutException || failure instanceof ApiCallAttemptTimeoutException;
    }
}
