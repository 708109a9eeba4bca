package io.github.consentbridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.simulators.People;
import io.github.consentbridge.simulators.Simulators;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contacts for which Dataverse always fails hold up nobody on a bridge that runs. */
class RecordFailsIT {
    private static final int PEOPLE = 100;

    @TempDir
    Path folder;

    @Test
    void everybodyElseIsDoneWithinSecondsAndNothingIsPaused() throws Exception {
        try (Simulators simulators = Simulators.start(Clock.systemUTC())) {
            new People(simulators, 1).add(PEOPLE, 0, Instant.now().minus(Duration.ofDays(1)));
            List<UUID> people = simulators.dataverse().contactIds();
            List<Boolean> before = people.stream()
                    .map(person -> newsletter(simulators, person))
                    .toList();
            Fault broken = Fault.serverError("0x80040224");
            simulators
                    .dataverse()
                    .faults()
                    .whenHolding(RouteKind.FIND_CONTACTS, people.get(17).toString(), broken)
                    .whenHolding(RouteKind.UPDATE_CONTACT, people.get(60).toString(), broken);
            BridgeProcess.prepare(folder, simulators, "", """
                    {"id": "new_newsletter", "value": {"purpose": "newsletter"}}""");

            try (BridgeProcess bridge = BridgeProcess.start(folder, simulators, Path.of("target/bridge.jar"))) {
                for (int index = 0; index < PEOPLE; index++) {
                    String body =
                            Deliveries.newsletter(people.get(index).toString(), !before.get(index), Instant.now());
                    assertThat(Webhook.post(bridge.url("/webhooks/didomi"), BridgeProcess.WEBHOOK_KEY, body)
                                    .statusCode())
                            .isEqualTo(202);
                }
                await().atMost(Duration.ofSeconds(50)).until(() -> changed(simulators, people, before) == PEOPLE - 2);

                // A delivery leaves the queue after its write, once the answer is recorded.
                await().atMost(Duration.ofSeconds(20))
                        .untilAsserted(() -> assertThat(left(Webhook.health(bridge.url("/health"))))
                                .isEqualTo(2));
                JsonNode health = Webhook.health(bridge.url("/health"));
                assertThat(health.at("/paused_until/dataverse").isNull()).isTrue();
                assertThat(health.at("/queue/dead_letters").asInt()).isZero();
            }
        }
    }

    private static int left(JsonNode health) {
        return health.at("/queue/depth").asInt() + health.at("/queue/in_flight").asInt();
    }

    private static long changed(Simulators simulators, List<UUID> people, List<Boolean> before) {
        long changed = 0;
        for (int index = 0; index < people.size(); index++) {
            changed += newsletter(simulators, people.get(index)) == before.get(index) ? 0 : 1;
        }
        return changed;
    }

    private static boolean newsletter(Simulators simulators, UUID person) {
        return Boolean.TRUE.equals(simulators.dataverse().contact(person).get("new_newsletter"));
    }
}
