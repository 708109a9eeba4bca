package io.github.consentbridge.sync.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The one wire form of a request. */
class ReconciliationRequestTest {
    private static final Path EVENTS = Path.of("..", "..", "events");
    private static final JsonMapper MAPPER = new JsonMapper();

    private static ReconciliationRequest read(String json) throws IOException {
        return ReconciliationRequest.of(MAPPER.readTree(json));
    }

    @Test
    void wireFormHasAllMembersInSnakeCase() {
        assertThat(new ReconciliationRequest(Scan.DYNAMICS, false, true, false).json())
                .hasToString("{\"scan\":\"dynamics\",\"dry_run\":false,\"initial\":true,\"force\":false,"
                        + "\"patience_seconds\":600}");
    }

    @ParameterizedTest
    @EnumSource
    void wireFormIsReadBack(Scan scan) {
        ReconciliationRequest request = new ReconciliationRequest(scan, true, false, true, Duration.ofSeconds(90));

        assertThat(ReconciliationRequest.of(request.json())).isEqualTo(request);
    }

    @Test
    void missingMembersAreAFullScanThatWrites() throws IOException {
        assertThat(read("{}")).isEqualTo(new ReconciliationRequest(Scan.FULL, false, false, false));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"scan":"everything"}            | "full", "didomi" or "dynamics"
            {"scan":"FULL"}                  | "full", "didomi" or "dynamics"
            {"scan":"full","dryRun":true}    | write "dry_run"
            {"dry_run":"true"}               | /dry_run: must be true or false
            {"dry_run":null}                 | /dry_run: must be true or false
            {"patience_seconds":"10m"}       | /patience_seconds: must be a number of seconds
            {"patience_seconds":-1}          | /patience_seconds: must be a number of seconds
            "full"                           | must be an object
            """)
    void anythingElseIsRefused(String json, String reason) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "full.json, FULL, false",
        "dynamics.json, DYNAMICS, false",
        "didomi-dry-run.json, DIDOMI, true",
    })
    void samplesOfTheScheduleAreRequests(String sample, Scan scan, boolean dryRun) throws IOException {
        JsonNode json =
                MAPPER.readTree(EVENTS.resolve("schedule").resolve(sample).toFile());

        assertThat(ReconciliationRequest.of(json)).isEqualTo(new ReconciliationRequest(scan, dryRun, false, false));
    }
}
