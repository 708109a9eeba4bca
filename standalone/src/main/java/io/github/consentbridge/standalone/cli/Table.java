package io.github.consentbridge.standalone.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows under a head, each column as wide as its widest cell. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... head) {
        rows.add(List.of(head));
    }

    public void row(String... cells) {
        rows.add(List.of(cells));
    }

    public void print(PrintWriter out) {
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String cell = printable(row.get(column));
                line.append(cell);
                if (column < row.size() - 1) {
                    line.append(" ".repeat(width(column) - cell.length() + 2));
                }
            }
            out.println(line);
        }
    }

    private int width(int column) {
        return rows.stream()
                .mapToInt(row -> printable(row.get(column)).length())
                .max()
                .orElse(0);
    }

    /** What another system says must not move the cursor of who reads it. */
    static String printable(String cell) {
        return cell.replaceAll("\\p{Cntrl}", "?");
    }
}
