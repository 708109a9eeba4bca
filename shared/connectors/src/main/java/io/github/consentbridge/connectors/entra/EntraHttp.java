package io.github.consentbridge.connectors.entra;

import com.microsoft.aad.msal4j.HttpMethod;
import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.HttpResponse;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import io.github.consentbridge.connectors.http.HttpTransport;
import io.github.consentbridge.connectors.http.RemoteResponse;
import io.github.consentbridge.connectors.http.ServiceUrl;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client for msal4j, whose own one has no timeouts. A configured login URL replaces scheme, host and port,
 * because msal4j accepts only https authorities.
 */
final class EntraHttp implements IHttpClient {
    private final HttpTransport transport;
    private final @Nullable ServiceUrl loginUrl;
    private @Nullable RemoteResponse newest;
    private @Nullable URI address;

    EntraHttp(HttpTransport transport, @Nullable ServiceUrl loginUrl) {
        this.transport = transport;
        this.loginUrl = loginUrl;
    }

    /** Drops the last answer; call this before an attempt. */
    void startAttempt() {
        newest = null;
    }

    /** The answer to this attempt. Everything runs on the calling thread, one attempt at a time. */
    @Nullable
    RemoteResponse newest() {
        return newest;
    }

    /** Where the newest request went; null if none was sent. */
    @Nullable
    URI address() {
        return address;
    }

    @Override
    public IHttpResponse send(HttpRequest request) throws IOException, InterruptedException {
        URI target = addressOf(request);
        address = target;
        java.net.http.HttpRequest.Builder copy = java.net.http.HttpRequest.newBuilder(target);
        Map<String, String> headers = request.headers() == null ? Map.of() : request.headers();
        headers.forEach(copy::setHeader);
        BodyPublisher body = request.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(request.body());
        copy.method(request.httpMethod() == HttpMethod.POST ? "POST" : "GET", body);
        RemoteResponse answer = transport.send(copy.build());
        newest = answer;
        HttpResponse response = new HttpResponse();
        response.statusCode(answer.status()).body(answer.text());
        String retryAfter = answer.header("Retry-After");
        response.addHeaders(retryAfter.isEmpty() ? Map.of() : Map.of("Retry-After", List.of(retryAfter)));
        return response;
    }

    private URI addressOf(HttpRequest request) {
        String file = request.url().getFile();
        return loginUrl == null
                ? URI.create(request.url().getProtocol() + "://" + request.url().getAuthority() + file)
                : loginUrl.resolve(file);
    }
}
