package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.queue.Delivery;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The outcome log has Dataverse's id of each request, by which Microsoft's support finds it. */
class SyncWorkerRequestIdsTest {
    private static final String T7 = "2026-03-01T07:00:00Z";
    private static final String UUID_FORM = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private final Systems systems = new Systems(Systems.document("", Systems.NEWS, Systems.OFFERS));
    private final SyncWorker worker = systems.worker();

    @BeforeEach
    void addContact() {
        systems.contact("ada");
    }

    @AfterEach
    void stop() {
        systems.close();
    }

    private Delivery both(String person) {
        return systems.event(person, "u-" + person, "gdpr", T7, """
                {"purposes": [{"id": "newsletter", "enabled": true}, {"id": "offers", "enabled": true}]}""");
    }

    @Test
    void linesOfTheLogHaveDataversesIdOfTheRequest() {
        systems.contact("grace");
        systems.dataverse.administration().security("new_newsletter", true);

        systems.handle(worker, both("ada"), systems.chosen("grace", "offers", true, T7));

        assertThat(requestIds("refused")).hasSize(1);
        assertThat(requestIds("updated"))
                .hasSize(2)
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(requestIds("refused"));
    }

    @Test
    void pauseHasTheIdOfTheRequestThatFailed() {
        systems.handle(worker, systems.chosen("nobody", "offers", true, T7));
        systems.dataverse.faults().always(RouteKind.BATCH, Fault.status(503));

        systems.handle(worker, systems.chosen("ada", "offers", true, T7));

        assertThat(requestIds("paused")).hasSize(1);
    }

    private List<String> requestIds(String outcome) {
        Pattern id = Pattern.compile("request(?:_id=| )(" + UUID_FORM + ")");
        return systems.outcomeLog.recorded.stream()
                .filter(line -> line.startsWith(outcome + " "))
                .flatMap(line -> id.matcher(line).results())
                .map(match -> match.group(1))
                .toList();
    }
}
