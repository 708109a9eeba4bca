package io.github.consentbridge.standalone.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages as they are served: nothing in them needs the content security policy to be loosened or comes from elsewhere. */
class ConsolePagesTest {
    private static final Path ROOT = Path.of("src", "main", "resources", "console");
    private static final int MAX_LINES = 300;

    /** What the server answers that is no file of ours. */
    private static final List<String> LIBRARIES = List.of("/lib/lit-html.js", "/lib/uplot.js", "/lib/uplot.css");

    private static final Pattern IMPORT = Pattern.compile("(?:^|\\s)(?:from|import) '([^']+)'");
    private static final Pattern LINK = Pattern.compile("(?:src|href)=\"(/[^\"]*)\"");
    private static final Pattern ELSEWHERE = Pattern.compile("(?:https?:)?//(?!www\\.w3\\.org/)[\\w-]+\\.[\\w.-]+");

    /** A style attribute in a template; the property {@code .style} and the DOM's are not bound by the policy. */
    private static final Pattern FORBIDDEN = Pattern.compile(
            "[\\s]style=[\"'$]|\\son[a-z]+=[\"'$]|unsafe(?:HTML|SVG)|innerHTML|\\beval\\(|new Function");

    static Stream<Path> files() throws IOException {
        try (Stream<Path> paths = Files.walk(ROOT)) {
            return paths.filter(Files::isRegularFile).toList().stream();
        }
    }

    static Stream<Path> modules() throws IOException {
        return files().filter(file -> file.toString().endsWith(".js"));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).toList();
    }

    @ParameterizedTest
    @MethodSource("files")
    void needsNothingThatThePolicyForbids(Path file) {
        assertThat(found(FORBIDDEN, text(file))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void loadsNothingFromElsewhere(Path file) {
        assertThat(found(ELSEWHERE, text(file))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void importsWhatIsServed(Path module) {
        List<String> imported = IMPORT.matcher(text(module))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(imported)
                .allSatisfy(name -> assertThat(LIBRARIES.contains(name)
                                || Files.isRegularFile(
                                        module.resolveSibling(name).normalize()))
                        .as(name)
                        .isTrue());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void isOneSubject(Path module) {
        assertThat(text(module).lines().count()).isLessThan(MAX_LINES);
    }

    @ParameterizedTest
    @MethodSource("frames")
    void linksToWhatIsServed(String link) {
        assertThat(LIBRARIES.contains(link) || Files.isRegularFile(ROOT.resolve(link.replaceFirst("^/assets/", ""))))
                .isTrue();
    }

    static Stream<String> frames() {
        return LINK.matcher(text(ROOT.resolve("index.html"))).results().map(match -> match.group(1));
    }
}
