package io.github.consentbridge.standalone.cli.output;

import io.github.consentbridge.sync.report.VisibleText;

/**
 * A cell of a CSV file that a spreadsheet shows as it is.
 *
 * @see <a href="https://owasp.org/www-community/attacks/CSV_Injection">CSV injection</a>
 */
public final class CsvCell {
    private static final String FORMULA = "=+-@\t\r";

    private CsvCell() {}

    /** Neutralises what a spreadsheet would take for a formula, by its first character, and quotes what must be quoted. */
    public static String of(String text) {
        boolean formula = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
        String cell = visible(formula ? "'" + text : text);
        boolean plain = cell.chars().noneMatch(unit -> "\",\r\n".indexOf(unit) >= 0);
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    /** Ends of lines are part of a quoted cell; everything else that deceives is made visible. */
    private static String visible(String text) {
        StringBuilder visible = new StringBuilder();
        text.codePoints().forEach(point -> {
            String one = Character.toString(point);
            visible.append("\t\r\n".contains(one) ? one : VisibleText.of(one));
        });
        return visible.toString();
    }
}
