package io.github.consentbridge.standalone.cli.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.connectors.dataverse.metadata.ColumnMetadata;
import io.github.consentbridge.connectors.dataverse.metadata.LabelledColumn;
import io.github.consentbridge.connectors.didomi.DidomiCatalog;
import io.github.consentbridge.connectors.didomi.DidomiCatalog.Preference;
import io.github.consentbridge.connectors.didomi.DidomiCatalog.Purpose;
import io.github.consentbridge.connectors.didomi.DidomiCatalog.Value;
import io.github.consentbridge.standalone.cli.UsageException;
import io.github.consentbridge.sync.setup.ColumnChoice;
import io.github.consentbridge.sync.setup.MappableValue;
import io.github.consentbridge.sync.setup.MappingProposals;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MappingDialogueTest {
    private static final Map<Integer, List<String>> WEEKLY_AND_OTHER =
            new TreeMap<>(Map.of(1, List.of("Weekly"), 2, List.of("Once a month")));

    private static final List<LabelledColumn> COLUMNS = List.of(
            column("new_newsletter", "BooleanType", Map.of()),
            column("donotemail", "BooleanType", Map.of()),
            column("new_frequency", "PicklistType", WEEKLY_AND_OTHER),
            column("new_state", "PicklistType", new TreeMap<>(Map.of(7, List.of("On"), 8, List.of("Off")))),
            column("lastname", "StringType", Map.of()));

    private static final List<MappableValue> VALUES = MappableValue.of(new DidomiCatalog(
            List.of(new Purpose("newsletter", List.of("Newsletter")), new Purpose("analytics", List.of())),
            List.of(new Preference(
                    "frequency",
                    List.of("Frequency"),
                    false,
                    List.of(new Value("weekly", List.of("Weekly")), new Value("monthly", List.of("Monthly"))),
                    List.of("newsletter")))));

    private final StringWriter out = new StringWriter();

    private static LabelledColumn column(String name, String type, Map<Integer, List<String>> options) {
        return new LabelledColumn(
                new ColumnMetadata(
                        name,
                        type,
                        true,
                        true,
                        true,
                        false,
                        false,
                        null,
                        null,
                        null,
                        null,
                        null,
                        options.keySet(),
                        null),
                List.of(),
                options);
    }

    private List<ColumnChoice> choose(String... answers) {
        ScriptedQuestions questions = new ScriptedQuestions(answers);
        List<ColumnChoice> chosen = new MappingDialogue(COLUMNS, questions, new PrintWriter(out, true))
                .choose(MappingProposals.of(VALUES, COLUMNS));
        assertThat(questions.left()).isZero();
        return chosen;
    }

    private static List<String> columns(List<ColumnChoice> chosen) {
        return chosen.stream().map(choice -> choice.column().name()).toList();
    }

    @Test
    void enterAcceptsAndAnOptionThatNoLabelNamesIsAskedFor() {
        List<ColumnChoice> chosen = choose("", "", "2", "");

        assertThat(columns(chosen)).containsExactly("new_newsletter", "new_frequency");
        assertThat(chosen.get(1).options()).isEqualTo(Map.of("weekly", 1, "monthly", 2));
        assertThat(out.toString()).contains("Without a column: analytics");
    }

    @Test
    void numberOfAnotherAnswerIsNotTaken() {
        List<ColumnChoice> chosen = choose("d", "", "1", "9", "", "");

        assertThat(chosen)
                .singleElement()
                .satisfies(choice -> assertThat(choice.options()).isEqualTo(Map.of("weekly", 1)));
        assertThat(out.toString())
                .contains("Write one of the numbers that no other answer has")
                .contains("A choice of Monthly cannot be written");
    }

    @Test
    void columnCanBeChangedAndItsMeaningToo() {
        List<ColumnChoice> chosen = choose("x", "c", "donotemial", "lastname", "donotemail", "", "d", "");

        assertThat(columns(chosen)).containsExactly("donotemail");
        assertThat(chosen.get(0).invert()).isTrue();
        assertThat(out.toString())
                .contains("Press Enter, c or d")
                .contains("no column donotemial that can be mapped: did you mean donotemail?")
                .contains("lastname cannot show it: name a writable yes/no or choice column");
    }

    @Test
    void anotherPurposeCanBeMappedWithNumbersForYesAndNo() {
        List<ColumnChoice> chosen =
                choose("", "d", "nothing", "analytics", "new_newsletter", "new_state", "8", "7", "");

        assertThat(columns(chosen)).containsExactly("new_newsletter", "new_state");
        assertThat(chosen.get(1).options()).isEqualTo(Map.of("false", 8, "true", 7));
        assertThat(out.toString())
                .contains("There is no nothing in this list")
                .contains("new_newsletter is mapped to newsletter already");
    }

    @Test
    void purposeWithoutANumberForRefusedIsDropped() {
        List<ColumnChoice> chosen = choose("d", "d", "analytics", "new_state", "", "7", "");

        assertThat(chosen).isEmpty();
        assertThat(out.toString()).contains("Dropped: it needs option numbers for both granted and refused");
    }

    @Test
    void endOfInputEndsIt() {
        assertThatThrownBy(() -> choose("", ""))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("nothing was written");
    }
}
