package io.github.consentbridge.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.connectors.http.RemoteSettings;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.standalone.host.ControlFile;
import io.github.consentbridge.standalone.host.DataFolderHost;
import io.github.consentbridge.standalone.host.FileCredentials;
import io.github.consentbridge.standalone.host.RunningBridge;
import io.github.consentbridge.standalone.store.FolderInUseException;
import io.github.consentbridge.standalone.store.Store;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.doctor.Check;
import io.github.consentbridge.sync.doctor.Check.State;
import io.github.consentbridge.sync.logging.JsonOutcomeLog;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.operations.DeadLetterFilter;
import io.github.consentbridge.sync.operations.Host;
import io.github.consentbridge.sync.operations.Operations;
import io.github.consentbridge.sync.operations.StoreOperations;
import io.github.consentbridge.sync.storage.StorageException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.function.Function;

/**
 * Does an operator's work on the data folder: on the stores themselves, or, while a bridge runs on them, by asking it.
 * Nobody has to stop the service to ask why.
 */
final class Stores {
    private static final String SUBJECT = "stores";
    private static final int MAX_COUNTED = 100;

    private Stores() {}

    private static Operations operations(CommonOptions places, Store store) {
        Clock clock = Clock.systemUTC();
        Integration integration = places.integration();
        Credentials credentials = new FileCredentials(places.secrets, clock);
        Connections connections =
                new Connections(integration, credentials, Environment.endpoints(), RemoteSettings.standard(clock));
        // What it does is in its report; the command's output is no place for the journal's lines.
        OutcomeLog outcomeLog =
                new JsonOutcomeLog(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8), clock);
        return operations(new DataFolderHost(integration, credentials, connections, store, outcomeLog, clock));
    }

    private static Operations operations(Host host) {
        return new StoreOperations(host, time -> Thread.sleep(time.toMillis()), Deadline.none());
    }

    /** Whether the stores can be used, and whether something in them waits for a person. */
    static Check check(CommonOptions places) {
        if (!Deployed.isMeant(places) && !Store.exists(places.data())) {
            return new Check(SUBJECT, State.OK, "Nothing is stored in " + places.data() + " yet.");
        }
        try {
            int dead = with(places, operations -> operations.deadLetters(DeadLetterFilter.ALL, MAX_COUNTED))
                    .size();
            return dead == 0
                    ? new Check(SUBJECT, State.OK, "It can be used, and no dead letter waits.")
                    : new Check(
                            SUBJECT,
                            State.WARNING,
                            (dead == MAX_COUNTED ? "At least " : "") + dead
                                    + " dead letters wait: look with deadletters, and put them back with replay.");
        } catch (StorageException e) {
            return new Check(SUBJECT, State.FAILED, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Does it.
     *
     * @throws UsageException if there is no data folder
     * @throws io.github.consentbridge.sync.storage.StorageException if it cannot be used, or the bridge does not answer
     */
    static <T> T with(CommonOptions places, Function<Operations, T> work) {
        if (!Deployed.isMeant(places) && !Store.exists(places.data())) {
            throw new UsageException(
                    "there is no data of a bridge in " + places.data() + ": name its folder with --data");
        }
        return withOldOrNew(places, work);
    }

    /** The same; makes the data folder if there is none. */
    static <T> T withOldOrNew(CommonOptions places, Function<Operations, T> work) {
        if (Deployed.isMeant(places)) {
            return work.apply(operations(Deployed.stack(places)));
        }
        try (Store store = Store.open(places.data(), Clock.systemUTC())) {
            return work.apply(operations(places, store));
        } catch (FolderInUseException e) {
            return work.apply(new RunningBridge(ControlFile.read(places.data()).orElseThrow(() -> e)));
        }
    }
}
