package io.github.consentbridge.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Each parameter is in a group, is explained and has an effect. */
class ParametersTest {
    /** They need no explanation. */
    private static final Set<String> PLAIN = Set.of("ScheduleTimeZone", "LogRetentionDays");

    private final Template template = Template.read();
    private final JsonNode parameters = template.root().path("Parameters");

    @Test
    void eachIsInOneGroup() {
        List<String> grouped =
                template
                        .root()
                        .at("/Metadata/AWS::CloudFormation::Interface/ParameterGroups")
                        .findValues("Parameters")
                        .stream()
                        .flatMap(group -> group.valueStream().map(JsonNode::asText))
                        .toList();

        Set<String> all = new TreeSet<>();
        parameters.fieldNames().forEachRemaining(all::add);
        assertThat(grouped).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void eachIsExplained() {
        parameters.properties().forEach(parameter -> {
            if (!PLAIN.contains(parameter.getKey())) {
                assertThat(parameter.getValue().path("Description").asText())
                        .as(parameter.getKey())
                        .isNotEmpty();
            }
        });
    }

    @Test
    void eachHasAnEffect() {
        ObjectNode rest = template.root().deepCopy();
        rest.remove(List.of("Parameters", "Metadata"));
        String used = rest.toString();

        parameters
                .fieldNames()
                .forEachRemaining(name -> assertThat(
                                used.contains("{\"Ref\":\"" + name + "\"}") || used.contains("${" + name + "}"))
                        .as(name)
                        .isTrue());
    }

    /** Only the secret's ARN has no default: a deployment needs nothing else. */
    @Test
    void onlyTheSecretIsRequired() {
        parameters
                .properties()
                .forEach(parameter -> assertThat(parameter.getValue().has("Default"))
                        .as(parameter.getKey())
                        .isEqualTo(!parameter.getKey().equals("SecretArn")));
    }

    /** CloudFormation puts a stack's tags on all of its resources, so the template itself has none. */
    @Test
    void eachStageOfTheSampleConfigurationTagsItsStack() throws IOException {
        String sample = Files.readString(Template.ROOT.resolve("samconfig.toml.example"));

        assertThat(sample.lines().filter(line -> line.startsWith("tags = ")).count())
                .isEqualTo(sample.lines()
                        .filter(line -> line.endsWith(".deploy.parameters]"))
                        .count());
    }
}
