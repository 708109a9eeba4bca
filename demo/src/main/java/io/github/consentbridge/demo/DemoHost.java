package io.github.consentbridge.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.standalone.host.BridgeServer;
import io.github.consentbridge.standalone.host.RunningBridge;
import io.github.consentbridge.standalone.operator.OpenStores;
import io.github.consentbridge.standalone.operator.OperatorHost;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.credentials.Credentials;
import java.nio.file.Path;

/** The demo's own bridge, which runs in this process, as an operator's commands see it. */
record DemoHost(
        Integration integration,
        Credentials credentials,
        Connections connections,
        BridgeServer bridge,
        RunningBridge running,
        Path data)
        implements OperatorHost {
    @Override
    public String stores() {
        return data.toString();
    }

    @Override
    public boolean isNew() {
        return false;
    }

    /** The stores belong to the bridge; closing these ends nothing. */
    @Override
    public OpenStores open() {
        return new OpenStores(bridge.operations(), false, () -> {});
    }

    @Override
    public JsonNode health() {
        return running.health();
    }

    @Override
    public JsonNode activity(int minutes) {
        return bridge.activity(minutes);
    }
}
