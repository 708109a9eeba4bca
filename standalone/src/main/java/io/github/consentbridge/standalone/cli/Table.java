package io.github.consentbridge.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.standalone.cli.output.TerminalWidth;
import io.github.consentbridge.standalone.cli.output.TextTable;
import io.github.consentbridge.sync.report.ValueJson;
import io.github.consentbridge.sync.report.VisibleText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows under a header; {@link TextTable} lays them out. */
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

    /** Prints the rows as wide as the terminal is; nothing is cut. */
    public void print(PrintWriter out) {
        print(out, TerminalWidth.here());
    }

    void print(PrintWriter out, int width) {
        new TextTable(rows, width).print(out);
    }

    /** Text of another system as it may be printed. */
    static String printable(String text) {
        return VisibleText.of(text);
    }
}
