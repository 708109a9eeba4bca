package io.github.consentbridge.standalone.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.credentials.Credentials;
import io.github.consentbridge.doctor.Check;
import io.github.consentbridge.doctor.Check.State;
import io.github.consentbridge.mapping.Integration;
import io.github.consentbridge.operations.DeadLetterFilter;
import io.github.consentbridge.operations.Host;
import io.github.consentbridge.operations.Operations;
import io.github.consentbridge.operations.StoreOperations;
import io.github.consentbridge.remote.Deadline;
import io.github.consentbridge.remote.RemoteSettings;
import io.github.consentbridge.standalone.server.ControlFile;
import io.github.consentbridge.standalone.server.DataFolderHost;
import io.github.consentbridge.standalone.server.FileCredentials;
import io.github.consentbridge.standalone.server.RunningBridge;
import io.github.consentbridge.standalone.store.FolderInUseException;
import io.github.consentbridge.standalone.store.Store;
import io.github.consentbridge.storage.StorageException;
import io.github.consentbridge.sync.Connections;
import io.github.consentbridge.sync.Journal;
import io.github.consentbridge.sync.JsonJournal;
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
    private static final int MOST_COUNTED = 100;

    private Stores() {}

    private static Operations operations(Places places, Store store) {
        Clock clock = Clock.systemUTC();
        Integration integration = places.integration();
        Credentials credentials = new FileCredentials(places.secrets, clock);
        Connections connections =
                new Connections(integration, credentials, Environment.endpoints(), RemoteSettings.standard(clock));
        // What it does is in its report; the command's output is no place for the journal's lines.
        Journal journal = new JsonJournal(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8), clock);
        return operations(new DataFolderHost(integration, credentials, connections, store, journal, clock));
    }

    private static Operations operations(Host host) {
        return new StoreOperations(host, time -> Thread.sleep(time.toMillis()), Deadline.none());
    }

    /** Whether the stores can be used, and whether something in them waits for a person. */
    static Check check(Places places) {
        if (!Deployed.isMeant(places) && !Store.exists(places.data())) {
            return new Check(SUBJECT, State.OK, "Nothing is stored in " + places.data() + " yet.");
        }
        try {
            int dead = with(places, operations -> operations.deadLetters(DeadLetterFilter.ALL, MOST_COUNTED))
                    .size();
            return dead == 0
                    ? new Check(SUBJECT, State.OK, "It can be used, and no dead letter waits.")
                    : new Check(
                            SUBJECT,
                            State.WARNING,
                            (dead == MOST_COUNTED ? "At least " : "") + dead
                                    + " dead letters wait: look with deadletters, and put them back with replay.");
        } catch (StorageException e) {
            return new Check(SUBJECT, State.FAILED, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Does it.
     *
     * @throws UsageException if there is no data folder
     * @throws io.github.consentbridge.storage.StorageException if it cannot be used, or the bridge does not answer
     */
    static <T> T with(Places places, Function<Operations, T> work) {
        if (!Deployed.isMeant(places) && !Store.exists(places.data())) {
            throw new UsageException(
                    "there is no data of a bridge in " + places.data() + ": name its folder with --data");
        }
        return withOldOrNew(places, work);
    }

    /** The same; makes the data folder if there is none. */
    static <T> T withOldOrNew(Places places, Function<Operations, T> work) {
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
