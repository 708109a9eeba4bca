package io.github.consentbridge.connectors.didomi;

import io.github.consentbridge.connectors.http.HttpTransport;
import io.github.consentbridge.connectors.http.PercentEncoding;
import io.github.consentbridge.connectors.http.RemoteCalls;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.connectors.http.RemoteFailure;
import io.github.consentbridge.connectors.http.RemoteResponse;
import io.github.consentbridge.connectors.http.RemoteSettings;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.connectors.http.TokenSource;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sends requests to the Platform API for one organisation. */
final class DidomiApi {
    private final DidomiAccess access;
    private final HttpTransport transport;
    private final RemoteCalls calls;
    private final TokenSource session;

    DidomiApi(DidomiAccess access, RemoteSettings settings) {
        this.access = access;
        this.transport = new HttpTransport(settings);
        this.calls = new RemoteCalls(RemoteSystem.DIDOMI, new Wording(), transport, settings);
        this.session = new DidomiSession(access, calls::sendOnce, settings.clock());
    }

    <T> T get(String path, Map<String, String> query, RemoteCalls.Reader<T> reader) {
        return calls.send(request(path, query).GET().build(), session, reader);
    }

    <T> T post(String path, Map<String, String> query, String json, RemoteCalls.Reader<T> reader) {
        HttpRequest request = request(path, query)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
        return calls.send(request, session, reader);
    }

    <T> T patch(String path, String json, RemoteCalls.Reader<T> reader) {
        HttpRequest request = request(path, Map.of())
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(json))
                .build();
        return calls.send(request, session, reader);
    }

    <T> T delete(String path, RemoteCalls.Reader<T> reader) {
        return calls.send(request(path, Map.of()).DELETE().build(), session, reader);
    }

    String organizationId() {
        return access.organizationId();
    }

    long requests() {
        return transport.requests();
    }

    private HttpRequest.Builder request(String path, Map<String, String> query) {
        String parameters = query.entrySet().stream()
                .map(parameter -> "&" + PercentEncoding.encode(parameter.getKey()) + "="
                        + PercentEncoding.encode(parameter.getValue()))
                .collect(Collectors.joining());
        URI address = access.apiUrl()
                .resolve(path + "?organization_id=" + PercentEncoding.encode(access.organizationId()) + parameters);
        return HttpRequest.newBuilder(address).header("Accept", "application/json");
    }

    private static final class Wording implements RemoteCalls.Failures {
        @Override
        public RemoteException from(RemoteResponse response) {
            return DidomiException.from(response);
        }

        @Override
        public RemoteException from(RemoteFailure failure, String message, @Nullable Throwable cause) {
            return new DidomiException(failure, message, "", cause);
        }
    }
}
