package io.github.consentbridge.standalone.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.delivery.DidomiReader;
import io.github.consentbridge.delivery.MalformedDeliveryException;
import io.github.consentbridge.delivery.Reading;
import io.github.consentbridge.mapping.Integration;
import io.github.consentbridge.mapping.Mapping;
import io.github.consentbridge.operations.ValueJson;
import io.github.consentbridge.settle.Choice;
import io.github.consentbridge.settle.RegisterId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What one delivery says of each mapped column: the choice that it holds, or why it holds none. */
final class DeliveryMap {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int MOST_BYTES = 1 << 21;

    private final Integration integration;
    private final DidomiReader didomi;
    private final Clock clock;

    DeliveryMap(Integration integration, Clock clock) {
        this.integration = integration;
        this.didomi = new DidomiReader(integration.mappings());
        this.clock = clock;
    }

    /**
     * Reads a delivery.
     *
     * @param file the body, or a request event that holds it
     * @return {@code {"side","key","choices":[{"mapping","value","decided_at"}],"ignored":[{"mapping","reason"}]}}
     * @throws UsageException if it is neither
     */
    ObjectNode of(Path file) {
        try {
            return describe(didomi.read(body(file), file.getFileName().toString(), clock.instant()));
        } catch (NoSuchFileException e) {
            throw new UsageException("there is no file " + file, e);
        } catch (MalformedDeliveryException | JsonProcessingException e) {
            throw new UsageException(file + " is no delivery of Didomi: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UsageException(file + " cannot be read: check its owner", e);
        }
    }

    private static String body(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new UsageException(file + " is larger than any delivery: name the right file");
        }
        String text = Files.readString(file);
        JsonNode json = MAPPER.readTree(text);
        if (!json.path("requestContext").isObject()) {
            return text;
        }
        String body = json.path("body").asText();
        return json.path("isBase64Encoded").booleanValue()
                ? new String(Base64.getDecoder().decode(body), UTF_8)
                : body;
    }

    private ObjectNode describe(Reading reading) {
        ObjectNode delivery = JsonNodeFactory.instance.objectNode().put("side", "didomi");
        if (reading instanceof Reading.News news) {
            describe(news, delivery.put("key", news.person().value()));
        } else {
            String reason = ((Reading.Ignored) reading).reason().text();
            delivery.putNull("key").putArray("choices");
            ArrayNode ignored = delivery.putArray("ignored");
            integration.mappings().forEach(mapping -> ignore(ignored, mapping, reason));
        }
        return delivery;
    }

    private void describe(Reading.News news, ObjectNode delivery) {
        ArrayNode choices = delivery.putArray("choices");
        ArrayNode ignored = delivery.putArray("ignored");
        for (Mapping mapping : integration.mappings()) {
            newest(news.choices(), mapping)
                    .ifPresentOrElse(
                            choice -> choose(choices, mapping, choice), () -> ignore(ignored, mapping, reason(news)));
        }
    }

    private static Optional<Choice> newest(List<Choice> choices, Mapping mapping) {
        return choices.stream()
                .filter(choice -> choice.register().equals(RegisterId.of(mapping)))
                .max(Comparator.comparing(Choice::decidedAt));
    }

    private static void choose(ArrayNode choices, Mapping mapping, Choice choice) {
        ObjectNode node = choices.addObject().put("mapping", mapping.column().logicalName());
        node.set("value", ValueJson.write(choice.value()));
        node.put("decided_at", choice.decidedAt().toString());
    }

    private static void ignore(ArrayNode ignored, Mapping mapping, String reason) {
        ignored.addObject().put("mapping", mapping.column().logicalName()).put("reason", reason);
    }

    private static String reason(Reading.News news) {
        if (news.deletedUser() != null) {
            return "the Didomi user was deleted: on_user_deleted says what happens";
        }
        return news.reread()
                ? "the Didomi user is read again before anything is written"
                : "no choice in this delivery";
    }
}
