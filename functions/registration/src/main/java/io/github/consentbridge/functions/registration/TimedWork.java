package io.github.consentbridge.functions.registration;

import com.amazonaws.services.lambda.runtime.Context;
import io.github.consentbridge.connectors.http.Deadline;
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

    private final Deadline invocation;

    TimedWork(Context context) {
        this.invocation = () -> Duration.ofMillis(context.getRemainingTimeInMillis());
    }

    /**
     * What the work gives. It is interrupted when its time is over, requests included, and may then have been done in
     * part.
     *
     * @throws OutOfTimeException if it does not end in time
     * @throws Exception what the work throws; an error as the cause of an {@link ExecutionException}
     */
    <T> T result(Callable<T> work) throws Exception {
        Duration time = invocation.remaining().minus(TO_ANSWER);
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
