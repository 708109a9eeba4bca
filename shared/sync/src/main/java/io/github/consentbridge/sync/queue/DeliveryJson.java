package io.github.consentbridge.sync.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.json.JsonTree;
import io.github.consentbridge.sync.storage.PackedText;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The text of a queue message: {@code {"id","side","person","received_at","attempts","body"}}. The body is a text inside
 * it, so that it comes back byte for byte. One that has failed also has {@code "failing_since","last_failure"}. A large one may stand as {@code {"gzip":"…"}}, the same in Base64: it says so
 * itself, so nothing beside the text is needed to read it, wherever a redrive has moved it.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html">What SQS
 *     takes in a message</a>
 */
public final class DeliveryJson {
    /** SQS bills each 64 KiB of a request as one, and a message may have at most 1 MiB. */
    private static final int MAX_PLAIN_BYTES = 64 << 10;

    private DeliveryJson() {}

    /** The text as SQS takes it: without the characters that it refuses, and packed if it is large and packing helps. */
    public static String write(Delivery delivery) {
        String text = JsonTree.write(node(delivery));
        String plain = text.chars().allMatch(DeliveryJson::isPlain) ? text : escaped(delivery);
        int plainBytes = plain.getBytes(UTF_8).length;
        if (plainBytes <= MAX_PLAIN_BYTES) {
            return plain;
        }
        String packed = packed(delivery);
        return packed.length() < plainBytes ? packed : plain;
    }

    private static String packed(Delivery delivery) {
        String packed = Base64.getEncoder().encodeToString(PackedText.pack(escaped(delivery)));
        return JsonTree.write(JsonNodeFactory.instance.objectNode().put("gzip", packed));
    }

    /** Two code points are not characters of XML, and half a pair is not one of UTF-8. Jackson escapes controls itself. */
    private static boolean isPlain(int unit) {
        return unit < 0xD800 || (unit >= 0xE000 && unit <= 0xFFFD);
    }

    private static String escaped(Delivery delivery) {
        return JsonTree.writeAscii(node(delivery));
    }

    private static ObjectNode node(Delivery delivery) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("id", delivery.id())
                .put("side", delivery.side().word())
                .put("person", delivery.person())
                .put("received_at", delivery.receivedAt().toString())
                .put("attempts", delivery.attempts())
                .put("body", delivery.body());
        Delivery.@Nullable Trouble trouble = delivery.trouble();
        if (trouble != null) {
            node.put("failing_since", trouble.since().toString()).put("last_failure", trouble.last());
        }
        Delivery.@Nullable Earlier earlier = delivery.earlier();
        if (earlier != null) {
            node.set("earlier", earlier(earlier));
        }
        return node;
    }

    /** {@code {"attempts","replays","failed_at","reason"}}. */
    public static ObjectNode earlier(Delivery.Earlier earlier) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("attempts", earlier.attempts())
                .put("replays", earlier.replays())
                .put("failed_at", earlier.failedAt().toString())
                .put("reason", earlier.reason());
    }

    /** What {@link #earlier(Delivery.Earlier)} wrote. */
    public static Delivery.Earlier earlier(JsonNode node) {
        return new Delivery.Earlier(
                node.required("attempts").intValue(),
                node.required("replays").intValue(),
                Instant.parse(node.required("failed_at").textValue()),
                node.required("reason").textValue());
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException if it is something else; the message quotes nothing of it
     */
    public static Delivery read(String message) {
        try {
            JsonNode node = JsonTree.read(message);
            return delivery(node.has("gzip") ? unpacked(node.get("gzip").textValue()) : node);
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("a queue message is not one of ours");
        }
    }

    private static JsonNode unpacked(String packed) throws IOException {
        return JsonTree.read(PackedText.unpack(Base64.getDecoder().decode(packed)));
    }

    private static Delivery delivery(JsonNode node) {
        return new Delivery(
                node.required("id").textValue(),
                Side.valueOf(node.required("side").textValue().toUpperCase(Locale.ROOT)),
                node.required("person").textValue(),
                Instant.parse(node.required("received_at").textValue()),
                node.required("attempts").intValue(),
                node.required("body").textValue(),
                node.has("failing_since") ? trouble(node) : null,
                node.has("earlier") ? earlier(node.get("earlier")) : null);
    }

    private static Delivery.Trouble trouble(JsonNode node) {
        return new Delivery.Trouble(
                Instant.parse(node.required("failing_since").textValue()),
                node.required("last_failure").textValue());
    }
}
