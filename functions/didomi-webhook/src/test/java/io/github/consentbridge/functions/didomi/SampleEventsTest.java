package io.github.consentbridge.functions.didomi;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.github.consentbridge.sync.queue.Delivery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** What each file in {@code events/} is answered, and whether it is stored. */
class SampleEventsTest {
    private static final String TABLE = "/io/github/consentbridge/functions/didomi/sample-events.csv";

    private final WebhookClient door = new WebhookClient();

    @ParameterizedTest
    @CsvFileSource(resources = TABLE, numLinesToSkip = 1)
    void sampleIsAnswered(String file, int status, @Nullable String reason, @Nullable String person) {
        APIGatewayV2HTTPResponse response = door.send(SampleEvents.read(file));

        assertThat(response.getStatusCode()).isEqualTo(status);
        assertThat(response.getHeaders()).containsEntry("content-type", "application/json");
        assertThat(response.getBody()).isEqualTo(body(status, reason));
        assertThat(door.stored).extracting(Delivery::person).isEqualTo(person == null ? List.of() : List.of(person));
    }

    private static String body(int status, @Nullable String reason) {
        return switch (status) {
            case 202 -> "{\"status\":\"queued\"}";
            case 200 -> "{\"status\":\"ignored\",\"reason\":\"%s\"}".formatted(reason);
            default -> "{\"status\":\"refused\",\"reason\":\"%s\"}".formatted(reason);
        };
    }

    @Test
    void everySampleIsInTheTable() throws IOException {
        String table = Files.readString(Path.of("src", "test", "resources", TABLE));

        assertThat(SampleEvents.names())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(table).contains("\n" + name + ","));
    }

    @Test
    void bodyIsStoredAsItWasSent() {
        APIGatewayV2HTTPEvent plain = SampleEvents.read("didomi-event-created.json");

        door.send(plain);
        door.send(SampleEvents.read("didomi-base64-body.json"));

        assertThat(door.stored.get(0).body()).isEqualTo(plain.getBody());
        assertThat(door.stored.get(1).body())
                .startsWith("{\"type\":\"event.created\"")
                .contains("renée@example.org");
        assertThat(door.stored).extracting(Delivery::receivedAt).containsOnly(WebhookClient.NOW);
    }

    @Test
    void redeliveryHasTheSameIdHoweverOften() {
        for (int time = 0; time < 100; time++) {
            assertThat(door.status(SampleEvents.read("didomi-user-updated.json")))
                    .isEqualTo(202);
        }

        assertThat(door.stored)
                .hasSize(100)
                .extracting(Delivery::id)
                .containsOnly(door.stored.get(0).id());
    }

    @Test
    void differentDeliveriesHaveDifferentIds() {
        SampleEvents.names().forEach(name -> door.send(SampleEvents.read(name)));

        assertThat(door.stored).hasSize(11).extracting(Delivery::id).doesNotHaveDuplicates();
    }

    @Test
    void journalNamesNobodyAndNoSecret() {
        SampleEvents.names().forEach(name -> door.send(SampleEvents.read(name)));
        door.queueIsDown = true;
        door.send(SampleEvents.read("didomi-event-created.json"));
        door.secret.failing = true;
        door.send(SampleEvents.read("didomi-event-created.json"));

        assertThat(door.log().lines()).hasSize(SampleEvents.names().size() + 2);
        assertThat(door.log())
                .doesNotContain("@", "example.org", "blaise", "brien", "renée", "ren\\u00")
                .doesNotContain("webhook-key", "a-log-key", "newsletter", "7c1f4b1e");
    }
}
