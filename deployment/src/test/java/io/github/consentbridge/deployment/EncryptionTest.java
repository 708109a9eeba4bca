package io.github.consentbridge.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Queues, ledger and logs are encrypted, with a key of the operator's if there is one; queues answer over TLS only. */
class EncryptionTest {
    private static final String KEY = "{\"Fn::If\":[\"HasKmsKey\",{\"Ref\":\"KmsKeyArn\"},{\"Ref\":\"AWS::NoValue\"}]}";
    private static final String KEY_POLICY =
            "{\"Fn::If\":[\"HasKmsKey\",{\"Ref\":\"UseQueueKeyPolicy\"},{\"Ref\":\"AWS::NoValue\"}]}";

    private final Template template = Template.read();

    @Test
    void everyQueueIsEncrypted() {
        assertThat(template.all("AWS::SQS::Queue")).isNotEmpty().allSatisfy((name, queue) -> {
            assertThat(queue.path("KmsMasterKeyId")).hasToString(KEY);
            assertThat(queue.path("SqsManagedSseEnabled")).hasToString("{\"Fn::If\":[\"HasKmsKey\",false,true]}");
        });
    }

    @Test
    void everyLogGroupAndTheLedgerUseTheKey() {
        assertThat(template.all("AWS::Logs::LogGroup").values())
                .hasSizeGreaterThan(5)
                .allSatisfy(group -> assertThat(group.path("KmsKeyId")).hasToString(KEY));
        assertThat(template.all("AWS::DynamoDB::Table").values())
                .isNotEmpty()
                .allSatisfy(table ->
                        assertThat(table.at("/SSESpecification/KMSMasterKeyId")).hasToString(KEY));
    }

    /** SQS and DynamoDB use the key in the caller's name. */
    @Test
    void onlyFunctionsThatUseAQueueMayUseItsKey() {
        assertThat(template.functions()).hasSizeGreaterThan(4).allSatisfy((name, function) -> {
            boolean usesQueues = template.environment(function).keySet().stream()
                    .anyMatch(variable -> variable.endsWith("_QUEUE_URL"));

            assertThat(function.path("Policies").toString().contains(KEY_POLICY))
                    .as(name)
                    .isEqualTo(usesQueues);
        });
        assertThat(template.resource("ReconciliationScheduleRole").at("/Properties/ManagedPolicyArns/0"))
                .hasToString(KEY_POLICY);
    }

    @Test
    void keyIsUsableThroughTheServicesOnly() {
        JsonNode queues = template.resource("UseQueueKeyPolicy").at("/Properties/PolicyDocument/Statement/0");
        JsonNode ledger = template.resource("UseLedgerPolicy").at("/Properties/PolicyDocument/Statement/3/Fn::If/1");

        assertThat(queues.path("Action")).hasToString("[\"kms:GenerateDataKey\",\"kms:Decrypt\"]");
        assertThat(queues.path("Condition").toString()).contains("kms:ViaService", "sqs.");
        assertThat(ledger.path("Action").toString()).contains("kms:Decrypt").doesNotContain("*", "kms:CreateGrant");
        assertThat(ledger.path("Condition").toString()).contains("kms:ViaService", "dynamodb.");
    }

    @Test
    void everyQueueRefusesPlainHttp() {
        Map<String, JsonNode> statements = new TreeMap<>();
        template.all("AWS::SQS::QueuePolicy").values().forEach(policy -> {
            JsonNode statement = policy.at("/PolicyDocument/Statement/0");
            assertThat(policy.path("Queues")).hasSize(1);
            assertThat(policy.at("/PolicyDocument/Statement")).hasSize(1);
            assertThat(statement.path("Effect").asText()).isEqualTo("Deny");
            assertThat(statement.path("Principal").asText()).isEqualTo("*");
            assertThat(statement.path("Action").asText()).isEqualTo("sqs:*");
            assertThat(statement.path("Condition")).hasToString("{\"Bool\":{\"aws:SecureTransport\":\"false\"}}");
            assertThat(Template.referred(statement.path("Resource")))
                    .isEqualTo(Template.referred(policy.at("/Queues/0")));
            statements.put(Template.referred(policy.at("/Queues/0")), statement);
        });

        assertThat(statements.keySet())
                .isEqualTo(template.all("AWS::SQS::Queue").keySet());
    }
}
