package io.github.consentbridge.aws.direct;

import io.github.consentbridge.connectors.http.Secret;
import java.time.Instant;
import java.util.Optional;

/**
 * The keys with which a function signs its calls.
 *
 * @param token shows that they are temporary; a role's always are
 * @param expiry after which they are worth nothing; {@link Instant#MAX} if that is not known
 */
record RoleKeys(String id, Secret secret, Optional<Secret> token, Instant expiry) {}
