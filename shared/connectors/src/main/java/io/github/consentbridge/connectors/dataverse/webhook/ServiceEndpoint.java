package io.github.consentbridge.connectors.dataverse.webhook;

import static java.util.Objects.requireNonNull;

import io.github.consentbridge.connectors.http.Secret;
import java.util.UUID;

/**
 * A {@code serviceendpoint} of the kind webhook as it is read. Its secret cannot be read.
 *
 * @param authType 5 if it sends HTTP headers
 * @param authValueSet whether it has a secret
 * @param description free text; empty if there is none
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
     * The properties of an endpoint.
     *
     * @param url the address to which it posts; ports 80 and 443 only
     * @param header name of the header that each call contains
     * @param value value of that header
     */
    public record Settings(String name, String url, String header, Secret value, String description) {
        public Settings {
            requireNonNull(name, "name");
            requireNonNull(url, "url");
            requireNonNull(header, "header");
            requireNonNull(value, "value");
            requireNonNull(description, "description");
        }

        /** The header in Dataverse's form, which Dataverse checks only at the first delivery. */
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
