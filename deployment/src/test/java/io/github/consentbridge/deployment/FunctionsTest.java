package io.github.consentbridge.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The template's functions exist in the code and get the variables that it reads. */
class FunctionsTest {
    private static final Pattern VARIABLE = Pattern.compile("BRIDGE_[A-Z_]+[A-Z]|DIDOMI_API_URL|ENTRA_LOGIN_URL");

    /** The variables that only some functions need; add new functions and variables here. */
    private static final Map<String, Set<String>> OWN_VARIABLES = Map.of(
            "DidomiWebhookFunction", Set.of("BRIDGE_QUEUE_URL"),
            "DynamicsWebhookFunction", Set.of("BRIDGE_QUEUE_URL"),
            "SyncFunction",
                    Set.of(
                            "BRIDGE_LEDGER_TABLE",
                            "BRIDGE_HISTORY_TABLE",
                            "BRIDGE_QUEUE_URL",
                            "BRIDGE_DYNAMICS_QUEUE_URL",
                            "BRIDGE_DEAD_LETTER_QUEUE_URL"),
            "ReconciliationFunction",
                    Set.of("BRIDGE_LEDGER_TABLE", "BRIDGE_HISTORY_TABLE", "BRIDGE_RECONCILIATION_QUEUE_URL"),
            "RegistrationFunction", Set.of());

    private static final Set<String> OF_ALL = Set.of(
            "BRIDGE_STACK",
            "BRIDGE_LOG_LEVEL",
            "BRIDGE_SECRET_ID",
            "BRIDGE_INTEGRATION",
            "DIDOMI_API_URL",
            "ENTRA_LOGIN_URL");

    private final Template template = Template.read();

    @Test
    void lambdaCanConstructEveryHandler() {
        assertThat(template.functions().values())
                .hasSize(5)
                .allSatisfy(function -> assertThat(function.path("Handler").asText())
                        .matches(Code::isHandler, "a class with a constructor for Lambda"));
    }

    @Test
    void callsAreTraced() {
        assertThat(template.root().at("/Globals/Function/Tracing").asText()).isEqualTo("Active");
    }

    /** A folder would bring along what lies in it, for example a secret. */
    @Test
    void layerIsTheIntegrationDocumentAlone() {
        String document = template.resource("IntegrationLayer")
                .at("/Properties/ContentUri")
                .asText();
        String path = template.root()
                .at("/Globals/Function/Environment/Variables/BRIDGE_INTEGRATION")
                .asText();

        assertThat(Template.ROOT.resolve(document)).isRegularFile();
        assertThat(path).isEqualTo("/opt/" + Template.ROOT.resolve(document).getFileName());
    }

    @Test
    void everyJarIsBuiltByMaven() {
        assertThat(template.functions()).allSatisfy((name, function) -> {
            String jar = function.path("CodeUri").asText();

            assertThat(jar).endsWith("/target/function.jar");
            assertThat(Template.ROOT.resolve(jar.replace("target/function.jar", "pom.xml")))
                    .isRegularFile();
            assertThat(template.resource(name).at("/Metadata/SkipBuild").booleanValue())
                    .isTrue();
        });
    }

    @Test
    void everyFunctionHasItsVariables() {
        assertThat(template.functions()).allSatisfy((name, function) -> {
            Set<String> expected = new TreeSet<>(OF_ALL);
            expected.addAll(OWN_VARIABLES.getOrDefault(name, Set.of()));

            assertThat(template.environment(function).keySet()).isEqualTo(expected);
        });
    }

    @Test
    void codeAndTemplateUseTheSameVariables() {
        Set<String> set = new TreeSet<>();
        template.functions()
                .values()
                .forEach(function -> set.addAll(template.environment(function).keySet()));

        assertThat(Code.texts(VARIABLE)).isEqualTo(set);
    }

    @Test
    void outputsContainTheVariablesOfTheCommands() {
        String lines = template.root()
                .at("/Outputs/OperatorEnvironment/Value/Fn::Sub/0")
                .asText();

        assertThat(lines.lines().map(line -> line.replaceAll("export ([A-Z_]+)=.*", "$1")))
                .contains("AWS_REGION")
                .filteredOn(name -> !name.equals("AWS_REGION"))
                .isNotEmpty()
                .isSubsetOf(Code.texts(VARIABLE));
    }

    @Test
    void everyFunctionHasItsOwnLogGroupWithRetention() {
        Map<String, JsonNode> groups = template.all("AWS::Logs::LogGroup");
        Set<String> used = new TreeSet<>();
        template.functions().values().forEach(function -> {
            String group = Template.referred(function.at("/LoggingConfig/LogGroup"));

            assertThat(groups).containsKey(group);
            assertThat(used.add(group))
                    .as("%s is the log group of one function", group)
                    .isTrue();
        });

        assertThat(groups.values())
                .allSatisfy(group -> assertThat(group.has("RetentionInDays")).isTrue());
    }

    @Test
    void webhooksUseAPublishedVersionWithTheNewestMapping() {
        assertThat(template.functions().values().stream()
                        .filter(function ->
                                function.at("/Events/Delivery/Type").asText().equals("HttpApi")))
                .hasSize(2)
                .allSatisfy(function -> {
                    assertThat(function.at("/SnapStart/ApplyOn").asText()).isEqualTo("PublishedVersions");
                    assertThat(function.path("AutoPublishAlias").asText()).isNotEmpty();
                    assertThat(function.path("AutoPublishAliasAllProperties").booleanValue())
                            .isTrue();
                });
        assertThat(template.resource("IntegrationLayer")
                        .at("/Properties/PublishLambdaVersion")
                        .booleanValue())
                .isTrue();
    }

    /** A version that nobody called for 14 days is put to sleep, and the first call after that fails. */
    @Test
    void functionsWithASnapshotAreKeptAwake() {
        template.functions().forEach((name, function) -> {
            if (function.has("SnapStart")) {
                JsonNode ping = function.at("/Events/StayAwake");
                assertThat(ping.path("Type").asText()).as(name).isEqualTo("ScheduleV2");
                assertThat(ping.at("/Properties/ScheduleExpression").asText()).isEqualTo("rate(1 day)");
                assertThat(function.has("AutoPublishAlias")).isTrue();
            }
        });
    }
}
