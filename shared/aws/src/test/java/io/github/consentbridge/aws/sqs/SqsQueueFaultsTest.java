package io.github.consentbridge.aws.sqs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.aws.Bodies;
import io.github.consentbridge.aws.Emulators;
import io.github.consentbridge.aws.Lazy;
import io.github.consentbridge.aws.QueueMessage;
import io.github.consentbridge.aws.ScriptedAws;
import io.github.consentbridge.aws.ScriptedAws.Answer;
import io.github.consentbridge.aws.dynamo.DynamoDiscards;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.sync.queue.DeadLetter;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.DeliveryTooLargeException;
import io.github.consentbridge.sync.storage.StorageException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Faults of SQS, and the requests that it gets. */
class SqsQueueFaultsTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** The entries of each request. */
    private final List<JsonNode> requests = Collections.synchronizedList(new ArrayList<>());

    private Predicate<JsonNode> refused = entry -> false;
    private final ScriptedAws aws = new ScriptedAws((action, request) -> answer(request));
    private final SqsQueue queue =
            new SqsQueue(new Lazy<>(Emulators.clients("AWS_ENDPOINT_URL_SQS", aws.url())::sqs), aws.url() + "/q");

    @AfterEach
    void close() {
        aws.close();
    }

    private Answer answer(String request) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode successful = answer.putArray("Successful");
        ArrayNode failed = answer.putArray("Failed");
        JsonNode entries = entries(request);
        requests.add(entries);
        for (JsonNode entry : entries) {
            ObjectNode result = (refused.test(entry) ? failed : successful).addObject();
            result.put("Id", entry.get("Id").textValue())
                    .put("Code", "InternalError")
                    .put("SenderFault", false)
                    .put(
                            "MD5OfMessageBody",
                            md5(entry.path("MessageBody").asText().getBytes(UTF_8)))
                    .put("MD5OfMessageAttributes", md5(attributes(entry.path("MessageAttributes"))));
        }
        return new Answer(200, answer.toString());
    }

    /** The SDK compares checksums: a message that was changed in transit does not count as stored. */
    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** String attributes as SQS digests them: name, type and value by name, each with its length in front. */
    private static byte[] attributes(JsonNode attributes) {
        ByteArrayOutputStream digested = new ByteArrayOutputStream();
        for (String name : new TreeSet<>(
                attributes.properties().stream().map(Map.Entry::getKey).toList())) {
            writeText(digested, name);
            writeText(digested, "String");
            digested.write(1);
            writeText(digested, attributes.path(name).path("StringValue").asText());
        }
        return digested.toByteArray();
    }

    private static void writeText(ByteArrayOutputStream digested, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        digested.writeBytes(
                ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digested.writeBytes(bytes);
    }

    private static JsonNode entries(String request) {
        try {
            return MAPPER.readTree(request).required("Entries");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Delivery delivery(String body) {
        return Delivery.received(Side.DIDOMI, "ada", Instant.parse("2026-03-01T08:00:00Z"), body);
    }

    private static List<Delivery> deliveries(int number) {
        return IntStream.range(0, number).mapToObj(one -> delivery("d" + one)).toList();
    }

    @Test
    void refusedMessagesAreSentOnceMore() {
        refused = entry -> requests.size() == 1 && entry.get("Id").textValue().equals("3");

        queue.send(deliveries(10), Duration.ofSeconds(1));

        assertThat(requests).extracting(JsonNode::size).containsExactly(10, 1);
        assertThat(requests.get(1).get(0).get("MessageBody"))
                .isEqualTo(requests.get(0).get(3).get("MessageBody"));
    }

    @Test
    void messagesRefusedTwiceAreReported() {
        refused = entry -> entry.get("Id").textValue().equals("3");

        assertThatThrownBy(() -> queue.send(deliveries(5), Duration.ZERO))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("1 of 5")
                .hasMessageContaining("InternalError");

        assertThat(requests).extracting(JsonNode::size).containsExactly(5, 1);
    }

    @Test
    void unreachableQueueIsAStorageFailure() {
        aws.close();

        assertThatThrownBy(() -> queue.send(deliveries(1), Duration.ZERO)).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> queue.postpone(List.of("r"), Duration.ZERO)).isInstanceOf(StorageException.class);
    }

    @Test
    void noRequestIsLargerThanSqsAllows() {
        byte[] noise = new byte[200_000];
        new Random(7).nextBytes(noise);
        String body = HexFormat.of().formatHex(noise);
        queue.send(List.of(delivery(body), delivery(body + 1), delivery(body + 2), delivery(body + 3)), Duration.ZERO);

        assertThat(requests).hasSizeGreaterThan(1).allSatisfy(entries -> {
            int characters = 0;
            for (JsonNode entry : entries) {
                characters += entry.get("MessageBody").textValue().length();
            }
            assertThat(characters).isLessThanOrEqualTo(1 << 20);
        });
    }

    @Test
    void deliveryThatSqsCannotTakeIsTooLargeAndNotSent() {
        assertThatThrownBy(() -> queue.send(List.of(delivery(Bodies.incompressible(1 << 20))), Duration.ZERO))
                .isInstanceOf(DeliveryTooLargeException.class);

        assertThat(requests).isEmpty();
    }

    /** Whatever a webhook function has sent fits, however often it fails and whatever the reason is. */
    @Test
    void acceptedDeliveryFitsAgainAndAsADeadLetter() {
        Delivery largest = delivery(Bodies.incompressible(QueueMessage.MAX_NEW_BYTES - 300));
        assertThat(QueueMessage.ofNew(largest)).isNotEmpty();
        Instant failedAt = Instant.parse("2026-03-01T08:00:00Z");
        Delivery again = largest.failedAgain(failedAt, "\ud83d".repeat(1000))
                .afresh(failedAt, "\ud83d".repeat(1000))
                .failedAgain(failedAt, "\ud83d".repeat(1000));
        DeadLetter dead =
                new DeadLetter(again, "é\u0000\ud83d 🌦 ".repeat(100_000), Instant.parse("2026-03-01T08:00:00Z"));

        queue.send(List.of(again), Duration.ZERO);
        new SqsDeadLetters(
                        new Lazy<>(Emulators.clients("AWS_ENDPOINT_URL_SQS", aws.url())::sqs),
                        aws.url() + "/dead",
                        () -> new DynamoDiscards(Emulators.table("unused")))
                .add(List.of(dead));

        assertThat(requests).hasSize(2).allSatisfy(entries -> {
            JsonNode entry = entries.get(0);
            int bytes = entry.get("MessageBody").textValue().getBytes(UTF_8).length;
            for (Map.Entry<String, JsonNode> attribute :
                    entry.path("MessageAttributes").properties()) {
                bytes += attribute.getKey().length() + "String".length();
                bytes += attribute.getValue().get("StringValue").textValue().getBytes(UTF_8).length;
            }
            assertThat(bytes).isLessThanOrEqualTo(1 << 20);
        });
        assertThat(requests.get(1)
                        .get(0)
                        .at("/MessageAttributes/reason/StringValue")
                        .textValue())
                .startsWith("é?? 🌦 é?? 🌦 ");
    }

    @Test
    void largeTextBodyIsOneBilledRequest() {
        queue.send(List.of(delivery("{\"purpose\":\"newsletter\"}".repeat(20_000))), Duration.ZERO);

        assertThat(requests.get(0).get(0).get("MessageBody").textValue()).hasSizeLessThan(64 << 10);
    }

    @Test
    void postponingTriesAllBeforeItFails() {
        refused = entry -> requests.size() == 1;
        List<String> receipts =
                IntStream.range(0, 25).mapToObj(one -> "r" + one).toList();

        assertThatThrownBy(() -> queue.postpone(receipts, Duration.ofMinutes(1)))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("10 of 25");

        assertThat(requests).extracting(JsonNode::size).containsExactly(10, 10, 5);
    }

    @Test
    void delayIsWithinTheLimitOfSqs() {
        queue.postpone(List.of("r"), Duration.ofDays(3));
        queue.postpone(List.of("r"), Duration.ofMillis(1001));

        assertThat(requests)
                .extracting(entries -> entries.get(0).get("VisibilityTimeout").intValue())
                .containsExactly(12 * 3600 - 900, 2);
    }
}
