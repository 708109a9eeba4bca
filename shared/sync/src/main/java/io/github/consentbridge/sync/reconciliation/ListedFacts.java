package io.github.consentbridge.sync.reconciliation;

/**
 * Remembers what a run has listed and not repaired, so that a later pass, which meets the same people again, does not list it
 * once more. Keeps a 64-bit hash of each fact, at most a million of them in 16 MB; what is listed after that is forgotten.
 */
final class ListedFacts {
    private static final int MAX = 1 << 20;
    private static final int MIN_SLOTS = 1 << 10;
    private static final long FREE = 0;

    private long[] slots = new long[MIN_SLOTS];
    private int size;

    /**
     * Remembers a fact.
     *
     * @return whether it was not known
     */
    boolean add(String... parts) {
        long hash = hash(parts);
        int slot = slot(slots, hash);
        if (slots[slot] == hash) {
            return false;
        }
        if (size < MAX) {
            slots[slot] = hash;
            size++;
            if (size > slots.length / 2) {
                grow();
            }
        }
        return true;
    }

    boolean contains(String... parts) {
        long hash = hash(parts);
        return slots[slot(slots, hash)] == hash;
    }

    private void grow() {
        long[] more = new long[slots.length * 2];
        for (long hash : slots) {
            if (hash != FREE) {
                more[slot(more, hash)] = hash;
            }
        }
        slots = more;
    }

    private static int slot(long[] slots, long hash) {
        int slot = (int) (hash ^ (hash >>> 32)) & (slots.length - 1);
        while (slots[slot] != FREE && slots[slot] != hash) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    /** FNV-1a, with a separator that no part contains, and mixed so that the low bits depend on all of it. */
    private static long hash(String... parts) {
        long hash = 0xcbf29ce484222325L;
        for (String part : parts) {
            for (int index = 0; index < part.length(); index++) {
                hash = (hash ^ part.charAt(index)) * 0x100000001b3L;
            }
            hash = (hash ^ 0x1ffff) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash ^= hash >>> 33;
        return hash == FREE ? 1 : hash;
    }
}
