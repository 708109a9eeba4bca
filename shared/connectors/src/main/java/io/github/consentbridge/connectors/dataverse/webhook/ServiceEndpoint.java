package io.github.consentbridge.connectors.dataverse.webhook;

import static java.util.Objects.requireNonNull;

import io.github.consentbridge.connectors.http.Secret;
import java.util.UUID;

/**
 * A {@code serviceendpoint} of the kind webhook, as it can be read: what it proves itself with cannot.
 *
 * @param authType 5 where it sends HTTP headers
 * @param authValueSet whether it has anything to prove itself with
 * @param description free text; empty where there is none
 */
public record ServiceEndpoint(UUID id, String url, int authType, boolean authValueSet, String description) {
    /** The {@code authtype} of an endpoint that sends HTTP headers. */
    public static final int HTTP_HEADER = 5;

    public ServiceEndpoint {
        requireNonNull(id, "id");
        requireNonNull(url, "url");
        requireNonNull(description, "description");
    }

    /**
     * What an endpoint is told to be.
     *
     * @param url where it posts; ports 80 and 443 only
     * @param header name of the header that each call carries
     * @param value what stands in that header
     */
    public record Settings(String name, String url, String header, Secret value, String description) {
        public Settings {
            requireNonNull(name, "name");
            requireNonNull(url, "url");
            requireNonNull(header, "header");
            requireNonNull(value, "value");
            requireNonNull(description, "description");
        }

        /** The header in the form in which Dataverse keeps headers; it checks the form at the first delivery only. */
        String authValue() {
            return "<settings><setting name=\"" + escaped(header) + "\" value=\"" + escaped(value.value())
                    + "\" /></settings>";
        }

        private static String escaped(String text) {
            return text.replace("&", "&amp;")
                    .replace("<", "&lt;")
                    .replace(">", "&gt;")
                    .replace("\"", "&quot;")
                    .replace("'", "&apos;");
        }
    }
}
