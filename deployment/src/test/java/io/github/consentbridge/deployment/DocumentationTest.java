package io.github.consentbridge.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.standalone.cli.Bridge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;

/** The pages lead somewhere: every link inside the repository has a target, and every page can be found. */
class DocumentationTest {
    private static final Path DOCS = Template.ROOT.resolve("docs");
    private static final Path INDEX = DOCS.resolve("README.md");

    private static final CommandLine PROGRAM = new CommandLine(new Bridge()).setCaseInsensitiveEnumValuesAllowed(true);

    static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(DOCS)) {
            Stream<Path> others =
                    Stream.of("README.md", "CONTRIBUTING.md", "SECURITY.md").map(Template.ROOT::resolve);
            return Stream.concat(others, docs.filter(DocumentationTest::isPage))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isPage(Path file) {
        return file.toString().endsWith(".md");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkHasATarget(Path file) throws IOException {
        assertThat(MarkdownPage.read(file).links())
                .allSatisfy(link -> assertThat(link.target(file))
                        .as("%s in %s", link, Template.ROOT.relativize(file))
                        .exists())
                .allSatisfy(link -> assertThat(hasAnchor(link, link.target(file)))
                        .as("%s in %s", link, Template.ROOT.relativize(file))
                        .isTrue());
    }

    private static boolean hasAnchor(MarkdownPage.Link link, Path target) throws IOException {
        return link.anchor().isEmpty() || MarkdownPage.read(target).anchors().contains(link.anchor());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyPrintedCommandIsUnderstood(Path file) throws IOException {
        assertThat(MarkdownPage.read(file).commands())
                .allSatisfy(arguments -> assertThat(misunderstood(arguments)).isEmpty());
    }

    /** What is wrong with a command; a value may be missing, because sentences shorten commands. */
    private static String misunderstood(List<String> arguments) {
        try {
            PROGRAM.parseArgs(arguments.toArray(String[]::new));
            return "";
        } catch (MissingParameterException e) {
            return "";
        } catch (ParameterException e) {
            return arguments + ": " + e.getMessage();
        }
    }

    @Test
    void everyPageCanBeReachedFromTheIndex() throws IOException {
        Set<Path> reached = new TreeSet<>();
        Deque<Path> open = new ArrayDeque<>(List.of(INDEX));
        while (!open.isEmpty()) {
            Path page = open.pop();
            if (isPage(page) && reached.add(page)) {
                MarkdownPage.read(page).links().forEach(link -> open.push(link.target(page)));
            }
        }

        assertThat(reached).containsAll(pages());
    }

    /** A reader who comes from the code host's front page finds the index. */
    @Test
    void indexIsLinkedFromTheReadme() throws IOException {
        Path readme = Template.ROOT.resolve("README.md");

        assertThat(MarkdownPage.read(readme).links())
                .extracting(link -> link.target(readme))
                .contains(INDEX);
    }
}
