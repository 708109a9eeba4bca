package io.github.consentbridge.standalone.cli.output;

import io.github.consentbridge.sync.report.VisibleText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rows under a header that fit a width. Cells are wrapped where they must be; where that would leave columns too narrow to
 * read, each row is a block with a line per cell. Nothing is cut.
 */
public final class TextTable {
    private static final int GAP = 2;

    /** The values of a block have at least this much. */
    private static final int MIN_VALUE = 12;

    /** Words up to this length, such as keys and times, are not broken to fit a table. */
    private static final int MAX_WORD = 40;

    /** How many lines a cell may have before blocks read better. */
    private static final int MAX_LINES = 4;

    private final List<List<String>> rows;
    private final int width;
    private final int[] natural;
    private final int[] least;

    /** @param rows the header first, all of the same length; their text is made visible here */
    public TextTable(List<List<String>> rows, int width) {
        this.rows = rows.stream()
                .map(row -> row.stream().map(VisibleText::of).toList())
                .toList();
        this.width = width;
        natural = columns(TextTable::length);
        least = columns(TextTable::longestWord);
    }

    /** For each column the most that this says of its cells. */
    private int[] columns(ToIntFunction<String> size) {
        return IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                        .mapToInt(row -> size.applyAsInt(row.get(column)))
                        .max()
                        .orElse(0))
                .toArray();
    }

    private static int longestWord(String cell) {
        return Stream.of(cell.split(" "))
                .mapToInt(word -> Math.min(MAX_WORD, length(word)))
                .max()
                .orElse(0);
    }

    public void print(PrintWriter out) {
        int[] widths = narrowed();
        if (fits(widths)) {
            rows.forEach(row -> printRow(row, widths, out));
        } else {
            printBlocks(out);
        }
    }

    /** Takes from the widest column that still has a blank to break at, as long as the row is too wide. */
    private int[] narrowed() {
        int[] widths = natural.clone();
        while (total(widths) > width) {
            int[] sizes = widths;
            OptionalInt widest = IntStream.range(0, widths.length)
                    .filter(column -> sizes[column] > least[column])
                    .reduce((one, other) -> sizes[other] > sizes[one] ? other : one);
            if (widest.isEmpty()) {
                break;
            }
            widths[widest.getAsInt()]--;
        }
        return widths;
    }

    private static int total(int[] widths) {
        return IntStream.of(widths).sum() + GAP * (widths.length - 1);
    }

    private boolean fits(int[] widths) {
        return total(widths) <= width
                && rows.stream()
                        .allMatch(row -> IntStream.range(0, widths.length)
                                .allMatch(column ->
                                        wrapped(row.get(column), widths[column]).size() <= MAX_LINES));
    }

    private static void printRow(List<String> row, int[] widths, PrintWriter out) {
        List<List<String>> cells = IntStream.range(0, widths.length)
                .mapToObj(column -> wrapped(row.get(column), widths[column]))
                .toList();
        int height = cells.stream().mapToInt(List::size).max().orElse(0);
        for (int line = 0; line < height; line++) {
            StringBuilder text = new StringBuilder();
            int end = 0;
            for (int column = 0; column < widths.length; column++) {
                List<String> cell = cells.get(column);
                String part = line < cell.size() ? cell.get(line) : "";
                text.append(" ".repeat(Math.max(0, end - length(text.toString()))))
                        .append(part);
                end += widths[column] + GAP;
            }
            out.println(text.toString().stripTrailing());
        }
    }

    private void printBlocks(PrintWriter out) {
        List<String> header = rows.get(0);
        int label = header.stream().mapToInt(TextTable::length).max().orElse(0);
        int value = Math.max(MIN_VALUE, width - label - GAP);
        for (List<String> row : rows.subList(1, rows.size())) {
            for (int column = 0; column < header.size(); column++) {
                if (!row.get(column).isEmpty()) {
                    printRow(List.of(header.get(column), row.get(column)), new int[] {label, value}, out);
                }
            }
            out.println();
        }
    }

    /** The text in lines of at most this width, broken at blanks where possible. */
    static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (length(rest) > width) {
            int end = rest.offsetByCodePoints(0, width);
            int blank = rest.lastIndexOf(' ', end);
            int cut = blank > 0 ? blank : end;
            lines.add(rest.substring(0, cut).stripTrailing());
            rest = rest.substring(cut).stripLeading();
        }
        lines.add(rest);
        return lines;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
