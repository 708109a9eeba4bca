package io.github.consentbridge.functions.registration;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Work that is given up early enough to still answer. */
final class TimedWork {
    /** What {@link AnswerClient} may take in the worst case. */
    static final Duration TO_ANSWER = Duration.ofSeconds(12);

    private final long milliseconds;

    TimedWork(Context context) {
        this.milliseconds = context.getRemainingTimeInMillis() - TO_ANSWER.toMillis();
    }

    /**
     * What the work gives. It is interrupted when its time is over, and may then have been done in part.
     *
     * @throws OutOfTimeException if it does not end in time
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
