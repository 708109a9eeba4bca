package io.github.consentbridge.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.sync.report.ValueJson;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows under a header, each column as wide as its widest cell. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... header) {
        rows.add(List.of(header));
    }

    public void row(String... cells) {
        rows.add(List.of(cells));
    }

    /** A value as a cell shows it; {@code -} if there is none. */
    public static String cell(Optional<?> value) {
        return value.map(Table::text).orElse("-");
    }

    private static String text(Object value) {
        return value instanceof ConsentValue consent ? text(consent) : value.toString();
    }

    /** A value as reports show it, without quotes. */
    static String text(ConsentValue value) {
        JsonNode json = ValueJson.write(value);
        return json.isValueNode() ? json.asText() : json.toString();
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

    /** Replaces control characters: text of another system must not move the cursor. */
    static String printable(String cell) {
        return cell.replaceAll("\\p{Cntrl}", "?");
    }
}
