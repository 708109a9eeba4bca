package io.github.consentbridge.connectors.dataverse.api;

import io.github.consentbridge.connectors.http.HttpTransport;
import io.github.consentbridge.connectors.http.RemoteCalls;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.connectors.http.RemoteFailure;
import io.github.consentbridge.connectors.http.RemoteSettings;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.connectors.http.ServiceUrl;
import io.github.consentbridge.connectors.http.TokenSource;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

/** Sends requests with the required headers to the Web API of one environment. */
public final class DataverseApi {
    private final DataverseEnvironment environment;
    private final TokenSource tokens;
    private final HttpTransport transport;
    private final RemoteCalls calls;

    public DataverseApi(DataverseEnvironment environment, TokenSource tokens, RemoteSettings settings) {
        this.environment = environment;
        this.tokens = tokens;
        this.transport = new HttpTransport(settings);
        this.calls = new RemoteCalls(
                RemoteSystem.DATAVERSE,
                (failure, message, cause) -> new DataverseException(failure, message, "", cause),
                transport,
                settings);
    }

    /** Reads a path below the API's base. */
    public <T> T get(String path, RemoteCalls.Reader<T> reader) {
        return get(address(path), reader);
    }

    /** Reads a complete address with preferences, such as {@code odata.maxpagesize=500}. */
    public <T> T get(URI address, String prefer, RemoteCalls.Reader<T> reader) {
        return send(
                request(address)
                        .header("If-None-Match", "null")
                        .header("Prefer", prefer)
                        .GET(),
                reader);
    }

    /** Reads a complete address, for example a checked next link. */
    public <T> T get(URI address, RemoteCalls.Reader<T> reader) {
        return send(request(address).header("If-None-Match", "null").GET(), reader);
    }

    /** Creates a row. The body must contain the id, so that a repeat is refused and does not create a second row. */
    public <T> T post(String path, String json, RemoteCalls.Reader<T> reader) {
        return send(withJson(path).POST(BodyPublishers.ofString(json)), reader);
    }

    /** Changes an existing row. It never creates one, as a PATCH without a condition would. */
    public <T> T patch(String path, String json, RemoteCalls.Reader<T> reader) {
        return send(withJson(path).header("If-Match", "*").method("PATCH", BodyPublishers.ofString(json)), reader);
    }

    public <T> T delete(String path, RemoteCalls.Reader<T> reader) {
        return send(request(address(path)).DELETE(), reader);
    }

    public <T> T post(BatchRequest batch, RemoteCalls.Reader<T> reader) {
        HttpRequest.Builder request = request(address("/$batch"))
                .header("Content-Type", batch.contentType())
                .header("Prefer", "odata.continue-on-error")
                .POST(BodyPublishers.ofByteArray(batch.bytes()));
        return send(request, reader);
    }

    /**
     * Checks that a next or delta link stays inside this environment's API, because it is followed with our token.
     *
     * @throws DataverseException if it leads elsewhere
     */
    public URI checkedLink(String link) {
        if (isInside(link)) {
            return URI.create(link);
        }
        throw new DataverseException(
                RemoteFailure.withoutAnswer(RemoteException.Kind.PERMANENT, DataverseException.FOREIGN_LINK),
                "A next or delta link leads out of the environment and is not followed");
    }

    private boolean isInside(String link) {
        try {
            URI next = new URI(link);
            ServiceUrl target = ServiceUrl.parse("next link", next.getScheme() + "://" + next.getRawAuthority());
            String path = next.getRawPath();
            return environment.isSameEnvironment(target)
                    && path.startsWith("/api/data/")
                    && path.equals(next.normalize().getRawPath());
        } catch (URISyntaxException | IllegalArgumentException e) {
            return false;
        }
    }

    public void pauseFor(RemoteException failure) {
        calls.pauseFor(failure);
    }

    public void endPause() {
        calls.endPause();
    }

    public long requests() {
        return transport.requests();
    }

    public URI address(String path) {
        return environment.origin().resolve(DataverseEnvironment.API + path);
    }

    private <T> T send(HttpRequest.Builder request, RemoteCalls.Reader<T> reader) {
        return calls.send(request.build(), tokens, reader);
    }

    private HttpRequest.Builder withJson(String path) {
        return request(address(path)).header("Content-Type", "application/json; charset=utf-8");
    }

    private static HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address)
                .header("Accept", "application/json")
                .header("OData-MaxVersion", "4.0")
                .header("OData-Version", "4.0");
    }
}
