package io.github.consentbridge.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
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
import io.github.consentbridge.sync.logging.JsonOutcomeLog;
import io.github.consentbridge.sync.operations.Host;
import io.github.consentbridge.sync.operations.Operations;
import io.github.consentbridge.sync.storage.StorageException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Function;

/** A data folder. While {@code run} owns it, the running process does the work, so it need not be stopped. */
final class OneMachineHost implements OperatorHost {
    private final CommonOptions options;
    private final Path folder;
    private final Clock clock = Clock.systemUTC();
    private final Credentials credentials;

    OneMachineHost(CommonOptions options) {
        this.options = options;
        this.folder = options.data();
        this.credentials =
                new FileCredentials(options.secrets, clock, new JsonOutcomeLog(OperatorHost.discardedLog(), clock));
    }

    @Override
    public Integration integration() {
        return options.integration();
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
        return ControlFile.read(folder)
                .map(control -> new RunningBridge(control).health())
                .orElseThrow(() -> new StorageException("no bridge is running on the data folder " + folder
                        + ": start it with run, or name the right folder with --data"));
    }

    @Override
    public <T> T onStores(Function<Operations, T> work) {
        try (Store store = Store.open(folder, clock)) {
            return work.apply(OperatorHost.operations(host(store)));
        } catch (FolderInUseException e) {
            return work.apply(new RunningBridge(ControlFile.read(folder).orElseThrow(() -> e)));
        }
    }

    private Host host(Store store) {
        Integration integration = integration();
        Connections connections =
                new Connections(integration, credentials, OperatorHost.endpoints(), RemoteSettings.standard(clock));
        JsonOutcomeLog outcomeLog = new JsonOutcomeLog(OperatorHost.discardedLog(), clock);
        return new DataFolderHost(integration, credentials, connections, store, outcomeLog, clock);
    }
}
