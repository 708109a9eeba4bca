package io.github.consentbridge.standalone.http;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The bytes of a body so far. What is only announced takes no memory, and a large body is not copied again and again while
 * it grows.
 */
final class Received {
    private static final byte[] NOTHING = new byte[0];

    private final long announced;
    private byte[] bytes = NOTHING;
    private int size;

    /** @param announced the body's length by its sender; negative if unknown */
    Received(long announced) {
        this.announced = announced;
    }

    int size() {
        return size;
    }

    void add(ByteBuffer part) {
        int needed = size + part.remaining();
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, capacity(needed)));
        }
        int length = part.remaining();
        part.get(bytes, size, length);
        size += length;
    }

    private int capacity(int needed) {
        if (announced >= needed && (announced <= needed * 2L || needed > LargeBodies.SMALL_BYTES)) {
            return Math.toIntExact(announced);
        }
        return needed * 2;
    }

    /** All of them; none are left here. */
    byte[] take() {
        byte[] all = size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
        clear();
        return all;
    }

    void clear() {
        bytes = NOTHING;
        size = 0;
    }
}
