package io.github.consentbridge.simulators.didomi;

import io.github.consentbridge.simulators.http.Reply;
import java.time.Clock;
import java.util.function.Supplier;

/** 100 requests in 15 seconds for everything outside {@code /consents/*}, announced in headers (IETF draft 7). */
final class RateLimit {
    private static final int LIMIT = 100;
    private static final int WINDOW_SECONDS = 15;

    private final Clock clock;
    private long windowStart;
    private int used;

    RateLimit(Clock clock) {
        this.clock = clock;
    }

    Reply limit(Supplier<Reply> request) {
        int remaining;
        long reset;
        synchronized (this) {
            long now = clock.instant().getEpochSecond();
            if (now >= windowStart + WINDOW_SECONDS) {
                windowStart = now;
                used = 0;
            }
            remaining = LIMIT - ++used;
            reset = windowStart + WINDOW_SECONDS - now;
        }
        Reply reply = remaining < 0
                ? DidomiError.reply(429, "Too many requests, please try again later.")
                        .with("Retry-After", Long.toString(reset))
                : request.get();
        return reply.with("RateLimit", "limit=100, remaining=" + Math.max(0, remaining) + ", reset=" + reset)
                .with("RateLimit-Policy", "100;w=15");
    }
}
