package io.github.consentbridge.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.sync.doctor.CheckCode;
import io.github.consentbridge.sync.operations.DeadLetterRemedy;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the program says is on the page of messages, so that a sentence from a terminal is found there. */
class TroubleshootingTest {
    /** A value in the format of a sentence. The parts of a concatenation are strings of their own. */
    private static final Pattern VALUE = Pattern.compile("%[sd]");

    /** Sentences, not the names and formats that classes hold too. */
    private static final Pattern SENTENCE = Pattern.compile("(?s)[^\\\\]* [^\\\\]* [^\\\\]*");

    /** They report a defect of the program, or continue a log line. */
    private static final Set<String> OTHERS = Set.of(
            "a property is never posted to Didomi",
            "only a granted or refused value can be posted here",
            "the ledger entry of a person changed during each of 20 attempts to save it",
            "a ledger entry is not one of ours",
            "too many conflicts",
            "audit history, user",
            "no audit history");

    private static final PathMatcher SOURCE = FileSystems.getDefault().getPathMatcher("glob:**/src/main/java/**.java");

    /** The name of an outcome where it is logged. */
    private static final Pattern OUTCOME = Pattern.compile(
            "\\b(?:log|fault|done|failed|refused)\\(\\s*(?:LogLevel\\.\\w+,\\s*)?\"([a-z ]+)\"\\s*[,)]");

    private final String page = page();

    private static String page() {
        try {
            return MarkdownPage.read(Template.ROOT.resolve("docs/guides/troubleshooting.md"))
                    .text()
                    .replaceAll("\\s+", " ");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyCheckOfDoctorIsExplained(CheckCode code) {
        assertThat(page).contains("| `" + code.code() + "` |");
    }

    @ParameterizedTest
    @EnumSource
    void everyExitCodeIsExplained(ExitCode code) {
        assertThat(page).contains("| " + code.number() + " |");
    }

    /**
     * Reasons of dead letters, problems of health, why a mapping is refused, and what is said of the other systems, by the
     * classes that make them. What stands between two values of a sentence has to be on the page as it is.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sync/worker/.*",
                "sync/isolation/Operation",
                "sync/batch/FollowUp",
                "sync/ledger/Ledger.*",
                "connectors/dataverse/contact/Refusal.*",
                "standalone/host/Health(Facts)?",
                "mapping/column/.*",
                "mapping/document/DocumentCheck",
                "connectors/entra/EntraFailures",
                "connectors/didomi/Didomi(Exception|Session)",
                "connectors/dataverse/api/DataverseException",
                "connectors/http/Unreachable"
            })
    void everySentenceIsExplained(String classes) {
        Set<String> parts = new TreeSet<>();
        Code.texts(Pattern.compile(classes + "\\.class"), SENTENCE).stream()
                .flatMap(VALUE::splitAsStream)
                .map(part -> part.strip().replaceAll("\\s+", " "))
                .filter(part -> part.contains(" ") && !OTHERS.contains(part))
                .forEach(parts::add);

        assertThat(parts).isNotEmpty().allSatisfy(part -> assertThat(page).contains(part));
    }

    /** An exception of the rule that no longer exists would hide the next sentence that reads like it. */
    @Test
    void exceptionsExist() {
        Set<String> all = Code.texts(Pattern.compile("sync/(worker|ledger)/.*"), Pattern.compile("(?s).*"));

        assertThat(OTHERS)
                .allMatch(other -> all.stream().anyMatch(text -> text.strip().startsWith(other)));
    }

    @Test
    void everyOutcomeIsOnThePageOfLogLines() throws IOException {
        String outcomes =
                MarkdownPage.read(Template.ROOT.resolve("docs/logs.md")).text();
        Set<String> logged = new TreeSet<>();
        for (String modules : List.of("shared", "functions", "standalone")) {
            try (Stream<Path> files = Files.find(
                    Template.ROOT.resolve(modules), Integer.MAX_VALUE, (file, any) -> SOURCE.matches(file))) {
                for (Path file : files.toList()) {
                    OUTCOME.matcher(Files.readString(file)).results().forEach(found -> logged.add(found.group(1)));
                }
            }
        }

        assertThat(logged)
                .hasSizeGreaterThan(30)
                .allSatisfy(outcome -> assertThat(outcomes).contains("`" + outcome + "`"));
    }

    /** What the console says to do about a reason is about that reason. */
    @ParameterizedTest
    @MethodSource("reasonsOfDeadLetters")
    void everyReasonOfADeadLetterHasARemedy(String reason) {
        assertThat(DeadLetterRemedy.sentence(reason)).isNotEqualTo(DeadLetterRemedy.UNKNOWN);
    }

    static List<String> reasonsOfDeadLetters() throws IOException {
        String text = Files.readString(Template.ROOT.resolve("docs/guides/troubleshooting.md"));
        String table = text.substring(
                text.indexOf("| reason | cause |"), text.indexOf("Without a reason of the bridge's own"));
        return table.lines()
                .skip(2)
                .filter(line -> line.startsWith("|"))
                .map(line -> line.split("\\|", 3)[1])
                .flatMap(cell -> Pattern.compile("`([^`]+)`").matcher(cell).results())
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void outcomesOfTheLogAreLinked() {
        assertThat(Stream.of("logs.md", "doctor.md", "health.md"))
                .allSatisfy(other -> assertThat(page).contains("(../" + other + ")"));
    }
}
