package io.github.consentbridge.standalone.host;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One call of a handler outside of Lambda. */
public final class HostContext implements Context {
    private static final int MEBIBYTE = 1 << 20;

    private final String function;
    private final String requestId;
    private final Clock clock;
    private final Instant end;

    public HostContext(String function, String requestId, Clock clock, Duration time) {
        this.function = function;
        this.requestId = requestId;
        this.clock = clock;
        this.end = clock.instant().plus(time);
    }

    @Override
    public int getRemainingTimeInMillis() {
        return (int) Duration.between(clock.instant(), end).toMillis();
    }

    @Override
    public String getAwsRequestId() {
        return requestId;
    }

    @Override
    public String getFunctionName() {
        return function;
    }

    @Override
    public int getMemoryLimitInMB() {
        return (int) (Runtime.getRuntime().maxMemory() / MEBIBYTE);
    }

    @Override
    public String getLogGroupName() {
        return "";
    }

    @Override
    public String getLogStreamName() {
        return "";
    }

    @Override
    public String getFunctionVersion() {
        return "";
    }

    @Override
    public String getInvokedFunctionArn() {
        return "";
    }

    @Override
    public @Nullable CognitoIdentity getIdentity() {
        return null;
    }

    @Override
    public @Nullable ClientContext getClientContext() {
        return null;
    }

    /** The handlers log through their journal. */
    @Override
    public LambdaLogger getLogger() {
        throw new UnsupportedOperationException("handlers tell their journal");
    }
}
