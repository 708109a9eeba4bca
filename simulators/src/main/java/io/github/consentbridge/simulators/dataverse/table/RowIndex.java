package io.github.consentbridge.simulators.dataverse.table;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Finds row numbers by a hash: open addressing over one int array, 8 to 16 bytes a row, where a {@code HashMap} takes
 * about 100. Several rows may share a hash; callers compare the values.
 */
final class RowIndex {
    private static final int FREE = -1;
    private static final int REMOVED = -2;

    /** The hash of a row that is in the index, needed to grow. */
    interface RowHash {
        int of(int row);
    }

    private final RowHash hashes;
    private int[] slots = filled(64);
    private int used;

    RowIndex(RowHash hashes) {
        this.hashes = hashes;
    }

    void add(int row, int hash) {
        if (used * 3 >= slots.length * 2) {
            grow();
        }
        place(slots, row, hash);
        used++;
    }

    void remove(int row, int hash) {
        for (int at = start(hash, slots.length); slots[at] != FREE; at = (at + 1) & (slots.length - 1)) {
            if (slots[at] == row) {
                slots[at] = REMOVED;
                return;
            }
        }
    }

    void forEach(int hash, IntConsumer action) {
        for (int at = start(hash, slots.length); slots[at] != FREE; at = (at + 1) & (slots.length - 1)) {
            if (slots[at] >= 0) {
                action.accept(slots[at]);
            }
        }
    }

    private void grow() {
        int live = (int) Arrays.stream(slots).filter(row -> row >= 0).count();
        // Mostly removed rows: dropping them is enough.
        int[] fresh = filled(live * 3 >= slots.length ? slots.length * 2 : slots.length);
        for (int row : slots) {
            if (row >= 0) {
                place(fresh, row, hashes.of(row));
            }
        }
        slots = fresh;
        used = live;
    }

    private static void place(int[] table, int row, int hash) {
        int at = start(hash, table.length);
        while (table[at] >= 0) {
            at = (at + 1) & (table.length - 1);
        }
        table[at] = row;
    }

    private static int start(int hash, int length) {
        // Hashes of strings that differ only in the last letters are close; spread them over the table.
        int spread = hash * 0x9E3779B9;
        return (spread ^ (spread >>> 15)) & (length - 1);
    }

    private static int[] filled(int length) {
        int[] table = new int[length];
        Arrays.fill(table, FREE);
        return table;
    }
}
