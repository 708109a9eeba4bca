package io.github.consentbridge.sync.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.sync.queue.Delivery;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How each file in {@code events/} of Dynamics is answered, and for which person it is stored. */
class DynamicsSampleEventsTest {
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

    private final WebhookClient client = WebhookClient.dynamics("\"on_contact_deleted\": \"withdraw\",");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = SAMPLES)
    void sampleIsStored(String name, String person) {
        WebhookRequest sample = SampleEvents.read("dynamics-" + name + ".json");

        WebhookReply response = client.send(sample);

        assertThat(response.status()).isEqualTo(202);
        assertThat(response.body()).isEqualTo("{\"status\":\"queued\"}");
        assertThat(response.headers()).containsEntry("content-type", "application/json");
        assertThat(client.stored)
                .extracting(Delivery::side, Delivery::person, Delivery::body)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Side.DYNAMICS, person, Requests.text(sample)));
        assertThat(client.log()).doesNotContain("example.org").contains("delivery queued");
    }

    @Test
    void everySampleIsInTheTable() {
        Set<String> named = SAMPLES.lines()
                .map(line -> "dynamics-" + line.substring(0, line.indexOf('|')).strip() + ".json")
                .collect(Collectors.toCollection(HashSet::new));

        assertThat(named).containsExactlyInAnyOrderElementsOf(SampleEvents.names("dynamics"));
    }

    @Test
    void deletionIsIgnoredWhereConsentIsKept() {
        WebhookClient keeping = WebhookClient.dynamics("");

        WebhookReply response = keeping.send(SampleEvents.read("dynamics-delete.json"));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"status\":\"ignored\",\"reason\":\"on_contact_deleted is keep\"}");
        assertThat(keeping.stored).isEmpty();
    }
}
