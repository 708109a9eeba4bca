package io.github.consentbridge.sync.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.worker.StoresUnderTest;
import io.github.consentbridge.sync.worker.Systems;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run that cannot see the differences fails with a sentence that says what to do: it never reports that there are none. */
class RefusedRunTest {
    private static final int PEOPLE = 30;
    private static final Duration REAL_TIME = Duration.ofSeconds(20);

    private Systems systems;

    @AfterEach
    void stop() {
        systems.close();
    }

    /** Everybody has granted the newsletter, and every contact shows that it was refused. */
    private void differing(String... mappings) {
        systems = new Systems(Systems.document("\"bidirectional\": true,", mappings));
        systems.didomi.knowsPurpose("newsletter");
        for (int number = 0; number < PEOPLE; number++) {
            systems.dataverse.addContact(
                    Map.of("new_didomiid", Pairs.person(number), "new_newsletter", false, "new_offers", false));
            systems.didomi.choose(SimulatedChoice.by(Pairs.person(number))
                    .purpose("newsletter", true)
                    .silently());
        }
        systems.clock.advance(Duration.ofMinutes(1));
    }

    private BridgeException refused(Scan scan, boolean dryRun) {
        ReconciliationRequest request = new ReconciliationRequest(scan, dryRun, true, true);
        return catchThrowableOfType(
                BridgeException.class,
                () -> assertTimeoutPreemptively(
                        REAL_TIME,
                        () -> systems.reconciliation(StoresUnderTest.chosen().runs())
                                .run("run", request, Deadline.none(), ReconciliationListener.NONE)));
    }

    @ParameterizedTest
    @EnumSource(Scan.class)
    void columnThatDoesNotExistIsNamed(Scan scan) {
        differing("""
                {"id": "new_newsleter", "value": {"purpose": "newsletter"}}""", Systems.OFFERS);
        systems.didomi.knowsPurpose("offers");

        BridgeException refused = refused(scan, true);

        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.sentence()).contains("new_newsleter");
    }

    @ParameterizedTest
    @EnumSource(Scan.class)
    void purposeThatDidomiDoesNotListIsNamed(Scan scan) {
        differing("""
                {"id": "new_newsletter", "value": {"purpose": "newsleter"}}""");

        BridgeException refused = refused(scan, true);

        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.sentence()).contains("newsleter").contains("newsletter");
    }

    @Test
    void everythingThatIsWrongIsNamedAtOnceAndNothingIsWritten() {
        differing("""
                {"id": "new_newsletter", "value": {"purpose": "newsletter"}}""", """
                {"id": "modifiedon", "value": {"property": "updated_at"}}""", """
                {"id": "new_offers", "value": {"purpose": "newsletter", "preference": "frequency"},
                 "options": {"weekly": 1}}""", """
                {"id": "new_nonews", "value": {"purpose": "oters"}, "invert": true}""");
        long written = systems.dataverse.counters().rowsWritten();

        BridgeException refused = refused(Scan.FULL, false);

        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.sentence())
                .contains("modifiedon")
                .contains("new_offers")
                .contains("oters");
        assertThat(systems.dataverse.counters().rowsWritten()).isEqualTo(written);
        assertThat(systems.ledger.saves()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Scan.class)
    void refusedClientSecretIsNamedAtOnce(Scan scan) {
        differing(Systems.NEWS);
        systems.dynamicsSecret = "not-the-client-secret";

        BridgeException refused = refused(scan, true);

        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.sentence()).contains("client_secret");
    }

    @ParameterizedTest
    @EnumSource(Scan.class)
    void refusedApiKeyIsNamedAtOnce(Scan scan) {
        differing(Systems.NEWS);
        systems.didomiSecret = "not-the-secret-of-the-key";

        BridgeException refused = refused(scan, true);

        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.sentence()).contains("didomi.key").contains("didomi.secret");
    }

    @ParameterizedTest
    @EnumSource(Scan.class)
    void tokenThatIsRefusedInTheMiddleEndsTheRunAtOnce(Scan scan) {
        differing(Systems.NEWS);
        systems.dataverse.faults().always(RouteKind.FIND_CONTACTS, Fault.status(401));

        BridgeException refused = refused(scan, true);

        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.sentence()).contains("401");
    }
}
