package io.github.consentbridge.mapping.json;

import java.util.Collection;
import java.util.Comparator;

/** Finds the known name closest to an unknown one. */
public final class ClosestName {
    private ClosestName() {}

    /**
     * The known word with the fewest letters to change; of equally close ones the first by the alphabet, because a set has no
     * order of its own. There must be at least one.
     */
    public static String to(String word, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt((String candidate) -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    /**
     * The number of letters to insert, remove or replace. Long words are cut, so that a document cannot make this slow.
     */
    public static int distance(String one, String other) {
        String from = one.substring(0, Math.min(one.length(), 100));
        int[] row = new int[other.length() + 1];
        for (int column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (int line = 1; line <= from.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column < row.length; column++) {
                int replaced = diagonal + (from.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[other.length()];
    }
}
