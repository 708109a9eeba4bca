package io.github.consentbridge.sync.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import io.github.consentbridge.sync.reconciliation.Scan;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunPartTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String REQUEST =
            "{\"scan\":\"full\",\"dry_run\":false,\"initial\":false,\"force\":false,\"patience_seconds\":600}";

    private static RunPart read(String json) throws IOException {
        return RunPart.of(MAPPER.readTree(json), "message-1");
    }

    @Test
    void sampleOfTheContinuationIsAPartInFull() throws IOException {
        JsonNode event = MAPPER.readTree(
                Path.of("../../events/queue/reconciliation-continued.json").toFile());
        String body = event.at("/Records/0/body").textValue();

        assertThat(read(body).number()).isEqualTo(2);
        assertThat(read(body).json()).hasToString(body);
    }

    /** As the schedule sends it, and as versions before this one continued a run. */
    @Test
    void requestAloneBeginsARunWithTheGivenName() throws IOException {
        assertThat(read(REQUEST))
                .isEqualTo(RunPart.first("message-1", new ReconciliationRequest(Scan.FULL, false, false, false)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"run\":7,\"part\":2,\"request\":{}}",
                "{\"run\":\"r\",\"part\":0,\"request\":{}}",
                "{\"run\":\"r\",\"part\":\"2\",\"request\":{}}",
                "{\"run\":\"r\",\"request\":{}}"
            })
    void partInAnotherFormIsRefused(String json) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot read the part of a reconciliation");
    }

    @Test
    void misspeltRequestInAPartIsRefused() {
        assertThatThrownBy(() -> read("{\"run\":\"r\",\"part\":2,\"request\":{\"dryrun\":true}}"))
                .hasMessageContaining("dry_run");
    }
}
