package io.github.consentbridge.standalone.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.sync.report.VisibleText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTableTest {
    private static final List<String> HEADER = List.of("PERSON", "COLUMN", "DECIDED AT", "DIDOMI", "DYNAMICS", "WHY");
    private static final List<String> ROW = List.of(
            "ada@example.org",
            "new_newsletter",
            "2026-10-02T08:15:30.120Z",
            "true",
            "false",
            "Didomi's choice is newer than that of Dynamics, and the contact has not been written yet");

    private static List<String> printed(int width, List<List<String>> rows) {
        StringWriter out = new StringWriter();
        new TextTable(rows, width).print(new PrintWriter(out, true));
        return out.toString().lines().toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 40, 80, 100, 120, 240})
    void everyWordIsThereAndEveryLineFits(int width) {
        List<String> lines = printed(width, List.of(HEADER, ROW, ROW));

        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(Math.max(width, 26)));
        String letters = String.join("", lines).replaceAll("\\s", "");
        for (String cell : ROW) {
            for (String word : cell.split(" ", -1)) {
                assertThat(letters.contains(word) || width < 40).as(word).isTrue();
            }
        }
        int expected = 2 * String.join("", ROW).replaceAll("\\s", "").length();
        assertThat(letters.length()).isGreaterThanOrEqualTo(expected);
    }

    @Test
    void tableThatFitsIsAsItWas() {
        assertThat(printed(80, List.of(List.of("ID", "KEY"), List.of("1", "ada@example.org"), List.of("22", ""))))
                .containsExactly("ID  KEY", "1   ada@example.org", "22");
    }

    @Test
    void longCellIsWrappedAtBlanks() {
        assertThat(printed(
                        30,
                        List.of(List.of("STATE", "FINDING"), List.of("ok", "the column exists and can be written"))))
                .containsExactly("STATE  FINDING", "ok     the column exists and", "       can be written");
    }

    @Test
    void rowsBecomeBlocksWhereColumnsWouldBeTooNarrow() {
        assertThat(printed(40, List.of(HEADER, ROW)))
                .startsWith("PERSON      ada@example.org", "COLUMN      new_newsletter")
                .contains("DIDOMI      true");
    }

    @Test
    void widthIsThatOfTheTerminal() {
        assertThat(TerminalWidth.of(Map.of("COLUMNS", "132"))).isEqualTo(132);
        assertThat(TerminalWidth.of(Map.of("COLUMNS", "0"))).isEqualTo(20);
        assertThat(TerminalWidth.of(Map.of("COLUMNS", "wide"))).isEqualTo(TerminalWidth.USUAL);
        assertThat(TerminalWidth.of(Map.of())).isEqualTo(TerminalWidth.USUAL);
    }

    /** One of each range that moves the cursor, turns the direction or cannot be seen. */
    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00, 0x07, 0x09, 0x0a, 0x0d, 0x1b, 0x7f, 0x80, 0x9b, 0xad, 0x061c, 0x200b, 0x200d, 0x200e, 0x2028,
                0x2029, 0x202a, 0x202e, 0x2060, 0x2066, 0x2069, 0xfeff, 0xd800, 0x3164, 0xe0041
            })
    void characterThatDeceivesIsShownByItsCode(int point) {
        String text = "a" + (point == 0xd800 ? "\ud800" : Character.toString(point)) + "b";

        assertThat(VisibleText.of(text)).matches("a\\\\u(%04x|\\{%<x})b".formatted(point));
    }

    @Test
    void textOfAnyLanguageStays() {
        String text = "Renée O'Brien 山田 שלום مرحبا 🌦 – “…”";

        assertThat(VisibleText.of(text)).isEqualTo(text);
        assertThat(VisibleText.ofLines("one\ntwo\u001b")).isEqualTo("one\ntwo\\u001b");
    }

    @Test
    void cellsOfATableAreVisible() {
        assertThat(printed(80, List.of(List.of("KEY"), List.of("ada\u202e\n"))))
                .containsExactly("KEY", "ada\\u202e\\u000a");
    }

    @Test
    void formulaIsTextByItsFirstCharacterWithOrWithoutLineBreaks() {
        List<String> cells = new ArrayList<>();
        for (String first : List.of("=", "+", "-", "@", "\t", "\r")) {
            cells.add(CsvCell.of(first + "1"));
            cells.add(CsvCell.of(first + "1\n2"));
        }

        assertThat(cells).allMatch(cell -> cell.startsWith("'") || cell.startsWith("\"'"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"ada|ada", "a,b|\"a,b\"", "say \"no\"|\"say \"\"no\"\"\"", "``|``", "1-2|1-2", "=1|'=1"})
    void otherCellsAreQuotedWhereTheyMust(String text, String cell) {
        assertThat(CsvCell.of(text)).isEqualTo(cell);
    }

    @Test
    void characterThatDeceivesIsVisibleInACellToo() {
        assertThat(CsvCell.of("a\u202eb\nc")).isEqualTo("\"a\\u202eb\nc\"");
    }
}
