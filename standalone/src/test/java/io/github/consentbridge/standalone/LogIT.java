package io.github.consentbridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.consentbridge.simulators.Simulators;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that the bridge prints names a person or holds a secret, whatever goes wrong. */
class LogIT {
    private static final Instant AT = Instant.parse("2026-10-02T08:15:30Z");
    private static final List<String> PEOPLE = List.of(
            "ada.lovelace@example.org",
            "o'brien@example.org",
            "user+news@example.org",
            "50%off&x=1#y@example.org",
            "renée@example.org",
            "nobody@example.org",
            "twice@example.org",
            "toolong@example.org",
            "erased@example.org");

    @TempDir
    Path folder;

    @Test
    void fullRunPrintsNoSecretNoEmailAndNoOrganizationUserId() throws Exception {
        try (Simulators simulators = Simulators.start(Clock.systemUTC())) {
            simulators.dataverse().column(SimulatedColumn.bool("new_newsletter"));
            simulators.dataverse().column(SimulatedColumn.text("new_country", 2));
            PEOPLE.stream()
                    .filter(person -> !person.startsWith("nobody"))
                    .forEach(person -> simulators.dataverse().addContact(Map.of("emailaddress1", person)));
            simulators.dataverse().addContact(Map.of("emailaddress1", "twice@example.org"));
            simulators
                    .dataverse()
                    .faults()
                    .next(RouteKind.BATCH, Fault.status(503), Fault.dropAfterCommit(), Fault.status(500));
            simulators.dataverse().faults().next(RouteKind.FIND_CONTACTS, Fault.status(401), Fault.dropBeforeCommit());
            BridgeProcess.prepare(folder, simulators, "\"contact_key\": \"emailaddress1\"", """
                    {"id": "new_newsletter", "value": {"purpose": "newsletter"}},
                    {"id": "new_country", "value": {"property": "country"}}""");

            String printed = run(simulators);

            assertThat(printed).contains("\"updated\"", "\"no contact\"", "\"delivery refused\"", "dead letter");
            assertThat(PEOPLE).allSatisfy(person -> assertThat(printed).doesNotContain(person));
            assertThat(printed)
                    .doesNotContain("@", "example.org", "%40")
                    .doesNotContain(BridgeProcess.WEBHOOK_KEY)
                    .doesNotContain("previous-webhook-key", "wrong-key-of-somebody")
                    .doesNotContain(simulators.didomi().secret())
                    .doesNotContain(simulators.entra().clientSecret())
                    .doesNotContain("Bearer ");
        }
    }

    private String run(Simulators simulators) throws Exception {
        try (BridgeProcess bridge = BridgeProcess.start(folder, simulators, Path.of("target/bridge.jar"), "-Xmx128m")) {
            for (String person : PEOPLE) {
                String key = BridgeProcess.WEBHOOK_KEY;
                Webhook.post(bridge.url("/webhooks/didomi"), key, Deliveries.newsletter(person, true, AT));
                Webhook.post(
                        bridge.url("/webhooks/didomi"), key, Deliveries.newsletter(person, false, AT.minusSeconds(9)));
                Webhook.post(bridge.url("/webhooks/didomi"), "wrong-key-of-somebody-" + person, "{}");
                Webhook.post(bridge.url("/webhooks/didomi"), key, "{\"type\": \"" + person + "\"}");
                Webhook.post(bridge.url("/webhooks/didomi"), key, person);
            }
            Webhook.post(bridge.url("/webhooks/didomi"), BridgeProcess.WEBHOOK_KEY, country("toolong@example.org"));
            await().atMost(Duration.ofMinutes(2)).until(() -> Webhook.isIdle(bridge.url("/health")));
            bridge.terminate();
            return bridge.output();
        }
    }

    private static String country(String person) {
        return """
                {"type":"user.created","regulation":"gdpr","parameters":{"entity":{"id":"u1","organization_id":"acme",
                 "organization_user_id":"%s","version":1,"country":"somewhere@example.org",
                 "created_at":"2026-10-02T08:15:30Z","updated_at":"2026-10-02T08:15:30Z",
                 "consents":{"purposes":[{"id":"newsletter","enabled":true}]}}}}""".formatted(person);
    }
}
