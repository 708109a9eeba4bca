package io.github.consentbridge.standalone.operator;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.connectors.http.RemoteSettings;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.standalone.activity.Activity;
import io.github.consentbridge.standalone.host.ControlFile;
import io.github.consentbridge.standalone.host.DataFolderHost;
import io.github.consentbridge.standalone.host.FileCredentials;
import io.github.consentbridge.standalone.host.RunningBridge;
import io.github.consentbridge.standalone.store.FolderInUseException;
import io.github.consentbridge.standalone.store.Store;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.logging.JsonOutcomeLog;
import io.github.consentbridge.sync.operations.Host;
import io.github.consentbridge.sync.storage.StorageException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A data folder. While {@code run} owns it, the running process does the work, so it need not be stopped. */
final class OneMachineHost implements OperatorHost {
    private final OperatorPlaces places;
    private final Path folder;
    private final Clock clock = Clock.systemUTC();
    private final Credentials credentials;
    private @Nullable ControlFile control;
    private @Nullable RunningBridge running;

    OneMachineHost(OperatorPlaces places) {
        this.places = places;
        this.folder = places.data();
        this.credentials =
                new FileCredentials(places.secrets(), clock, new JsonOutcomeLog(OperatorHost.discardedLog(), clock));
    }

    @Override
    public Integration integration() {
        return places.integration();
    }

    @Override
    public Credentials credentials() {
        return credentials;
    }

    @Override
    public String stores() {
        return folder.toString();
    }

    @Override
    public boolean isNew() {
        return !Store.exists(folder);
    }

    @Override
    public JsonNode health() {
        return running()
                .map(RunningBridge::health)
                .orElseThrow(() -> new StorageException("no bridge is running on the data folder " + folder
                        + ": start it with run, or name the right folder with --data"));
    }

    @Override
    public JsonNode activity(int minutes) {
        try {
            return running()
                    .map(bridge -> bridge.activity(minutes))
                    .orElseGet(() -> Activity.unavailable(
                            "No bridge runs on " + folder + ": start it with run, and what it does is shown here."));
        } catch (StorageException e) {
            return Activity.unavailable("The bridge does not answer: look at its log.");
        }
    }

    /** The same one as long as the same process runs: the console asks often. */
    private synchronized Optional<RunningBridge> running() {
        @Nullable ControlFile current = ControlFile.read(folder).orElse(null);
        if (!Objects.equals(current, control)) {
            control = current;
            running = current == null ? null : new RunningBridge(current);
        }
        return Optional.ofNullable(running);
    }

    @Override
    public OpenStores open() {
        try {
            Store store = Store.open(folder, clock);
            return new OpenStores(OperatorHost.operations(host(store)), true, store::close);
        } catch (FolderInUseException e) {
            return new OpenStores(running().orElseThrow(() -> e), false, () -> {});
        }
    }

    @Override
    public Connections connections() {
        return OperatorHost.connections(integration(), credentials, places.endpoints());
    }

    private Host host(Store store) {
        Integration integration = integration();
        Connections connections =
                new Connections(integration, credentials, places.endpoints(), RemoteSettings.standard(clock));
        JsonOutcomeLog outcomeLog = new JsonOutcomeLog(OperatorHost.discardedLog(), clock);
        return new DataFolderHost(integration, credentials, connections, store, outcomeLog, clock);
    }
}
