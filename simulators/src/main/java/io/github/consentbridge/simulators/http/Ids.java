package io.github.consentbridge.simulators.http;

import java.util.Random;
import java.util.UUID;

/** Generates ids: they look random but are the same for the same seed and order. Thread-safe. */
public final class Ids {
    private final Random random;

    public Ids(long seed) {
        this.random = new Random(seed);
    }

    /** A UUID in the form of version 4. */
    public UUID next() {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low);
    }
}
