package io.github.consentbridge.sync.reconciliation;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.connectors.http.RetryPolicy.Sleeper;
import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.sync.connections.Connections;
import java.time.Duration;
import java.util.Optional;

/**
 * How long a run waits for a system that fails, and what it says meanwhile. Credentials that are refused are not waited for:
 * somebody has to correct them. For use by several threads.
 */
final class Patience {
    /** With less time than this after a wait, the run ends instead, so that it can be continued. */
    static final Duration MIN_TIME = Duration.ofSeconds(30);

    private static final Duration MIN_WAIT = Duration.ofSeconds(1);

    /** The longest that a system is left alone which does not say how long. */
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(30);

    /** A thread that waits notices after this time that the run has failed. */
    private static final Duration SLICE = Duration.ofSeconds(5);

    private final Duration max;
    private final Connections connections;
    private final Sleeper sleeper;
    private final Deadline deadline;
    private final ReconciliationListener listener;
    private final Runnable leaseRenewal;
    private volatile boolean over;

    /**
     * @param max what the run waits for one page altogether, as long as nobody on it can be settled
     * @param leaseRenewal called every few seconds: a run that waits is still under way
     */
    Patience(
            Duration max,
            Connections connections,
            Sleeper sleeper,
            Deadline deadline,
            ReconciliationListener listener,
            Runnable leaseRenewal) {
        this.max = max;
        this.connections = connections;
        this.sleeper = sleeper;
        this.deadline = deadline;
        this.listener = listener;
        this.leaseRenewal = leaseRenewal;
    }

    /** The run has failed: nobody waits any longer. */
    void end() {
        over = true;
    }

    boolean isTimeLeft(Duration wait) {
        return !over && deadline.remaining().compareTo(MIN_TIME.plus(wait)) >= 0;
    }

    /** The waits for one page, or for one request. For one thread. */
    final class Outage {
        private Duration waited = Duration.ZERO;
        private Duration least = MIN_WAIT;
        private Optional<BridgeException> reason = Optional.empty();

        /** Something has succeeded: what follows is another outage. */
        void ended() {
            waited = Duration.ZERO;
            least = MIN_WAIT;
        }

        /**
         * Waits before another try: each time twice as long, because every try reads the whole page again.
         *
         * @param wanted how long the system should be left alone; less is waited if the patience ends before
         * @param why what failed; empty if it failed before this page
         * @return false if there is no time left, and nothing was waited
         * @throws BridgeException if another try cannot help, or the patience has ended
         */
        boolean await(Duration wanted, Optional<? extends BridgeException> why) throws InterruptedException {
            if (why.isPresent()) {
                reason = Optional.of(why.get());
                throwIfRefused(why.get());
            }
            Duration left = max.minus(waited);
            if (left.compareTo(Duration.ZERO) <= 0) {
                throw exhausted();
            }
            Duration wait = min(max(wanted, least), left);
            if (!isTimeLeft(wait)) {
                return false;
            }
            listener.waiting(reason.map(BridgeException::sentence).orElse("a system is paused"), wait, left);
            sleep(wait);
            waited = waited.plus(wait);
            least = min(least.multipliedBy(2), MAX_BACKOFF);
            return !over;
        }

        private BridgeException exhausted() {
            String waitedFor = reason.filter(RemoteException.class::isInstance)
                    .map(RemoteException.class::cast)
                    .map(failure -> " for " + connections.address(failure.system()))
                    .orElse("");
            return new BridgeException(
                    ExitCode.FAILURE,
                    reason.map(BridgeException::sentence).orElse("a system is paused") + "; waited " + words(waited)
                            + waitedFor + ": repeat the command when it answers, and it continues where it ended",
                    reason.orElse(null));
        }
    }

    Outage outage() {
        return new Outage();
    }

    private void sleep(Duration wait) throws InterruptedException {
        for (Duration left = wait; !over && left.compareTo(Duration.ZERO) > 0; left = left.minus(SLICE)) {
            sleeper.sleep(min(left, SLICE));
            leaseRenewal.run();
        }
    }

    /**
     * Throws what somebody has to correct.
     *
     * @throws BridgeException with exit code {@link ExitCode#USAGE} if the secret or a mapping cannot be used, or a system does
     *     not accept our credentials
     */
    void throwIfRefused(BridgeException failure) {
        if (failure.exitCode() == ExitCode.USAGE) {
            throw failure;
        }
        if (failure instanceof RemoteException remote && isRefusal(remote)) {
            throw new BridgeException(ExitCode.USAGE, sentence(remote), remote);
        }
    }

    /** Status 0: the clients say so where no token is given for these credentials. */
    private static boolean isRefusal(RemoteException failure) {
        return failure.kind() == RemoteException.Kind.UNAUTHORIZED
                || (failure.kind() == RemoteException.Kind.PERMANENT && failure.status() == 0);
    }

    private static String sentence(RemoteException failure) {
        if (failure.kind() != RemoteException.Kind.UNAUTHORIZED) {
            return failure.sentence();
        }
        return failure.sentence()
                + switch (failure.system()) {
                    case DIDOMI -> ": check didomi.key and didomi.secret";
                    case DATAVERSE ->
                        ": check client_id, tenant_id and instance in microsoft-dynamics, and that the app registration"
                                + " is an application user of this environment";
                };
    }

    private static String words(Duration time) {
        return time.toSeconds() < 60 ? time.toSeconds() + " s" : time.toMinutes() + " min";
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
