package io.github.consentbridge.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.aws.ScriptedAws.Answer;
import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import io.github.consentbridge.sync.ledger.ReleasedContents;
import io.github.consentbridge.sync.operations.Operations;
import io.github.consentbridge.sync.operations.StoreOperations;
import io.github.consentbridge.sync.queue.DeadLetter;
import io.github.consentbridge.sync.rights.Access;
import io.github.consentbridge.sync.rights.AccessKind;
import io.github.consentbridge.sync.rights.ErasureReport;
import io.github.consentbridge.sync.rights.ExportPage;
import io.github.consentbridge.sync.rights.PersonExport;
import io.github.consentbridge.sync.rights.Requester;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;

/** People's rights on a stack; its secret cannot be read, so neither can the two systems. */
class StackRightsTest {
    private static final Requester OPERATOR = new Requester("operator", Requester.Means.COMMAND_LINE);
    private static final String ADA = ReleasedContents.ADA.value();

    @TempDir
    Path folder;

    private final ManualClock clock =
            new ManualClock(ReleasedContents.AT.plusSeconds(300).toString());
    private final ScriptedAws secrets =
            new ScriptedAws((action, request) -> Answer.error(400, "AccessDeniedException"));
    private Deployment stack;
    private Operations operations;

    @BeforeEach
    void start() throws Exception {
        Path document = Files.writeString(folder.resolve("integration.json"), """
                {"type_id": "microsoft-dynamics", "properties": {"organization_id": "acme", "contact_key": "emailaddress1"},
                 "mappings": [{"id": "new_newsletter", "value": {"purpose": "newsletter"}}]}""");
        Map<String, String> environment = Map.of(
                "AWS_REGION", "eu-west-1",
                "AWS_ENDPOINT_URL", secrets.url(),
                "AWS_ENDPOINT_URL_DYNAMODB", address(Emulators.dynamo().serviceClientConfiguration()),
                "AWS_ENDPOINT_URL_SQS", address(Emulators.sqs().serviceClientConfiguration()),
                "BRIDGE_SECRET_ID", "acme/bridge",
                "BRIDGE_LEDGER_TABLE", Emulators.newTable(),
                "BRIDGE_HISTORY_TABLE", Emulators.newHistoryTable(),
                "BRIDGE_QUEUE_URL", Emulators.newQueue(),
                "BRIDGE_DEAD_LETTER_QUEUE_URL", Emulators.newQueue(),
                "BRIDGE_INTEGRATION", document.toString());
        stack = new Deployment(environment, new PrintStream(OutputStream.nullOutputStream(), false, UTF_8), clock);
        operations = new StoreOperations(stack, time -> {}, Deadline.none());
        stack.ledger().save(ReleasedContents.entries());
        stack.deadLetters()
                .add(List.of(
                        new DeadLetter(ReleasedContents.waiting(), "too long", ReleasedContents.AT),
                        ReleasedContents.givenUp()));
    }

    private static String address(SdkServiceClientConfiguration client) {
        return client.endpointOverride().orElseThrow().toString();
    }

    @AfterEach
    void stop() {
        secrets.close();
    }

    @Test
    void exportNamesWhatCannotBeReadOrSearched() {
        PersonExport export = operations.export(ADA, OPERATOR, "asked").orElseThrow();

        ObjectNode json = export.json();
        assertThat(export.isComplete()).isFalse();
        assertThat(json.at("/didomi/error").asText()).contains("secretsmanager:GetSecretValue");
        assertThat(json.at("/dynamics/error").asText()).contains("secretsmanager:GetSecretValue");
        assertThat(json.path("history")).hasSize(2);
        assertThat(json.at("/dead_letters/0/body").asText()).contains("event.created");
        assertThat(json.path("waiting").isNull()).isTrue();
        assertThat(json.path("discarded").isNull()).isTrue();
        assertThat(new ExportPage(json).html())
                .contains("SQS cannot be searched", "cannot be searched by person here", "Point-in-time recovery");
    }

    @Test
    void erasureLeavesTheTombstoneAndSaysWhatAwsKeeps() {
        ErasureReport report = operations.erase(ADA, OPERATOR, "asked").orElseThrow();

        assertThat(report.ledger()).isEqualTo(1);
        assertThat(report.history()).isEqualTo(2);
        assertThat(report.deadLetters()).isEqualTo(1);
        assertThat(report.remains().toString()).contains("within 14 days", "35 days");
        LedgerEntry left = stack.ledger().load(List.of(ReleasedContents.ADA)).get(ReleasedContents.ADA);
        assertThat(left.isTombstone()).isTrue();
        assertThat(stack.ledger().history(ReleasedContents.ADA)).isEmpty();
        assertThat(stack.deadLetters().list(letter -> true, 9)).hasSize(1);
        assertThat(operations.erase(ADA, OPERATOR, "asked again").orElseThrow().ledger())
                .isZero();
    }

    @Test
    void accessesAreOnRecord() {
        operations.recordAccess(AccessKind.LOOKED_AT, ADA, OPERATOR);

        assertThat(operations.accesses(9))
                .containsExactly(new Access(
                        clock.instant(),
                        AccessKind.LOOKED_AT,
                        stack.accessLog().hashOf(ReleasedContents.ADA),
                        OPERATOR,
                        null));
    }
}
