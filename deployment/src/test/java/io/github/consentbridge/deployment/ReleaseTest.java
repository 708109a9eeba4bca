package io.github.consentbridge.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What is written in several places of a release agrees. */
class ReleaseTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern OWN_VERSION =
            Pattern.compile("<artifactId>consent-bridge</artifactId>\\s*<version>([^<]+)</version>");
    private static final Pattern JVM_OPTIONS = Pattern.compile("-Xmx\\S+(?: -XX:[+\\w]+(?:=\\w+)?)+");

    private static String read(String file) throws IOException {
        return Files.readString(ROOT.resolve(file)).replace("\r\n", "\n");
    }

    private static List<String> found(Pattern pattern, int group, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(group))
                .toList();
    }

    private static String version() throws IOException {
        return found(OWN_VERSION, 1, read("pom.xml")).get(0);
    }

    @Test
    void everyModuleHasTheVersion() throws IOException {
        try (Stream<Path> files = Files.find(ROOT, 4, (file, about) -> file.endsWith("pom.xml"))) {
            List<Path> poms =
                    files.filter(file -> !file.toString().contains("target")).toList();

            assertThat(poms).hasSizeGreaterThan(18);
            for (Path pom : poms) {
                assertThat(found(OWN_VERSION, 1, Files.readString(pom)))
                        .as(pom.toString())
                        .containsExactly(version());
            }
        }
    }

    @Test
    void readmeAndComposeFileNameTheVersion() throws IOException {
        assertThat(read("README.md"))
                .contains("/releases/download/v%s/consent-bridge-%s.tar.gz".formatted(version(), version()));
        assertThat(read("deploy/compose.yaml")).contains("${BRIDGE_VERSION:-" + version() + "}");
    }

    @Test
    void launchersHaveTheSameJvmOptions() throws IOException {
        List<String> ofTheShell = found(JVM_OPTIONS, 0, read("distribution/src/bin/bridge"));

        assertThat(ofTheShell).hasSize(1);
        assertThat(found(JVM_OPTIONS, 0, read("distribution/src/bin/bridge.cmd")))
                .isEqualTo(ofTheShell);
        assertThat(read("docs/decisions/jvm-options.md").replace('\n', ' ')).contains(ofTheShell.get(0));
    }

    /** A compose file and a unit give the bridge longer to stop than it takes. */
    @Test
    void composeFileKeepsTheImagesPromises() throws IOException {
        Map<String, Map<String, Map<String, Object>>> compose = new Yaml().load(read("deploy/compose.yaml"));
        Map<String, Object> bridge = compose.get("services").get("bridge");

        assertThat(bridge)
                .containsEntry("read_only", true)
                .containsEntry("stop_grace_period", "30s")
                .containsKey("healthcheck");
        assertThat(read("deploy/systemd/consent-bridge.service")).contains("TimeoutStopSec=30s");
        assertThat(read("distribution/image/pom.xml")).contains("<user>10001:10001</user>");
    }
}
