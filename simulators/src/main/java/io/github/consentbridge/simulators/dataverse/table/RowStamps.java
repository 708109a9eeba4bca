package io.github.consentbridge.simulators.dataverse.table;

import java.util.Arrays;
import java.util.UUID;

/**
 * What every row has: id, version (below zero once deleted), times in epoch seconds, and how often the API wrote it.
 */
final class RowStamps {
    private long[] idHigh = new long[1024];
    private long[] idLow = new long[1024];
    private long[] versions = new long[1024];
    private long[] created = new long[1024];
    private long[] modified = new long[1024];
    private int[] writes = new int[1024];

    void created(int row, UUID id, long time) {
        if (row >= versions.length) {
            grow(row + row / 2);
        }
        idHigh[row] = id.getMostSignificantBits();
        idLow[row] = id.getLeastSignificantBits();
        created[row] = time;
    }

    void changed(int row, long version, long time) {
        versions[row] = version;
        modified[row] = time;
    }

    UUID id(int row) {
        return new UUID(idHigh[row], idLow[row]);
    }

    long version(int row) {
        return versions[row];
    }

    void version(int row, long version) {
        versions[row] = version;
    }

    long created(int row) {
        return created[row];
    }

    long modified(int row) {
        return modified[row];
    }

    int writes(int row) {
        return writes[row];
    }

    void countWrite(int row) {
        writes[row]++;
    }

    void forgetWrites() {
        Arrays.fill(writes, 0);
    }

    private void grow(int size) {
        idHigh = Arrays.copyOf(idHigh, size);
        idLow = Arrays.copyOf(idLow, size);
        versions = Arrays.copyOf(versions, size);
        created = Arrays.copyOf(created, size);
        modified = Arrays.copyOf(modified, size);
        writes = Arrays.copyOf(writes, size);
    }
}
