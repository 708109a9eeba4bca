package io.github.consentbridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.simulators.People;
import io.github.consentbridge.simulators.Simulators;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.Reply;
import io.github.consentbridge.simulators.http.RouteKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code bridge reconcile} as a process of its own, beside a running bridge and alone. */
@Execution(ExecutionMode.CONCURRENT)
class ReconcileIT {
    private static final int PEOPLE = 250;
    private static final JsonMapper MAPPER = new JsonMapper();

    @TempDir
    Path folder;

    private final Simulators simulators = Simulators.start(Clock.systemUTC());
    private List<UUID> contacts;

    @BeforeEach
    void prepare() throws IOException {
        simulators.dataverse().column(SimulatedColumn.bool("new_offers"));
        new People(simulators, 1).add(PEOPLE, 0, Instant.now().minus(Duration.ofDays(1)));
        contacts = simulators.dataverse().contactIds();
        BridgeProcess.prepare(folder, simulators, "\"bidirectional\": true", """
                {"id": "new_newsletter", "value": {"purpose": "newsletter"}},
                {"id": "new_offers", "value": {"purpose": "offers"}}""");
        simulators.didomi().knowsPurpose("newsletter");
        simulators.didomi().knowsPurpose("offers");
    }

    @AfterEach
    void stop() {
        simulators.close();
    }

    private CommandLineProcess reconcile(String... options) throws IOException, InterruptedException {
        return CommandLineProcess.run(folder, environment(), arguments(options));
    }

    private static String[] arguments(String... options) {
        List<String> arguments = new ArrayList<>(
                List.of("reconcile", "--config", "integration.json", "--secrets", "secrets.json", "--data", "data"));
        arguments.addAll(List.of(options));
        return arguments.toArray(String[]::new);
    }

    private Map<String, String> environment() {
        return Map.of(
                "DIDOMI_API_URL", simulators.didomi().url().toString(),
                "ENTRA_LOGIN_URL", simulators.entra().url().toString());
    }

    private void chooseUnheard(int number, boolean granted) {
        simulators
                .didomi()
                .choose(SimulatedChoice.by(contacts.get(number).toString())
                        .purpose("offers", granted)
                        .silently());
    }

    private Object held(UUID contact, String column) {
        return simulators.dataverse().contact(contact).get(column);
    }

    private Object offers(int number) {
        return simulators.dataverse().contact(contacts.get(number)).get("new_offers");
    }

    @Test
    void dryRunSaysWhatTheRealRunDoesAndTheNextFindsNothing() throws Exception {
        assertThat(reconcile("--initial").exitCode()).isZero();
        chooseUnheard(7, true);

        CommandLineProcess dry = reconcile("--dry-run", "--scan", "didomi");
        Object before = offers(7);
        CommandLineProcess real = reconcile("--scan", "didomi");
        CommandLineProcess again = reconcile();

        assertThat(dry.exitCode()).isEqualTo(1);
        assertThat(dry.output())
                .contains(
                        contacts.get(7) + " new_offers: Didomi granted",
                        "Dynamics refused (new_offers = false)",
                        "1 differences, 0 repaired");
        assertThat(before).isEqualTo(false);
        assertThat(real.exitCode()).isZero();
        assertThat(real.output()).contains("1 differences, 1 repaired");
        assertThat(offers(7)).isEqualTo(true);
        assertThat(again.exitCode()).isZero();
        assertThat(again.output()).contains("0 differences");
    }

    @Test
    void differenceThatCannotBeRepairedIsListedAndMakesTheExitCodeOne() throws Exception {
        simulators
                .dataverse()
                .column(SimulatedColumn.choice("new_frequency", Map.of(1, "Weekly", 2, "Monthly", 3, "Daily")));
        BridgeProcess.prepare(folder, simulators, "\"bidirectional\": true", """
                {"id": "new_frequency", "value": {"purpose": "newsletter", "preference": "frequency"},
                 "options": {"weekly": 1, "monthly": 2}}""");
        simulators.didomi().knowsPreference("newsletter", "frequency", "weekly", "monthly");
        simulators
                .didomi()
                .choose(SimulatedChoice.by(contacts.get(7).toString())
                        .preference("newsletter", "frequency", "weekly")
                        .silently());
        assertThat(reconcile("--initial").exitCode()).isZero();
        // An option that the mapping does not name, so Didomi cannot be told.
        simulators.dataverse().editContact(contacts.get(7), Map.of("new_frequency", 3));

        CommandLineProcess text = reconcile();
        CommandLineProcess json = reconcile("--json");

        assertThat(text.exitCode()).isEqualTo(1);
        assertThat(text.output())
                .contains(
                        contacts.get(7) + " new_frequency unresolved: Didomi weekly", "does not name", "1 unresolved");
        assertThat(json.exitCode()).isEqualTo(1);
        assertThat(json.output()).contains("\"unresolved\":[{\"key\":\"" + contacts.get(7));
    }

    @Test
    void worksBesideARunningBridgeAndAnswersInJson() throws Exception {
        try (BridgeProcess bridge = BridgeProcess.start(folder, simulators, Path.of("target/bridge.jar"), "-Xmx128m")) {
            assertThat(Webhook.isIdle(bridge.url("/health"))).isTrue();
            reconcile("--initial");
            chooseUnheard(7, true);

            CommandLineProcess done = reconcile("--json", "--scan", "didomi");

            JsonNode report = MAPPER.readTree(done.output());
            assertThat(done.exitCode()).isZero();
            assertThat(report.path("scan").asText()).isEqualTo("didomi");
            assertThat(report.path("dry_run").booleanValue()).isFalse();
            assertThat(report.at("/read/didomi").intValue()).isEqualTo(PEOPLE);
            assertThat(report.path("changed").intValue()).isEqualTo(1);
            assertThat(report.path("stopped").isNull()).isTrue();
            assertThat(report.at("/requests/didomi").intValue()).isPositive();
            JsonNode difference = report.at("/differences/0");
            assertThat(difference.path("key").asText())
                    .isEqualTo(contacts.get(7).toString());
            assertThat(difference.path("mapping").asText()).isEqualTo("new_offers");
            assertThat(difference.at("/didomi/value").booleanValue()).isTrue();
            assertThat(difference.at("/dynamics/value").booleanValue()).isFalse();
            assertThat(difference.path("winner").asText()).isEqualTo("didomi");
            assertThat(difference.path("applied").booleanValue()).isTrue();
        }
    }

    @Test
    void aRunThatWouldChangeVeryManyStopsAndSaysHowToGoOn() throws Exception {
        reconcile("--initial");
        for (int number = 0; number < PEOPLE; number += 2) {
            chooseUnheard(number, true);
        }

        long written = simulators.dataverse().counters().rowsWritten();

        CommandLineProcess stopped = reconcile("--scan", "didomi");

        assertThat(stopped.exitCode()).isEqualTo(1);
        assertThat(stopped.output()).contains("stopped: ", "rows read would change", "nothing was written", "--force");
        assertThat(simulators.dataverse().counters().rowsWritten()).isEqualTo(written);
        assertThat(reconcile("--force", "--scan", "didomi").exitCode()).isZero();
        assertThat(offers(4)).isEqualTo(true);
    }

    /** Twenty people choose in Didomi, and staff set twenty others to the opposite of what stood; gives staff's choices. */
    private Map<UUID, Boolean> chooseOnBothSidesUnheard() {
        Map<UUID, Boolean> staff = new LinkedHashMap<>();
        for (int number = 0; number < 20; number++) {
            chooseUnheard(10 * number, true);
            UUID contact = contacts.get(10 * number + 5);
            boolean stood =
                    Boolean.TRUE.equals(simulators.dataverse().contact(contact).get("new_newsletter"));
            simulators.dataverse().editContact(contact, Map.of("new_newsletter", !stood));
            staff.put(contact, !stood);
        }
        return staff;
    }

    @ParameterizedTest
    @CsvSource({"BATCH, after, 1", "READ_USERS, before, 2", "POST_EVENTS, after, 0"})
    void runThatIsKilledIsTakenUpAndNothingIsSkippedOrInvented(RouteKind request, String moment, int earlier)
            throws Exception {
        reconcile("--initial");
        Map<UUID, Boolean> staff = chooseOnBothSidesUnheard();
        AtomicReference<Process> process = new AtomicReference<>();
        Fault killing = (proceed, error) -> {
            Reply reply = moment.equals("after") ? proceed.get() : null;
            process.get().destroyForcibly().waitFor();
            return reply == null ? error.apply(503) : reply;
        };
        for (int number = 0; number < earlier; number++) {
            simulators.dataverse().faults().next(request, Fault.none());
            simulators.didomi().faults().next(request, Fault.none());
        }
        simulators.dataverse().faults().next(request, killing);
        simulators.didomi().faults().next(request, killing);
        process.set(CommandLineProcess.start(folder, environment(), arguments("--force")));
        int killed = process.get().waitFor();
        simulators.dataverse().faults().clear();
        simulators.didomi().faults().clear();

        CommandLineProcess again = reconcile("--force");

        assertThat(killed).isEqualTo(128 + 9);
        assertThat(again.exitCode()).as(again.output()).isZero();
        for (int number = 0; number < 20; number++) {
            assertThat(offers(10 * number)).isEqualTo(true);
        }
        staff.forEach((contact, granted) -> assertThat(simulators.didomi().enabled(contact.toString(), "newsletter"))
                .hasValue(granted));
        assertThat(simulators.didomi().counters().eventsCreated())
                .as("one event for each of staff's choices")
                .isEqualTo(20);
        assertThat(reconcile().output()).contains(" 0 differences");
    }

    @Test
    void secondRunIsRefusedWhileOneIsRunning() throws Exception {
        AtomicReference<CommandLineProcess> second = new AtomicReference<>();
        simulators.didomi().faults().next(RouteKind.READ_USERS, (proceed, error) -> {
            try {
                second.set(reconcile());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return proceed.get();
        });

        try (BridgeProcess bridge = BridgeProcess.start(folder, simulators, Path.of("target/bridge.jar"), "-Xmx128m")) {
            assertThat(reconcile("--initial").exitCode()).as(bridge.output()).isZero();
        }

        assertThat(second.get().exitCode()).as(second.get().output()).isEqualTo(4);
        assertThat(second.get().output()).contains("another reconciliation is running: wait until it ends");
    }

    @Test
    void webhookThatDoesNotShowTheKeyOfTheSecretAnyMoreIsSetRight() throws Exception {
        secret("value-of-dynamics-0123456789");
        CommandLineProcess.run(
                folder,
                environment(),
                "register",
                "--config",
                "integration.json",
                "--secrets",
                "secrets.json",
                "--url",
                "https://bridge.example.org");
        CommandLineProcess right = reconcile("--initial", "--json");
        secret("another-value-of-dynamics-0123456789");

        CommandLineProcess dry = reconcile("--dry-run", "--json");
        CommandLineProcess repaired = reconcile();
        CommandLineProcess again = reconcile("--json");

        assertThat(MAPPER.readTree(right.output()).path("registration")).isEmpty();
        assertThat(MAPPER.readTree(dry.output()).path("registration")).isEmpty();
        assertThat(repaired.output()).contains("service endpoint").doesNotContain("another-value");
        assertThat(MAPPER.readTree(again.output()).path("registration")).isEmpty();
    }

    private void secret(String valueOfDynamics) throws IOException {
        String systems = BridgeProcess.secrets(simulators);
        BridgeProcess.writeSecret(
                folder.resolve("secrets.json"),
                systems.substring(0, systems.indexOf("\"webhooks\"")) + """
                "webhooks": {"dynamics": {"values": ["%s"]},
                             "didomi": {"client_id": "didomi", "client_secrets": ["secret-of-didomi-0123456789"]}}}""".formatted(valueOfDynamics));
    }

    @Test
    void csvHasAHeadAndALineForEachDifference() throws Exception {
        reconcile("--initial");
        chooseUnheard(7, true);

        CommandLineProcess csv = reconcile("--csv", "--dry-run");

        assertThat(csv.output().lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("key,contact_id,mapping,side,didomi_value");
    }

    @Test
    void systemThatIsDownIsNamedOnceThePatienceHasEnded() throws Exception {
        String host = simulators.didomi().url().getAuthority();
        simulators.didomi().close();

        CommandLineProcess failed = reconcile("--patience", "1s");

        assertThat(failed.exitCode()).isEqualTo(3);
        assertThat(failed.output().strip().lines()).hasSize(2);
        assertThat(failed.output().lines()).first().asString().contains("Didomi", "waiting 1 s");
        assertThat(failed.output().lines()).last().asString().contains(host, "DIDOMI_API_URL", "waited 1 s");
    }

    @Test
    void failureThatPassesIsWaitedForAndSaid() throws Exception {
        Fault down = Fault.status(503);
        simulators.didomi().faults().next(RouteKind.READ_USERS, down, down, down, down);

        CommandLineProcess done = reconcile("--initial", "--patience", "1m");

        assertThat(done.exitCode()).as(done.output()).isZero();
        assertThat(done.output().lines()).first().asString().contains("503", "waiting", "at most 1 min");
    }

    @ParameterizedTest
    @CsvSource({
        "new_newsleter, newsletter, there is no contact column new_newsleter",
        "new_newsletter, newsleter, newsletter",
        "createdon, newsletter, createdon"
    })
    void mappingThatCannotWorkIsRefusedBeforeAnythingIsWritten(String column, String purpose, String named)
            throws Exception {
        BridgeProcess.prepare(folder, simulators, "\"bidirectional\": true", """
                {"id": "%s", "value": {"purpose": "%s"}},
                {"id": "new_offers", "value": {"purpose": "offers"}}""".formatted(column, purpose));
        chooseUnheard(7, true);
        long written = simulators.dataverse().counters().rowsWritten();

        CommandLineProcess dry = reconcile("--dry-run", "--initial");
        CommandLineProcess real = reconcile("--initial");

        assertThat(dry.exitCode()).as(dry.output()).isEqualTo(2);
        assertThat(dry.output()).contains(named).doesNotContain("0 differences");
        assertThat(real.exitCode()).isEqualTo(2);
        assertThat(simulators.dataverse().counters().rowsWritten()).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({"client_secret, client_secret", "didomi, didomi.secret"})
    void refusedCredentialsAreNamedAtOnce(String wrong, String named) throws Exception {
        String right = wrong.equals("didomi")
                ? simulators.didomi().secret()
                : simulators.entra().clientSecret();
        BridgeProcess.writeSecret(
                folder.resolve("secrets.json"),
                BridgeProcess.secrets(simulators).replace(right, "another-secret-0123456789"));

        CommandLineProcess refused = reconcile("--dry-run");

        assertThat(refused.exitCode()).as(refused.output()).isEqualTo(2);
        assertThat(refused.output()).contains(named).doesNotContain("another-secret");
        assertThat(refused.output().strip().lines()).hasSize(1);
    }

    @Test
    void initialRunThatIsKilledIsContinuedByAnInitialRun() throws Exception {
        for (int number = 0; number < PEOPLE; number++) {
            chooseUnheard(number, true);
        }
        AtomicReference<Process> process = new AtomicReference<>();
        // The first batches read the columns; the next one is the first write.
        simulators.dataverse().faults().next(RouteKind.BATCH, Fault.none(), Fault.none());
        simulators.dataverse().faults().always(RouteKind.BATCH, (proceed, error) -> {
            process.get().destroyForcibly().waitFor();
            return error.apply(503);
        });
        process.set(CommandLineProcess.start(folder, environment(), arguments("--initial")));
        int killed = process.get().waitFor();
        simulators.dataverse().faults().clear();

        CommandLineProcess again = reconcile("--initial");

        assertThat(killed).isEqualTo(128 + 9);
        assertThat(again.exitCode()).as(again.output()).isZero();
        assertThat(contacts)
                .allMatch(contact -> Boolean.TRUE.equals(
                        simulators.dataverse().contact(contact).get("new_offers")));
    }

    @Test
    void jsonListsEachDifferenceOfBothSidesOnceWithWhatTheColumnHolds() throws Exception {
        BridgeProcess.prepare(folder, simulators, "\"bidirectional\": true", """
                {"id": "new_newsletter", "value": {"purpose": "newsletter"}},
                {"id": "donotbulkemail", "value": {"purpose": "offers"}, "invert": true}""");
        reconcile("--initial");
        Map<UUID, Boolean> staff = chooseOnBothSidesUnheard();
        // Half of the contacts show already what was chosen in Didomi.
        long differing = IntStream.range(0, 20)
                .filter(number ->
                        held(contacts.get(10 * number), "donotbulkemail").equals(true))
                .count();

        JsonNode dry = MAPPER.readTree(reconcile("--dry-run", "--json").output());

        assertThat(differing).isBetween(1L, 19L);
        assertThat(dry.path("differences")).hasSize(20 + (int) differing);
        assertThat(dry.path("differences").findValuesAsText("key")).doesNotHaveDuplicates();
        assertThat(dry.at("/only_in/didomi").isNumber()).isTrue();
        assertThat(dry.at("/only_in/dynamics").isNull())
                .as("not known after a dry run")
                .isTrue();
        for (JsonNode difference : dry.path("differences")) {
            UUID contact = UUID.fromString(difference.path("contact_id").asText());
            Object held = held(contact, difference.path("mapping").asText());
            assertThat(difference.at("/dynamics/column_value").booleanValue()).isEqualTo(held);
            assertThat(difference.path("winner").asText())
                    .isEqualTo(staff.containsKey(contact) ? "dynamics" : "didomi");
        }
    }

    @Test
    void sumsOfARunWithLostAnswersAreWhatTheSystemsHold() throws Exception {
        reconcile("--initial");
        Map<UUID, Boolean> staff = chooseOnBothSidesUnheard();
        simulators.dataverse().faults().next(RouteKind.BATCH, Fault.none(), Fault.none(), Fault.dropAfterCommit());
        Fault lost = Fault.dropAfterCommit();
        simulators.didomi().faults().next(RouteKind.POST_EVENTS, lost, lost, lost, lost, lost);

        CommandLineProcess done = reconcile("--json", "--patience", "1m");

        JsonNode report = MAPPER.readTree(done.output().lines().reduce("", (before, line) -> line));
        assertThat(done.exitCode()).as(done.output()).isZero();
        assertThat(report.path("changed").intValue()).isEqualTo(40);
        assertThat(report.path("differences"))
                .hasSize(40)
                .allMatch(each -> each.path("applied").booleanValue());
        for (int number = 0; number < 20; number++) {
            assertThat(offers(10 * number)).isEqualTo(true);
        }
        staff.forEach((contact, granted) -> assertThat(simulators.didomi().enabled(contact.toString(), "newsletter"))
                .hasValue(granted));
    }
}
