package io.github.consentbridge.functions.registration;

import com.amazonaws.services.lambda.runtime.Context;
import io.github.consentbridge.aws.cloudformation.AnswerClient;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs work with a time limit that leaves enough of the invocation to answer. */
final class TimedWork {
    private final long milliseconds;

    TimedWork(Context context) {
        this.milliseconds = context.getRemainingTimeInMillis() - AnswerClient.MAX_DURATION.toMillis();
    }

    /**
     * Returns the work's result. Work that exceeds the limit is interrupted and may then be partly done.
     *
     * @throws OutOfTimeException if the work does not end in time
     * @throws Exception what the work throws; an error as the cause of an {@link ExecutionException}
     */
    <T> T result(Callable<T> work) throws Exception {
        if (milliseconds <= 0) {
            throw new OutOfTimeException();
        }
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "registration");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(milliseconds, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new OutOfTimeException();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            task.cancel(true);
        }
    }
}
