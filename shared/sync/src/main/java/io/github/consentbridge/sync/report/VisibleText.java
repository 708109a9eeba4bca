package io.github.consentbridge.sync.report;

import java.util.Locale;

/**
 * Text of another system, as it may be printed. Characters that move the cursor, turn the direction of the text or cannot be
 * seen are shown by their code, so that what is read is what is there.
 *
 * @see <a href="https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing">Unicode: bidirectional text spoofing</a>
 */
public final class VisibleText {
    private VisibleText() {}

    /** The same text on one line, with {@code \\u202e} in place of such a character. */
    public static String of(String text) {
        if (text.codePoints().noneMatch(VisibleText::isDeceptive)) {
            return text;
        }
        StringBuilder visible = new StringBuilder();
        text.codePoints().forEach(point -> append(visible, point));
        return visible.toString();
    }

    /** The same for a text of several lines: their ends stay. */
    public static String ofLines(String text) {
        return String.join("\n", text.lines().map(VisibleText::of).toList());
    }

    /** Appends one character as it may be shown. */
    public static void append(StringBuilder visible, int point) {
        if (isDeceptive(point)) {
            visible.append(String.format(Locale.ROOT, point > 0xffff ? "\\u{%x}" : "\\u%04x", point));
        } else {
            visible.appendCodePoint(point);
        }
    }

    /**
     * Controls, separators of lines, and all that has no shape of its own: marks of direction, joiners of no width, tags,
     * halves of a character. Spaces are visible by their width.
     */
    private static boolean isDeceptive(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            // Hangul fillers and the combining grapheme joiner are letters and marks that nobody sees.
            default -> point == 0x115f || point == 0x1160 || point == 0x3164 || point == 0xffa0 || point == 0x034f;
        };
    }
}
