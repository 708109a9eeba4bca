package io.github.consentbridge.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** No function may do more than it needs. */
class PoliciesTest {
    /** Actions that AWS gives no resource for, with the reason; none so far. */
    private static final Map<String, String> STARS = Map.of();

    /** SAM's own policies that name their resource, and what has to be named. */
    private static final Map<String, String> READY_POLICIES = Map.of("SQSSendMessagePolicy", "QueueName");

    private final Template template = Template.read();

    /** The statements of the policies that are written in the template. */
    private List<JsonNode> statements() {
        List<JsonNode> statements = new ArrayList<>();
        template.all("AWS::IAM::ManagedPolicy")
                .values()
                .forEach(policy -> addAll(policy.at("/PolicyDocument/Statement"), statements));
        template.functions()
                .values()
                .forEach(function ->
                        function.path("Policies").forEach(policy -> addAll(policy.path("Statement"), statements)));
        return statements;
    }

    /** A statement may be the second member of {@code !If [condition, statement, nothing]}. */
    private static void addAll(JsonNode found, List<JsonNode> statements) {
        found.forEach(one -> statements.add(one.has("Fn::If") ? one.at("/Fn::If/1") : one));
    }

    private static List<String> texts(JsonNode oneOrMore) {
        return oneOrMore.isArray()
                ? StreamSupport.stream(oneOrMore.spliterator(), false)
                        .map(JsonNode::toString)
                        .toList()
                : List.of(oneOrMore.toString());
    }

    @Test
    void statementsNameActionsAndResources() {
        assertThat(statements()).hasSize(5).allSatisfy(statement -> {
            assertThat(statement.path("Effect").asText()).isEqualTo("Allow");
            assertThat(texts(statement.path("Action")))
                    .filteredOn(action -> !STARS.containsKey(action))
                    .isNotEmpty()
                    .noneMatch(action -> action.contains("*"));
            assertThat(texts(statement.path("Resource"))).isNotEmpty().noneMatch(one -> one.contains("*"));
        });
    }

    @Test
    void readyPoliciesNameTheirResource() {
        template.functions()
                .values()
                .forEach(function -> function.path("Policies").forEach(policy -> {
                    if (!policy.has("Statement") && !policy.has("Ref")) {
                        String name = policy.fieldNames().next();

                        assertThat(READY_POLICIES).containsKey(name);
                        assertThat(policy.path(name).fieldNames())
                                .toIterable()
                                .containsExactly(READY_POLICIES.get(name));
                    }
                }));
    }

    @Test
    void managedPoliciesAreThoseOfTheTemplate() {
        Set<String> ours = template.all("AWS::IAM::ManagedPolicy").keySet();

        template.functions()
                .values()
                .forEach(function -> function.path("Policies").forEach(policy -> {
                    assertThat(policy.isTextual())
                            .as("a policy of AWS's, by its name")
                            .isFalse();
                    if (policy.has("Ref")) {
                        assertThat(ours).contains(policy.path("Ref").asText());
                    }
                }));
    }

    @Test
    void onlyWhoUsesTheLedgerReachesIt() {
        assertThat(template.functions()).allSatisfy((name, function) -> {
            boolean reaches =
                    texts(function.path("Policies")).stream().anyMatch(one -> one.contains("UseLedgerPolicy"));

            assertThat(reaches)
                    .as(name)
                    .isEqualTo(template.environment(function).containsKey("BRIDGE_LEDGER_TABLE"));
        });
    }

    @Test
    void nobodyMayScanOrAdministerTheLedger() {
        assertThat(statements().stream().flatMap(statement -> texts(statement.path("Action")).stream()))
                .filteredOn(action -> action.contains("dynamodb:"))
                .containsExactlyInAnyOrder(
                        "\"dynamodb:GetItem\"",
                        "\"dynamodb:BatchGetItem\"",
                        "\"dynamodb:PutItem\"",
                        "\"dynamodb:UpdateItem\"",
                        "\"dynamodb:DeleteItem\"",
                        "\"dynamodb:Query\"");
    }
}
