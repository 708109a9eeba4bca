package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.DeliveryJson;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong in a member that is not used does not keep the choice beside it from being applied. */
class SyncWorkerUnusedMembersTest {
    private final Systems systems = new Systems(Systems.document("\"bidirectional\": true,", Systems.NEWS));
    private final UUID ada = systems.dataverse.addContact(Map.of("new_didomiid", "ada", "new_newsletter", true));

    @AfterEach
    void close() {
        systems.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"Zo\\ud83d\"", "{\"\\ude00\": 1e999}", "7"})
    void refusalInDidomiIsApplied(String name) {
        Delivery plain = systems.chosen("ada", false, "2026-03-01T07:00:00Z");
        String body = plain.body().replace("\"status\"", "\"first_name\": " + name + ", \"status\"");

        DeliveryOutcome outcome = systems.outcome(systems.worker(), throughTheQueue(Side.DIDOMI, body));

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.newsletter(ada)).isEqualTo(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"Zo\\ud83d\"", "{\"\\ude00\": 1e999}", "7"})
    void refusalInDynamicsIsPosted(String name) {
        Delivery plain = systems.staff().edit(ada, Map.of("new_newsletter", false));
        String body = plain.body()
                .replace("\"Attributes\":[", "\"Attributes\":[{\"key\":\"firstname\",\"value\":" + name + "},");

        DeliveryOutcome outcome = systems.outcome(systems.worker(), throughTheQueue(Side.DYNAMICS, body));

        assertThat(body).contains("firstname");
        assertThat(outcome).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.didomi.enabled("ada", "newsletter")).contains(false);
    }

    /** An intake of before may have stored it. */
    @Test
    void memberThatIsUsedMakesADeadLetterThatNamesIt() {
        String body =
                systems.chosen("ada\\ud83d", false, "2026-03-01T07:00:00Z").body();

        DeliveryOutcome outcome = systems.outcome(systems.worker(), throughTheQueue(Side.DIDOMI, body));

        assertThat(outcome)
                .isEqualTo(
                        new DeliveryOutcome.Dead(
                                "the delivery cannot be read: `organization_user_id` contains an unpaired surrogate (`\\ud83d`)"));
    }

    private Delivery throughTheQueue(Side side, String body) {
        Delivery delivery = Delivery.received(side, "ada", systems.clock.instant(), body);
        return DeliveryJson.read(DeliveryJson.write(delivery));
    }
}
