package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several values of a preference are a set: both systems may list them in any order, and nothing is written for it. */
class SyncWorkerSelectionOrderTest {
    private final Systems systems = new Systems(Systems.document("\"bidirectional\": true,", """
            {"id": "new_topics", "value": {"purpose": "newsletter", "preference": "topics"},
             "options": {"news": 9, "offers": 1, "events": 5}}""", """
            {"id": "new_topiclist", "value": {"purpose": "newsletter", "preference": "topics"}}"""));

    SyncWorkerSelectionOrderTest() {
        systems.dataverse.column(
                SimulatedColumn.multiChoice("new_topics", Map.of(9, "News", 1, "Offers", 5, "Events")));
        systems.dataverse.column(SimulatedColumn.text("new_topiclist", 100));
    }

    @AfterEach
    void close() {
        systems.close();
    }

    private DeliveryOutcome choose(String topics, String createdAt) {
        String consents = """
                {"purposes": [{"id": "newsletter", "values": {"topics": {"value": "%s"}}}]}""".formatted(topics);
        return systems.outcome(systems.worker(), systems.event("ada", "u1", "gdpr", createdAt, consents));
    }

    @ParameterizedTest
    @CsvSource({"'1,9', 'offers,news'", "'9,1', 'news,offers'", "'9,1,9', 'news,offers,news'"})
    void contactThatHoldsThemInAnotherOrderIsNotWritten(String options, String list) {
        UUID ada = systems.dataverse.addContact(
                Map.of("new_didomiid", "ada", "new_topics", options, "new_topiclist", list));

        DeliveryOutcome first = choose("news,offers", "2026-03-01T07:00:00Z");
        DeliveryOutcome second = choose("offers, news,offers", "2026-03-01T07:30:00Z");

        assertThat(first).isEqualTo(new DeliveryOutcome.Done());
        assertThat(second).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.writesTo(ada)).isZero();
        assertThat(systems.didomi.events("ada")).isEmpty();
    }

    @Test
    void staffWhoSaveThemInAnotherOrderChooseNothing() {
        UUID ada = systems.contact("ada");
        choose("news,offers", "2026-03-01T07:00:00Z");
        int written = systems.writesTo(ada);

        Map<String, ?> reordered = Map.of("new_topiclist", "offers,news", "new_topics", "9,1");
        DeliveryOutcome saved =
                systems.outcome(systems.worker(), systems.staff().edit(ada, reordered));

        assertThat(saved).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.writesTo(ada)).isEqualTo(written);
        assertThat(systems.didomi.events("ada")).isEmpty();
    }
}
