package io.github.consentbridge.standalone.console;

import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.sync.intake.RequestHead;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one-time address and the session that it opens: one per start of the console, so that whoever has neither the terminal
 * nor this browser cannot get in. Safe for use by several threads.
 */
final class Sessions {
    /** After this time the address can no longer be opened. */
    static final Duration MAX_UNOPENED = Duration.ofMinutes(5);

    private static final String COOKIE = "bridge_console";
    private static final int TOKEN_BYTES = 32;

    private final SecureRandom random;
    private final Clock clock;
    private final Secret token;
    private final Instant madeAt;
    private boolean opened;
    private @Nullable Session session;

    /** What became of an attempt to open the console. */
    enum Opening {
        OPENED,
        UNKNOWN,
        OVER
    }

    Sessions(SecureRandom random, Clock clock) {
        this.random = random;
        this.clock = clock;
        this.token = newSecret();
        this.madeAt = clock.instant();
    }

    private Secret newSecret() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return Secret.of(HexFormat.of().formatHex(bytes));
    }

    /** The last part of the one-time address. */
    Secret token() {
        return token;
    }

    /** Opens the session, once. */
    synchronized Opening open(String presented) {
        if (!token.matches(presented)) {
            return Opening.UNKNOWN;
        }
        Instant now = clock.instant();
        if (opened || now.isAfter(madeAt.plus(MAX_UNOPENED))) {
            return Opening.OVER;
        }
        opened = true;
        session = new Session(newSecret(), newSecret(), now);
        return Opening.OPENED;
    }

    /** The header that gives the browser the cookie of the session. */
    synchronized String cookie() {
        return COOKIE + "=" + (session == null ? "" : session.id().value()) + "; Path=/; HttpOnly; SameSite=Strict";
    }

    /** The session whose cookie a request carries; empty if it has none, or the session has ended. */
    Optional<Session> of(RequestHead head) {
        Optional<Session> open = open();
        return open.filter(known -> Arrays.stream(
                        head.header("cookie").orElse("").split("[;,]", -1))
                .map(String::strip)
                .filter(pair -> pair.startsWith(COOKIE + "="))
                .anyMatch(pair -> known.id().matches(pair.substring(COOKIE.length() + 1))));
    }

    /** The session that is open now. */
    synchronized Optional<Session> open() {
        if (session != null && session.left(clock.instant()).compareTo(Duration.ZERO) <= 0) {
            session = null;
        }
        return Optional.ofNullable(session);
    }

    /** Notes that the session is used. */
    void use(Session used) {
        used.use(clock.instant());
    }

    synchronized void end() {
        session = null;
    }
}
