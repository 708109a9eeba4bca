package io.github.consentbridge.standalone.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.connectors.http.RemoteSettings;
import io.github.consentbridge.connectors.http.RetryPolicy;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.standalone.activity.Activity;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.connections.Endpoints;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.operations.Host;
import io.github.consentbridge.sync.operations.Operations;
import io.github.consentbridge.sync.operations.StoreOperations;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;

/** The bridge that a command works on. Commands do not know where it runs. */
public interface OperatorHost {
    /** If a system is busy: without waiting, the operator would have to repeat the command. */
    Duration MAX_WAIT = Duration.ofMinutes(1);

    /**
     * The stack on AWS if the environment names one and no data folder is given; otherwise the data folder.
     *
     * @throws BridgeException if the stack's variables are incomplete; the message names all that are missing
     */
    static OperatorHost of(OperatorPlaces places) {
        return isOnAws(places) ? new AwsHost(places) : new OneMachineHost(places);
    }

    /** Whether that is the stack on AWS. */
    static boolean isOnAws(OperatorPlaces places) {
        return AwsHost.isNamed(places);
    }

    Integration integration();

    Credentials credentials();

    /** Names the stores in messages. */
    String stores();

    /** Whether nothing has been stored yet. */
    boolean isNew();

    /**
     * Opens the stores for several pieces of work; creates them where they can be created. Whoever opens them closes them.
     *
     * @throws io.github.consentbridge.sync.storage.StorageException if they cannot be used
     */
    OpenStores open();

    /**
     * Works on the stores; creates them where they can be created.
     *
     * @throws io.github.consentbridge.sync.storage.StorageException if they cannot be used or the bridge does not answer
     */
    default <T> T onStores(Function<Operations, T> work) {
        try (OpenStores stores = open()) {
            return work.apply(stores.operations());
        }
    }

    /**
     * Works on stores that exist.
     *
     * @throws BridgeException if nothing has been stored yet
     * @throws io.github.consentbridge.sync.storage.StorageException if they cannot be used or the bridge does not answer
     */
    default <T> T onExistingStores(Function<Operations, T> work) {
        if (isNew()) {
            throw new BridgeException(ExitCode.USAGE, nothingIn(stores()));
        }
        return onStores(work);
    }

    /**
     * What {@code GET /health} answers.
     *
     * @throws io.github.consentbridge.sync.storage.StorageException if no bridge answers
     */
    JsonNode health();

    /**
     * What has been counted in the last minutes, as {@code GET /api/activity} of the console answers it.
     *
     * @param minutes 60, 360 or 1440
     */
    default JsonNode activity(int minutes) {
        return Activity.unavailable(
                "On AWS, look at the stack's dashboard in CloudWatch: it shows deliveries, the queue's age"
                        + " and the propagation time.");
    }

    /** What to do where nothing has been stored. */
    static String nothingIn(String stores) {
        return "there is no data of a bridge in " + stores + ": name the right folder with --data";
    }

    /** The clients of both systems, for a command that does not touch the stores. */
    default Connections connections() {
        return connections(integration(), credentials(), endpoints());
    }

    /** The same for these systems. */
    static Connections connections(Integration integration, Credentials credentials, Endpoints endpoints) {
        RemoteSettings settings = RemoteSettings.standard(Clock.systemUTC())
                .withRetry(RetryPolicy.standard().withMaxWait(MAX_WAIT));
        return new Connections(integration, credentials, endpoints, settings);
    }

    /** The addresses of the other systems, as the environment gives them. */
    static Endpoints endpoints() {
        try {
            return Endpoints.of(System.getenv());
        } catch (IllegalArgumentException e) {
            throw new BridgeException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    /** The operations on the stores themselves. */
    static Operations operations(Host host) {
        return new StoreOperations(host, time -> Thread.sleep(time.toMillis()), Deadline.none());
    }

    /** Takes the log lines: a command prints its report only. */
    static PrintStream discardedLog() {
        return new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    }
}
