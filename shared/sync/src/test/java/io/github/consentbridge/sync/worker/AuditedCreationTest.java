package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The audit history of a new contact begins with its creation, which has the columns' defaults. Where it is asked whether a
 * write of ours landed, such a value is from before it: nobody decided it.
 */
@Tag("every-store")
class AuditedCreationTest {
    private final Loop loop = new Loop(Systems.document("\"bidirectional\": true,", Systems.NO_NEWS, Systems.NEWS));
    private final Systems systems = loop.systems;
    private final SyncWorker worker = systems.worker();

    @AfterEach
    void stop() {
        loop.close();
    }

    /** The default of one of the two columns means a grant, that of the other one a refusal. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void defaultOfANewContactDoesNotOverruleWhatThePersonChoseBefore(boolean granted) {
        systems.dataverse.auditing("new_newsletter", "new_nonews");
        // A worker's first batch reads the columns' types.
        systems.contact("grace");
        systems.handle(worker, systems.chosen("grace", true, "2026-03-01T07:30:00Z"));
        systems.didomi.choose(SimulatedChoice.by("ada").didomiUser("u1").purpose("newsletter", granted));
        systems.clock.advance(Duration.ofMinutes(1));
        UUID ada = systems.contact("ada");
        Delivery[] deliveries = loop.arriving().toArray(Delivery[]::new);

        systems.dataverse.faults().next(RouteKind.BATCH, Fault.dropBeforeCommit());
        systems.handle(worker, deliveries);
        systems.clock.advance(Duration.ofMinutes(1));
        systems.dataverse.editContact(ada, Map.of("firstname", "Ada"));
        systems.paused.clear();
        systems.recover();
        systems.handle(worker, deliveries);
        loop.runUntilNothingIsPending();

        assertThat(systems.dataverse.contact(ada))
                .containsEntry("new_newsletter", granted)
                .containsEntry("new_nonews", !granted);
        assertThat(systems.didomi.enabled("ada", "newsletter")).hasValue(granted);
        assertThat(loop.eventsOfOurs("ada")).isEmpty();
    }
}
