package io.github.consentbridge.connectors.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A configured base address: https, or plain http to this machine only. It has no trailing slash.
 *
 * @param uri scheme, host, port and path; no user, query or fragment
 */
public record ServiceUrl(URI uri) {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    /**
     * Parses a setting.
     *
     * @param setting its name, for the message, for example {@code DIDOMI_API_URL}
     * @throws IllegalArgumentException with one sentence that names the setting and does not repeat the value
     */
    public static ServiceUrl parse(String setting, String text) {
        URI uri;
        try {
            uri = new URI(text.strip().replaceAll("/+$", ""));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    setting + " is not a URL at character " + e.getIndex() + "; give it as https://host");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        if (host.isEmpty() || !(scheme.equals("https") || scheme.equals("http"))) {
            throw new IllegalArgumentException(setting + " must be a full URL such as https://host");
        }
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(setting + " must not contain a user, a query or a fragment");
        }
        if (scheme.equals("http") && !LOOPBACK.matcher(host).matches()) {
            throw new IllegalArgumentException(setting + " must use https; plain http is accepted for localhost only");
        }
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return new ServiceUrl(URI.create(scheme + "://" + host + port + uri.getRawPath()));
    }

    /** This address followed by a path (with its slash) and query, both already encoded. */
    public URI resolve(String pathAndQuery) {
        return URI.create(uri + pathAndQuery);
    }

    /** Scheme, host and port, for example {@code https://acme.crm4.dynamics.com}. */
    public String origin() {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    /** Host name in lower case. */
    public String host() {
        return uri.getHost();
    }

    public boolean isLoopback() {
        return LOOPBACK.matcher(host()).matches();
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
