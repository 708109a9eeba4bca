package io.github.consentbridge.functions.registration;

import com.amazonaws.services.lambda.runtime.Context;
import io.github.consentbridge.aws.cloudformation.AnswerClient;
import io.github.consentbridge.connectors.http.Deadline;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs work with a time limit that leaves enough of the invocation to answer. */
final class TimedWork {
    private final Deadline invocation;

    TimedWork(Context context) {
        this.invocation = () -> Duration.ofMillis(context.getRemainingTimeInMillis());
    }

    /**
     * Returns the work's result. Work that exceeds the limit, including its requests, is interrupted and may then be
     * partly done.
     *
     * @throws OutOfTimeException if the work does not end in time
     * @throws Exception what the work throws; an error as the cause of an {@link ExecutionException}
     */
    <T> T result(Callable<T> work) throws Exception {
        Duration time = invocation.remaining().minus(AnswerClient.MAX_DURATION);
        if (time.toMillis() <= 0) {
            throw new OutOfTimeException();
        }
        FutureTask<T> task = new FutureTask<>(() -> invocation.during(work::call));
        Thread thread = new Thread(task, "registration");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new OutOfTimeException();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            task.cancel(true);
        }
    }
}
