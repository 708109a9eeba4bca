package io.github.consentbridge.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the document alone shows is refused before anything starts. */
class RefusedMappingsTest {
    @TempDir
    Path folder;

    @Test
    void runDoesNotStartWithRefusalColumnsThatDoNotSayWhatTheyMean() throws Exception {
        Path config = Files.writeString(folder.resolve("integration.json"), """
                {"type_id": "microsoft-dynamics", "properties": {"organization_id": "acme"}, "mappings": [
                  {"id": "donotemail", "value": {"purpose": "newsletter"}},
                  {"id": "new_newsletter", "value": {"purpose": "newsletter"}},
                  {"id": "donotphone", "value": {"purpose": "calls"}}]}""");
        StringWriter err = new StringWriter();

        int exitCode = Bridge.execute(
                new Bridge(),
                new PrintWriter(new StringWriter()),
                new PrintWriter(err, true),
                "run",
                "--port",
                "0",
                "--config",
                config.toString(),
                "--data",
                folder.resolve("data").toString());

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString())
                .contains("/mappings/0: column donotemail means refusal: add \"invert\": true")
                .contains("/mappings/2: column donotphone means refusal")
                .doesNotContain("new_newsletter");
        assertThat(folder.resolve("data")).doesNotExist();
    }
}
