package io.github.consentbridge.connectors.dataverse;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.connectors.dataverse.api.DataverseEnvironment;
import io.github.consentbridge.connectors.dataverse.contact.ContactWrite;
import io.github.consentbridge.connectors.dataverse.contact.WriteResult;
import io.github.consentbridge.connectors.dataverse.contact.WriteResult.Conflict;
import io.github.consentbridge.connectors.dataverse.contact.WriteResult.Duplicate;
import io.github.consentbridge.connectors.dataverse.contact.WriteResult.Failed;
import io.github.consentbridge.connectors.dataverse.contact.WriteResult.Gone;
import io.github.consentbridge.connectors.dataverse.contact.WriteResult.Rejected;
import io.github.consentbridge.connectors.dataverse.contact.WriteResult.Uncertain;
import io.github.consentbridge.connectors.dataverse.contact.WriteResult.Written;
import io.github.consentbridge.connectors.http.FakeTime;
import io.github.consentbridge.connectors.http.FixedTokens;
import io.github.consentbridge.connectors.http.RemoteException.Kind;
import io.github.consentbridge.connectors.http.ScriptedServer;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DataverseClientWriteTest {
    private static final ContactWrite UPDATE = new ContactWrite.Update(
            UUID.fromString("6f0c0000-0000-4000-8000-00000000000a"), "W/\"1\"", Map.of("donotbulkemail", true));
    private static final ContactWrite CREATE = new ContactWrite.Create(
            UUID.fromString("6f0c0000-0000-4000-8000-00000000000b"), Map.of("emailaddress1", "bob@x.example"));

    private final ScriptedServer server = new ScriptedServer();
    private final FakeTime time = new FakeTime("2026-10-02T08:00:00Z");
    private final DataverseClient client =
            new DataverseClient(DataverseEnvironment.parse(server.url()), new FixedTokens(), time.settings());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void eachPartHasItsOwnResultInOrder() {
        answer(new BatchAnswer()
                .part(BatchAnswer.WRITTEN)
                .refused(412, "0x80060882")
                .refused(404, "0x80040217")
                .refused(400, "0x8004431A")
                .refused(412, "0x80040237")
                .refused(412, "0x80060892")
                .refused(503, "")
                .part(BatchAnswer.WRITTEN)
                .end());

        List<WriteResult> results =
                client.write(List.of(UPDATE, UPDATE, UPDATE, UPDATE, CREATE, CREATE, UPDATE, CREATE));

        assertThat(results.subList(0, 6))
                .containsExactly(
                        new Written(),
                        new Conflict(),
                        new Gone(),
                        new Rejected(400, "0x8004431a", "Some reason", "r-1"),
                        new Duplicate("0x80040237"),
                        new Duplicate("0x80060892"));
        assertThat(results.get(6)).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.cause().kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failed.cause().requestId()).isEqualTo("r-1");
        });
        assertThat(results.get(7)).isEqualTo(new Written());
    }

    @Test
    void requestIsABatchThatContinuesOnError() {
        answer(new BatchAnswer().part(BatchAnswer.WRITTEN).end());

        client.write(List.of(UPDATE));

        ScriptedServer.Asked asked = server.asked(0);
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(asked.target()).isEqualTo("/api/data/v9.2/$batch");
        assertThat(asked.header("Prefer")).isEqualTo("odata.continue-on-error");
        String boundary = asked.header("Content-Type").replaceAll(".*boundary=\"(.*)\"", "$1");
        assertThat(asked.body()).startsWith("--" + boundary + "\r\n").endsWith("\r\n--" + boundary + "--\r\n");
    }

    @Test
    void partHasItsOwnRequestIdAndOtherwiseTheOneOfTheBatch() {
        server.then(
                200,
                new BatchAnswer()
                        .part("HTTP/1.1 204 No Content\nREQ_ID: r-2\nOData-Version: 4.0\n\n")
                        .refused(400, "0x8004431a")
                        .part(BatchAnswer.WRITTEN)
                        .end(),
                "Content-Type",
                BatchAnswer.TYPE,
                "x-ms-service-request-id",
                "whole");

        List<WriteResult> results = client.write(List.of(UPDATE, UPDATE, UPDATE));

        assertThat(results)
                .containsExactly(
                        new Written("r-2"),
                        new Rejected(400, "0x8004431a", "Some reason", "r-1"),
                        new Written("whole"));
    }

    @Test
    void nothingToWriteNeedsNoRequest() {
        assertThat(client.write(List.of())).isEmpty();
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void moreThanAHundredWritesAreSeveralBatches() {
        for (int size : new int[] {100, 100, 50}) {
            BatchAnswer answer = new BatchAnswer();
            IntStream.range(0, size).forEach(i -> answer.part(BatchAnswer.WRITTEN));
            answer(answer.end());
        }

        List<WriteResult> results = client.write(Collections.nCopies(250, UPDATE));

        assertThat(results).hasSize(250).containsOnly(new Written());
        assertThat(server.asked()).hasSize(3);
    }

    @Test
    void missingPartsAreFailed() {
        answer(new BatchAnswer().part(BatchAnswer.WRITTEN).end());

        List<WriteResult> results = client.write(List.of(UPDATE, UPDATE));

        assertThat(results.get(0)).isEqualTo(new Written());
        assertThat(results.get(1)).isInstanceOf(Failed.class);
    }

    @Test
    void truncatedPartIsFailed() {
        answer(new BatchAnswer()
                .part(BatchAnswer.WRITTEN)
                .part(BatchAnswer.WRITTEN)
                .cut());

        List<WriteResult> results = client.write(List.of(UPDATE, UPDATE));

        assertThat(results.get(0)).isEqualTo(new Written());
        assertThat(results.get(1)).isInstanceOf(Failed.class);
    }

    @Test
    void stoppingAtTheFirstErrorLeavesTheRestFailed() {
        server.then(
                412,
                new BatchAnswer()
                        .part(BatchAnswer.WRITTEN)
                        .refused(412, "0x80060882")
                        .end(),
                "Content-Type",
                BatchAnswer.TYPE);

        List<WriteResult> results = client.write(List.of(UPDATE, UPDATE, UPDATE));

        assertThat(results.subList(0, 2)).containsExactly(new Written(), new Conflict());
        assertThat(results.get(2)).isInstanceOf(Failed.class);
    }

    @Test
    void garbageFailsEachWriteAfterRetries() {
        for (int i = 0; i < 5; i++) {
            server.then(200, "<html/>", "Content-Type", "text/html");
        }

        List<WriteResult> results = client.write(List.of(UPDATE, CREATE));

        assertThat(results).hasSize(2).allMatch(Failed.class::isInstance);
        // Four tries and the probe.
        assertThat(server.asked()).hasSize(5);
    }

    @Test
    void partWithoutStatusIsNotTakenForWritten() {
        for (int i = 0; i < 4; i++) {
            answer(new BatchAnswer().part("Something: else\n\n").end());
        }

        assertThat(client.write(List.of(UPDATE))).allMatch(Failed.class::isInstance);
    }

    @Test
    void surplusAnswersAreNotAssigned() {
        for (int i = 0; i < 4; i++) {
            answer(new BatchAnswer()
                    .part(BatchAnswer.WRITTEN)
                    .part(BatchAnswer.WRITTEN)
                    .end());
        }

        assertThat(client.write(List.of(UPDATE))).allMatch(Failed.class::isInstance);
    }

    @Test
    void lostAnswerIsRepeatedWithTheSameConditions() {
        server.thenDrop();
        answer(new BatchAnswer()
                .refused(412, "0x80060882")
                .refused(412, "0x80040237")
                .end());

        List<WriteResult> results = client.write(List.of(UPDATE, CREATE));

        assertThat(results).containsExactly(new Uncertain(), new Uncertain());
        assertThat(server.asked(1).body())
                .contains("If-Match: W/\"1\"")
                .contains(CREATE.id().toString());
    }

    @Test
    void throttledBatchStopsLaterBatches() {
        server.then(429, "", "Retry-After", "60");

        List<WriteResult> results = client.write(Collections.nCopies(250, UPDATE));

        assertThat(results)
                .hasSize(250)
                .allSatisfy(result -> assertThat(result)
                        .isInstanceOfSatisfying(
                                Failed.class,
                                failed ->
                                        assertThat(failed.cause().retryAfter()).contains(Duration.ofMinutes(1))));
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void throttledPartPausesTheClient() {
        answer(new BatchAnswer()
                .part(
                        "HTTP/1.1 429 Too Many Requests\nRetry-After: 3\n\n{\"error\":{\"code\":\"0x80072326\",\"message\":\"\"}}")
                .end());
        answer(new BatchAnswer().part(BatchAnswer.WRITTEN).end());

        List<WriteResult> first = client.write(List.of(UPDATE));
        client.write(List.of(UPDATE));

        assertThat(first.get(0)).isInstanceOf(Failed.class);
        assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(3));
    }

    @Test
    void batchRefusedAsAWholeIsHalvedUntilTheBadOneIsAlone() {
        String malformed = "{\"error\":{\"code\":\"0x80060888\",\"message\":\"Bad\"}}";
        server.then(400, malformed).then(413, "");
        answer(new BatchAnswer().part(BatchAnswer.WRITTEN).end());
        server.then(400, malformed);
        answer(new BatchAnswer()
                .part(BatchAnswer.WRITTEN)
                .part(BatchAnswer.WRITTEN)
                .end());

        List<WriteResult> results = client.write(List.of(UPDATE, UPDATE, UPDATE, UPDATE));

        assertThat(results)
                .containsExactly(
                        new Written(), new Rejected(400, "0x80060888", "Bad", ""), new Written(), new Written());
    }

    @Test
    void onlyAMissingUpdatedContactIsGone() {
        answer(new BatchAnswer()
                .refused(404, "0x80040217")
                .refused(404, "0x80060888")
                .end());

        assertThat(client.write(List.of(CREATE, UPDATE)))
                .containsExactly(
                        new Rejected(404, "0x80040217", "Some reason", "r-1"),
                        new Rejected(404, "0x80060888", "Some reason", "r-1"));
    }

    @Test
    void missingAddressIsNotADeletedContact() {
        server.then(404, "{\"error\":{\"code\":\"\",\"message\":\"\"}}");

        List<WriteResult> results = client.write(List.of(UPDATE));

        assertThat(results.get(0)).isInstanceOf(Failed.class);
    }

    @Test
    void resultsDoNotPrintDataversesText() {
        assertThat(new Rejected(400, "0x1", "ada@x.example", "r-1")).hasToString("Rejected[400 0x1]");
    }

    private void answer(String body) {
        server.then(200, body, "Content-Type", BatchAnswer.TYPE);
    }
}
