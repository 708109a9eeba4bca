package io.github.consentbridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.consentbridge.simulators.People;
import io.github.consentbridge.simulators.Simulators;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at any moment loses nothing that was accepted. */
class CrashIT {
    private static final int DELIVERIES = 1000;
    private static final int SENDERS = 16;

    @TempDir
    Path folder;

    @RepeatedTest(2)
    void killedAtARandomMomentItAppliesAllThatItAccepted() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        int killAfter = random.nextInt(DELIVERIES);
        long killWhenWritten = random.nextInt(DELIVERIES);
        try (Simulators simulators = Simulators.start(Clock.systemUTC())) {
            new People(simulators, 1).add(DELIVERIES, 0, Instant.now().minus(Duration.ofDays(1)));
            List<UUID> people = simulators.dataverse().contactIds();
            List<Boolean> wanted = people.stream()
                    .map(person -> !newsletter(simulators, person))
                    .toList();
            BridgeProcess.prepare(folder, simulators, "", """
                    {"id": "new_newsletter", "value": {"purpose": "newsletter"}}""");
            Instant now = Instant.now();

            List<Integer> refused = new ArrayList<>();
            try (BridgeProcess first = start(simulators)) {
                refused.addAll(sendAll(first, people, wanted, now, killAfter));
            }
            try (BridgeProcess second = start(simulators)) {
                for (int index : refused) {
                    assertThat(send(second, people, wanted, now, index)).isEqualTo(202);
                }
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> simulators.dataverse().counters().rowsWritten() >= killWhenWritten);
                second.kill();
            }
            try (BridgeProcess third = start(simulators)) {
                await().atMost(Duration.ofMinutes(2)).until(() -> Webhook.isIdle(third.url("/health")));
            }

            for (int index = 0; index < DELIVERIES; index++) {
                UUID person = people.get(index);
                assertThat(newsletter(simulators, person))
                        .as("person %d, seed %d, killed after %d, %d", index, seed, killAfter, killWhenWritten)
                        .isEqualTo(wanted.get(index));
                assertThat(simulators.dataverse().counters().writesTo(person))
                        .as("writes to %d, seed %d, killed after %d, %d", index, seed, killAfter, killWhenWritten)
                        .isEqualTo(1);
            }
        }
    }

    private BridgeProcess start(Simulators simulators) throws IOException {
        return BridgeProcess.start(folder, simulators, Path.of("target/bridge.jar"), "-Xmx128m");
    }

    private static boolean newsletter(Simulators simulators, UUID person) {
        return Boolean.TRUE.equals(simulators.dataverse().contact(person).get("new_newsletter"));
    }

    /** Sends all and kills the bridge after so many answers; gives those that were not accepted. */
    private static List<Integer> sendAll(
            BridgeProcess bridge, List<UUID> people, List<Boolean> wanted, Instant now, int killAfter)
            throws Exception {
        AtomicInteger accepted = new AtomicInteger();
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        try {
            List<Future<Boolean>> answers = new ArrayList<>();
            for (int index = 0; index < DELIVERIES; index++) {
                int person = index;
                answers.add(senders.submit(() -> {
                    boolean taken = isAccepted(bridge, people, wanted, now, person);
                    if (taken && accepted.incrementAndGet() == killAfter + 1) {
                        bridge.kill();
                    }
                    return taken;
                }));
            }
            List<Integer> refused = new ArrayList<>();
            for (int index = 0; index < DELIVERIES; index++) {
                if (!answers.get(index).get()) {
                    refused.add(index);
                }
            }
            return refused;
        } finally {
            senders.shutdown();
        }
    }

    private static boolean isAccepted(
            BridgeProcess bridge, List<UUID> people, List<Boolean> wanted, Instant now, int index) {
        try {
            return send(bridge, people, wanted, now, index) == 202;
        } catch (IOException e) {
            // The bridge is dead: Didomi sends it again.
            return false;
        }
    }

    private static int send(BridgeProcess bridge, List<UUID> people, List<Boolean> wanted, Instant now, int index)
            throws IOException {
        String body = Deliveries.newsletter(people.get(index).toString(), wanted.get(index), now);
        return Webhook.post(bridge.url("/webhooks/didomi"), BridgeProcess.WEBHOOK_KEY, body)
                .statusCode();
    }
}
