package io.github.consentbridge.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.logging.JsonOutcomeLog;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.Metric;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EmfOutcomeLogTest {
    private final ManualClock clock = new ManualClock("2026-03-01T08:00:00Z");
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, UTF_8);
    private int asked;
    private final EmfOutcomeLog outcomeLog = new EmfOutcomeLog(
            new JsonOutcomeLog(
                    out,
                    () -> {
                        asked++;
                        return Optional.of(Secret.of("a-log-key"));
                    },
                    clock),
            out,
            clock,
            "acme");

    private List<String> lines() {
        return printed.toString(UTF_8).lines().toList();
    }

    @Test
    void countsArePublishedByDirectionInCloudWatchsFormat() {
        outcomeLog.count(Metric.CONTACTS_UPDATED, Side.DYNAMICS, 2);
        outcomeLog.count(Metric.CONTACTS_UPDATED, Side.DYNAMICS, 1);
        outcomeLog.count(Metric.EVENTS_POSTED, Side.DIDOMI, 1);
        outcomeLog.count(Metric.PROPAGATION_SECONDS, Side.DYNAMICS, 1.5);
        outcomeLog.count(Metric.PROPAGATION_SECONDS, Side.DYNAMICS, 0.25);
        outcomeLog.flush();

        assertThat(lines())
                .containsExactlyInAnyOrder(
                        "{\"_aws\":{\"Timestamp\":1772352000000,\"CloudWatchMetrics\":[{\"Namespace\":\"ConsentBridge\",\"Dimensions\":[[\"stack\",\"direction\"]],\"Metrics\":[{\"Name\":\"ContactsUpdated\",\"Unit\":\"Count\"},{\"Name\":\"PropagationSeconds\",\"Unit\":\"Seconds\"}]}]},\"stack\":\"acme\",\"direction\":\"to_dynamics\",\"ContactsUpdated\":3.0,\"PropagationSeconds\":[1.5,0.25]}",
                        "{\"_aws\":{\"Timestamp\":1772352000000,\"CloudWatchMetrics\":[{\"Namespace\":\"ConsentBridge\",\"Dimensions\":[[\"stack\",\"direction\"]],\"Metrics\":[{\"Name\":\"EventsPosted\",\"Unit\":\"Count\"}]}]},\"stack\":\"acme\",\"direction\":\"to_didomi\",\"EventsPosted\":1.0}");
    }

    @Test
    void runsArePublishedByScan() {
        outcomeLog.countScan(Metric.RECONCILED, "full");
        outcomeLog.countScan(Metric.RECONCILED, "dynamics");
        outcomeLog.flush();

        assertThat(lines()).hasSize(2);
        assertThat(lines().get(0))
                .contains("\"Dimensions\":[[\"stack\",\"scan\"]]")
                .endsWith("\"stack\":\"acme\",\"scan\":\"full\",\"Reconciled\":1.0}");
        assertThat(lines().get(1)).endsWith("\"stack\":\"acme\",\"scan\":\"dynamics\",\"Reconciled\":1.0}");
    }

    @Test
    void eachCountIsPublishedOnce() {
        outcomeLog.flush();
        outcomeLog.count(Metric.DRIFT, Side.DIDOMI, 1);
        outcomeLog.flush();
        outcomeLog.flush();

        assertThat(lines()).hasSize(1);
    }

    @Test
    void manyTimesAreSplitOverSeveralLines() throws Exception {
        for (int count = 0; count < 250; count++) {
            outcomeLog.count(Metric.PROPAGATION_SECONDS, Side.DYNAMICS, count);
        }
        outcomeLog.count(Metric.CONTACTS_UPDATED, Side.DYNAMICS, 250);
        outcomeLog.flush();

        int updated = 0;
        int times = 0;
        for (String line : lines()) {
            JsonNode node = new JsonMapper().readTree(line);
            assertThat(node.get("PropagationSeconds").size()).isLessThanOrEqualTo(100);
            times += node.get("PropagationSeconds").size();
            updated += node.path("ContactsUpdated").intValue();
        }
        assertThat(times).isEqualTo(250);
        assertThat(updated).isEqualTo(250);
    }

    /** The hash was computed with OpenSSL: {@code printf ada | openssl dgst -sha256 -hmac a-log-key}. */
    @Test
    void secretIsReadWhenAPersonIsFirstLogged() {
        outcomeLog.log("tried", null, LogFields.none());
        assertThat(asked).isZero();

        outcomeLog.log("tried", new OrganizationUserId("ada"), LogFields.none());
        outcomeLog.log("tried", new OrganizationUserId("ada"), LogFields.none());

        assertThat(asked).isEqualTo(1);
        assertThat(lines()).hasSize(3).last().asString().contains("\"person\":\"3445d93f7614223a\"");
    }

    @Test
    void outcomeIsLoggedIfTheSecretCannotBeRead() {
        JsonOutcomeLog lines = new JsonOutcomeLog(
                out,
                () -> {
                    throw new CredentialsException("no secret");
                },
                clock);

        new EmfOutcomeLog(lines, out, clock, "acme").log("tried", new OrganizationUserId("ada"), LogFields.none());

        assertThat(lines()).hasSize(1);
        assertThat(lines().get(0))
                .contains("\"outcome\":\"tried\"")
                .contains("unknown")
                .doesNotContain("ada");
    }
}
