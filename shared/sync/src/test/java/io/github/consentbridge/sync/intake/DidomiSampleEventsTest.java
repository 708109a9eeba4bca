package io.github.consentbridge.sync.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.sync.queue.Delivery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** How each of Didomi's files in {@code events/} is answered, and whether it is stored. */
class DidomiSampleEventsTest {
    private static final String TABLE = "/io/github/consentbridge/sync/intake/didomi-sample-events.csv";

    private final WebhookClient client = WebhookClient.didomi();

    @ParameterizedTest
    @CsvFileSource(resources = TABLE, numLinesToSkip = 1)
    void sampleIsAnswered(String file, int status, @Nullable String reason, @Nullable String person) {
        WebhookReply response = client.send(SampleEvents.read(file));

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.headers()).containsEntry("content-type", "application/json");
        assertThat(response.body()).isEqualTo(body(status, reason));
        assertThat(client.stored).extracting(Delivery::person).isEqualTo(person == null ? List.of() : List.of(person));
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

        assertThat(SampleEvents.names("didomi"))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(table).contains("\n" + name + ","));
    }

    @Test
    void bodyIsStoredAsItWasSent() {
        WebhookRequest plain = SampleEvents.read("didomi-event-created.json");

        client.send(plain);
        client.send(SampleEvents.read("didomi-base64-body.json"));

        assertThat(client.stored.get(0).body()).isEqualTo(Requests.text(plain));
        assertThat(client.stored.get(1).body())
                .startsWith("{\"type\":\"event.created\"")
                .contains("renée@example.org");
        assertThat(client.stored).extracting(Delivery::receivedAt).containsOnly(WebhookClient.NOW);
    }

    @Test
    void redeliveryHasTheSameIdHoweverOften() {
        for (int time = 0; time < 100; time++) {
            assertThat(client.status(SampleEvents.read("didomi-user-updated.json")))
                    .isEqualTo(202);
        }

        assertThat(client.stored)
                .hasSize(100)
                .extracting(Delivery::id)
                .containsOnly(client.stored.get(0).id());
    }

    @Test
    void differentDeliveriesHaveDifferentIds() {
        SampleEvents.names("didomi").forEach(name -> client.send(SampleEvents.read(name)));

        assertThat(client.stored).hasSize(11).extracting(Delivery::id).doesNotHaveDuplicates();
    }

    @Test
    void journalNamesNobodyAndNoSecret() {
        SampleEvents.names("didomi").forEach(name -> client.send(SampleEvents.read(name)));
        client.queueIsDown = true;
        client.send(SampleEvents.read("didomi-event-created.json"));
        client.secret.failing = true;
        client.send(SampleEvents.read("didomi-event-created.json"));

        assertThat(client.log().lines()).hasSize(SampleEvents.names("didomi").size() + 2);
        assertThat(client.log())
                .doesNotContain("@", "example.org", "blaise", "brien", "renée", "ren\\u00")
                .doesNotContain("webhook-key", "a-log-key", "newsletter", "7c1f4b1e");
    }
}
