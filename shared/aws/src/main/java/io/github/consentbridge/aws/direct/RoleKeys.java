package io.github.consentbridge.aws.direct;

import io.github.consentbridge.connectors.http.Secret;
import java.time.Instant;
import java.util.Optional;

/**
 * The keys with which a function signs its calls.
 *
 * @param token belongs to temporary keys; a role's keys are always temporary
 * @param expiry when they expire; {@link Instant#MAX} if unknown
 */
record RoleKeys(String id, Secret secret, Optional<Secret> token, Instant expiry) {}
