package io.github.consentbridge.functions.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.sync.queue.Delivery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each file in {@code events/} of Dynamics is answered, and under whose name it is stored. */
class SampleEventsTest {
    private static final String SAMPLES = """
            update                 | ada@example.org
            create-with-defaults   | grace@example.org
            delete                 | renée@example.org
            column-cleared         | blaise@example.org
            choice-and-multichoice | o'brien@example.org
            boxed-values           | ada@example.org
            stripped               | ``
            missing-key            | ``
            bulk-update-row        | ada@example.org
            deactivated            | renée@example.org
            merged                 | blaise.old@example.org
            own-application-user   | ada@example.org
            """;

    private final WebhookClient door = new WebhookClient("\"on_contact_deleted\": \"withdraw\",");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = SAMPLES)
    void sampleIsStored(String name, String person) {
        APIGatewayV2HTTPEvent sample = WebhookClient.sample("dynamics-" + name + ".json");

        APIGatewayV2HTTPResponse response = door.send(sample);

        assertThat(response.getStatusCode()).isEqualTo(202);
        assertThat(response.getBody()).isEqualTo("{\"status\":\"queued\"}");
        assertThat(response.getHeaders()).containsEntry("content-type", "application/json");
        assertThat(door.stored)
                .extracting(Delivery::side, Delivery::person, Delivery::body)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Side.DYNAMICS, person, sample.getBody()));
        assertThat(door.log()).doesNotContain("example.org").contains("delivery queued");
    }

    @Test
    void everySampleIsInTheTable() throws IOException {
        Set<String> named = SAMPLES.lines()
                .map(line -> "dynamics-" + line.substring(0, line.indexOf('|')).strip() + ".json")
                .collect(Collectors.toCollection(HashSet::new));

        try (Stream<Path> files = Files.list(WebhookClient.EVENTS)) {
            List<String> samples = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("dynamics-"))
                    .toList();
            assertThat(named).containsExactlyInAnyOrderElementsOf(samples);
        }
    }

    @Test
    void deletionIsIgnoredWhereConsentIsKept() {
        WebhookClient keeping = new WebhookClient("");

        APIGatewayV2HTTPResponse response = keeping.send(WebhookClient.sample("dynamics-delete.json"));

        assertThat(response.getStatusCode()).isEqualTo(200);
        assertThat(response.getBody()).isEqualTo("{\"status\":\"ignored\",\"reason\":\"on_contact_deleted is keep\"}");
        assertThat(keeping.stored).isEmpty();
    }
}
