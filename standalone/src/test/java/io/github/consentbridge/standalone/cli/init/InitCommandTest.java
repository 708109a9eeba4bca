package io.github.consentbridge.standalone.cli.init;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.simulators.Simulators;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.standalone.cli.Bridge;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ends {@code init} before it writes; {@code InitIT} lets it write. */
class InitCommandTest {
    @TempDir
    Path folder;

    private final Simulators simulators = Simulators.start(Clock.systemUTC());
    private final Map<String, String> environment = new HashMap<>(Map.of(
            "DIDOMI_API_URL", simulators.didomi().url().toString(),
            "ENTRA_LOGIN_URL", simulators.entra().url().toString(),
            "DIDOMI_ORGANIZATION_ID", simulators.didomi().organizationId(),
            "DIDOMI_API_KEY", simulators.didomi().key(),
            "DIDOMI_API_SECRET", simulators.didomi().secret(),
            "DATAVERSE_INSTANCE", simulators.dataverse().url().toString(),
            "ENTRA_TENANT_ID", simulators.entra().tenantId(),
            "ENTRA_CLIENT_ID", simulators.entra().clientId(),
            "ENTRA_CLIENT_SECRET", simulators.entra().clientSecret()));
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void stop() throws IOException {
        simulators.close();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.filter(file -> !file.endsWith("kept.json"))).isEmpty();
        }
    }

    private int run(Optional<Questions> questions, String... options) {
        String[] places = {
            "--config", folder.resolve("config/integration.json").toString(),
            "--secrets", folder.resolve("secrets.json").toString()
        };
        return Bridge.execute(
                new InitCommand(environment, () -> questions, new Random(1)),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                Stream.concat(Stream.of(places), Stream.of(options)).toArray(String[]::new));
    }

    private int unattended(String... options) {
        String[] all = Stream.concat(Stream.of("--non-interactive"), Stream.of(options))
                .toArray(String[]::new);
        return run(Optional.empty(), all);
    }

    private void assertSaid(String... words) {
        assertThat(err.toString().strip().lines()).as(err.toString()).hasSize(1);
        assertThat(err.toString()).contains(words).doesNotContain("Exception", "simulated-secret");
    }

    @Test
    void refusedApiKeyIsARemoteFailure() {
        environment.put("DIDOMI_API_SECRET", "wrong-secret");

        assertThat(unattended()).isEqualTo(3);

        assertSaid("Didomi");
        assertThat(out.toString()).doesNotContain("Logged in");
    }

    @Test
    void unknownTenantIsARemoteFailure() {
        simulators.didomi().knowsPurpose("newsletter");
        environment.put("ENTRA_TENANT_ID", "nobody.example.org");

        assertThat(unattended()).isEqualTo(3);

        assertSaid("tenant");
        assertThat(out.toString()).contains("Logged in to Didomi");
    }

    @Test
    void addressThatIsNoneIsAMistakeInTheConfiguration() {
        simulators.didomi().knowsPurpose("newsletter");
        environment.put("DATAVERSE_INSTANCE", "https://acme.crm4.dynamics.com/main.aspx");

        assertThat(unattended()).isEqualTo(2);

        assertSaid("instance must be the environment's address");
    }

    @Test
    void withoutPurposesThereIsNothingToMap() {
        assertThat(unattended()).isEqualTo(1);

        assertSaid("Didomi lists no purposes for the organization acme", "Didomi's Console");
    }

    @Test
    void withoutACertainMappingNothingIsWritten() {
        simulators.didomi().knowsPurpose("analytics");

        assertThat(unattended()).isEqualTo(1);

        assertSaid("nothing was written, because nothing is mapped");
        assertThat(out.toString()).contains("Left out", "analytics: no column that can show it has a similar name");
    }

    @Test
    void missingCredentialsAreNamedTogether() {
        environment.remove("DIDOMI_API_SECRET");
        environment.remove("ENTRA_TENANT_ID");

        assertThat(unattended()).isEqualTo(2);

        assertSaid("--didomi-secret-file or DIDOMI_API_SECRET, --tenant or ENTRA_TENANT_ID");
    }

    @Test
    void keyColumnThatDoesNotExistIsNamed() {
        simulators.didomi().knowsPurpose("newsletter");
        simulators.dataverse().column(SimulatedColumn.bool("new_newsletter"));

        assertThat(unattended("--contact-key", "new_nothing")).isEqualTo(2);

        assertSaid("there is no column new_nothing on contact");
    }

    @Test
    void withoutATerminalItSaysWhatToAdd() {
        assertThat(run(Optional.empty())).isEqualTo(2);

        assertSaid("needs a terminal", "--non-interactive");
    }

    /** Both logins fail first, for different reasons, and each says so and asks for its own part only. */
    @Test
    void failedLoginIsAskedForAgain() {
        simulators.didomi().knowsPurpose("newsletter");
        environment.put("DIDOMI_API_SECRET", "wrong-secret");
        environment.put("DATAVERSE_INSTANCE", "nonsense");
        ScriptedQuestions questions = new ScriptedQuestions(
                "",
                "",
                simulators.didomi().secret(),
                simulators.dataverse().url().toString(),
                "",
                "",
                simulators.entra().clientSecret());

        assertThat(run(Optional.of(questions))).isEqualTo(2);

        assertThat(out.toString())
                .contains("The login to Didomi failed: ", "Logged in to Didomi")
                .contains("The login to Dynamics failed: instance ", "Logged in to Dynamics");
        assertThat(questions.prompts)
                .contains(
                        "Didomi organization id [acme]: ",
                        "Directory (tenant) id [" + simulators.entra().tenantId() + "]: ");
        assertThat(String.join("", questions.prompts)).doesNotContain("wrong-secret");
        assertSaid("the input ended before everything was answered, and nothing was written");
    }

    @Test
    void whatBothSystemsHaveIsShown() {
        simulators.didomi().knowsPreference("newsletter", "frequency", "w-8Kd2");
        simulators.didomi().named("newsletter", "Our \u202enewsletter");
        simulators.didomi().named("w-8Kd2", "Weekly");

        assertThat(run(Optional.of(new ScriptedQuestions()))).isEqualTo(2);

        assertThat(out.toString())
                .contains("newsletter/frequency")
                .contains("w-8Kd2 (Weekly); several")
                .contains("\\u202enewsletter")
                .contains("Do not allow Bulk Emails")
                .contains("1 Any, 2 Email, 3 Phone");
    }

    @Test
    void unsafeKeyColumnIsTakenOnlyOnConfirmation() {
        simulators.didomi().knowsPurpose("newsletter");
        simulators.dataverse().alternateKey("emailaddress1");
        ScriptedQuestions questions = new ScriptedQuestions("nothing", "emailaddress1", "n", "emailaddress1", "y");

        assertThat(run(Optional.of(questions))).isEqualTo(2);

        assertThat(questions.left()).isZero();
        assertThat(out.toString())
                .contains("Candidates: contactid, emailaddress1", "There is no column nothing")
                .contains("emailaddress1 can change and can be shared");
    }

    @Test
    void existingFilesAreKeptUnlessTheOperatorSaysOtherwise() throws IOException {
        Path kept = Files.writeString(folder.resolve("kept.json"), "kept");
        String[] asSecret = {
            "--secrets", kept.toString(), "--config", folder.resolve("new.json").toString()
        };

        for (Optional<Questions> questions :
                List.of(Optional.<Questions>empty(), Optional.<Questions>of(new ScriptedQuestions("")))) {
            String[] options = questions.isPresent()
                    ? asSecret
                    : Stream.concat(Stream.of("--non-interactive"), Stream.of(asSecret))
                            .toArray(String[]::new);
            int exitCode = Bridge.execute(
                    new InitCommand(environment, () -> questions, new Random(1)),
                    new PrintWriter(out, true),
                    new PrintWriter(err, true),
                    options);

            assertThat(exitCode).isEqualTo(2);
        }

        assertThat(err.toString().lines()).hasSize(2).allMatch(line -> line.contains("kept.json exists: add --force"));
        assertThat(kept).hasContent("kept");
    }
}
