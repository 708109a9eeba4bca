package io.github.consentbridge.simulators.dataverse;

import io.github.consentbridge.simulators.dataverse.column.Reference;
import java.util.Optional;

/**
 * The identity behind a request.
 *
 * @param user the identity that it runs as
 * @param initiator who started it
 * @param tag the request's {@code tag} parameter
 */
public record Caller(Reference user, Reference initiator, Optional<String> tag) {
    static Caller of(Reference user) {
        return new Caller(user, user, Optional.empty());
    }

    Caller withTag(Optional<String> given) {
        return new Caller(user, initiator, given);
    }
}
