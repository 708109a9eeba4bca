package io.github.consentbridge.connectors.didomi;

import io.github.consentbridge.connectors.http.HttpTransport;
import io.github.consentbridge.connectors.http.PercentEncoding;
import io.github.consentbridge.connectors.http.RemoteCalls;
import io.github.consentbridge.connectors.http.RemoteSettings;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.connectors.http.TokenSource;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.stream.Collectors;

/** Sends requests to the Platform API for one organisation. */
final class DidomiApi {
    private final DidomiAccess access;
    private final HttpTransport transport;
    private final RemoteCalls calls;
    private final TokenSource session;

    DidomiApi(DidomiAccess access, RemoteSettings settings) {
        this.access = access;
        this.transport = new HttpTransport(settings);
        this.calls = new RemoteCalls(
                RemoteSystem.DIDOMI,
                (failure, message, cause) -> new DidomiException(failure, message, "", cause),
                transport,
                settings);
        this.session = new DidomiSession(access, calls::sendOnce, settings.clock());
    }

    <T> T get(String path, Map<String, String> query, RemoteCalls.Reader<T> reader) {
        return send(request(path, query).GET(), reader);
    }

    <T> T post(String path, Map<String, String> query, String json, RemoteCalls.Reader<T> reader) {
        return send(withJson(path, query).POST(BodyPublishers.ofString(json)), reader);
    }

    <T> T patch(String path, String json, RemoteCalls.Reader<T> reader) {
        return send(withJson(path, Map.of()).method("PATCH", BodyPublishers.ofString(json)), reader);
    }

    <T> T delete(String path, RemoteCalls.Reader<T> reader) {
        return send(request(path, Map.of()).DELETE(), reader);
    }

    String organizationId() {
        return access.organizationId();
    }

    void endPause() {
        calls.endPause();
    }

    long requests() {
        return transport.requests();
    }

    private <T> T send(HttpRequest.Builder request, RemoteCalls.Reader<T> reader) {
        return calls.send(request.build(), session, reader);
    }

    private HttpRequest.Builder withJson(String path, Map<String, String> query) {
        return request(path, query).header("Content-Type", "application/json");
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
}
