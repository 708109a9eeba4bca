package io.github.consentbridge.connectors.http;

import java.util.concurrent.atomic.AtomicInteger;

/** Returns {@code token-1}, and the next number each time a token is refused. */
public final class FixedTokens implements TokenSource {
    private final AtomicInteger number = new AtomicInteger(1);

    @Override
    public Secret token() {
        return Secret.of("token-" + number.get());
    }

    @Override
    public Secret tokenInsteadOf(Secret refused) {
        return Secret.of("token-" + number.incrementAndGet());
    }
}
