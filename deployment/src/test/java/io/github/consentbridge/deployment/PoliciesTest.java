package io.github.consentbridge.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * Every function has least privilege, as far as the template itself shows it. What SAM makes of it is checked by
 * {@code ci/template}.
 */
class PoliciesTest {
    private final Template template = Template.read();

    /** The policy statements in the template. */
    private List<JsonNode> statements() {
        List<JsonNode> statements = new ArrayList<>();
        template.all("AWS::IAM::ManagedPolicy")
                .values()
                .forEach(policy -> addAll(policy.at("/PolicyDocument/Statement"), statements));
        template.functions()
                .values()
                .forEach(function ->
                        function.path("Policies").forEach(policy -> addAll(policy.path("Statement"), statements)));
        template.all("AWS::IAM::Role")
                .values()
                .forEach(role -> role.path("Policies")
                        .forEach(policy -> addAll(policy.at("/PolicyDocument/Statement"), statements)));
        return statements;
    }

    /** A statement may be the second member of {@code !If [condition, statement, nothing]}. */
    private static void addAll(JsonNode found, List<JsonNode> statements) {
        found.forEach(one -> statements.add(conditional(one)));
    }

    private static JsonNode conditional(JsonNode one) {
        return one.has("Fn::If") ? one.at("/Fn::If/1") : one;
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
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
        assertThat(statements()).isNotEmpty().allSatisfy(statement -> {
            assertThat(statement.path("Effect").asText()).isEqualTo("Allow");
            assertThat(texts(statement.path("Action"))).isNotEmpty().noneMatch(action -> action.contains("*"));
            assertThat(texts(statement.path("Resource"))).isNotEmpty().noneMatch(one -> one.contains("*"));
        });
    }

    /** SAM's policy templates allow more than we need: the one for sending allows {@code sqs:SendMessage*}. */
    @Test
    void functionsHaveOwnStatementsOnly() {
        template.functions()
                .values()
                .forEach(function -> elements(function.path("Policies"))
                        .map(PoliciesTest::conditional)
                        .forEach(policy -> assertThat(policy.has("Statement") || policy.has("Ref"))
                                .as(policy.toString())
                                .isTrue()));
    }

    @Test
    void managedPoliciesAreDefinedInTheTemplate() {
        Set<String> ours = template.all("AWS::IAM::ManagedPolicy").keySet();

        template.functions()
                .values()
                .forEach(function -> elements(function.path("Policies"))
                        .map(PoliciesTest::conditional)
                        .forEach(policy -> {
                            assertThat(policy.isTextual())
                                    .as("a policy managed by AWS, by its name")
                                    .isFalse();
                            if (policy.has("Ref")) {
                                assertThat(ours).contains(policy.path("Ref").asText());
                            }
                        }));
    }

    /**
     * For an event of the type SQS, SAM attaches a managed policy to the function's role that may receive and delete on every
     * queue of the account.
     */
    @Test
    void noFunctionHasAnEventForWhichSamAttachesAWidePolicy() {
        assertThat(template.functions().values())
                .flatExtracting(function -> function.path("Events").findValuesAsText("Type"))
                .isNotEmpty()
                .isSubsetOf("HttpApi", "ScheduleV2");
        template.all("AWS::Lambda::EventSourceMapping").values().forEach(source -> {
            JsonNode function = template.functions().get(Template.referred(source.path("FunctionName")));
            assertThat(function.path("Policies").findParents("Action")).anySatisfy(statement -> {
                assertThat(resources(statement)).contains(source.path("EventSourceArn"));
                assertThat(texts(statement.path("Action")))
                        .contains("\"sqs:ReceiveMessage\"", "\"sqs:DeleteMessage\"", "\"sqs:GetQueueAttributes\"");
            });
        });
    }

    private static List<JsonNode> resources(JsonNode statement) {
        JsonNode resource = statement.path("Resource");
        return resource.isArray() ? resource.valueStream().toList() : List.of(resource);
    }

    @Test
    void webhookSendsToTheQueueOfItsSideOnly() {
        Map.of("DidomiWebhookFunction", "DeliveryQueue", "DynamicsWebhookFunction", "DynamicsDeliveryQueue")
                .forEach((name, queue) -> {
                    JsonNode function = template.functions().get(name);
                    assertThat(Template.referred(template.environment(function).get("BRIDGE_QUEUE_URL")))
                            .isEqualTo(queue);
                    assertThat(function.path("Policies").findParents("Action"))
                            .singleElement()
                            .satisfies(statement -> {
                                assertThat(texts(statement.path("Action"))).containsExactly("\"sqs:SendMessage\"");
                                assertThat(Template.referred(statement.path("Resource")))
                                        .isEqualTo(queue);
                            });
                });
    }

    @Test
    void onlyFunctionsThatUseTheLedgerCanAccessIt() {
        assertThat(template.functions()).allSatisfy((name, function) -> {
            boolean reaches =
                    texts(function.path("Policies")).stream().anyMatch(one -> one.contains("UseLedgerPolicy"));

            assertThat(reaches)
                    .as(name)
                    .isEqualTo(template.environment(function).containsKey("BRIDGE_LEDGER_TABLE"));
        });
    }

    @Test
    void noFunctionMayScanOrAdministerTheLedger() {
        assertThat(statements().stream().flatMap(statement -> texts(statement.path("Action")).stream()))
                .filteredOn(action -> action.contains("dynamodb:"))
                .containsOnly(
                        "\"dynamodb:GetItem\"",
                        "\"dynamodb:BatchGetItem\"",
                        "\"dynamodb:PutItem\"",
                        "\"dynamodb:UpdateItem\"",
                        "\"dynamodb:DeleteItem\"",
                        "\"dynamodb:Query\"");
    }
}
