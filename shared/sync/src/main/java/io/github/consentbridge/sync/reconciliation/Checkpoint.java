package io.github.consentbridge.sync.reconciliation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a run goes on: everything before it is settled.
 *
 * @param pass which of the run's passes it is in
 * @param position the cursor or link of the next page; null for the first page of the pass
 * @param totals what was found before it
 * @param begun when the run began, however often it was taken up since; ISO 8601
 */
record Checkpoint(
        ReconciliationRequest request, int pass, @Nullable String position, Totals totals, String begun) {
    private static final JsonMapper MAPPER = new JsonMapper();

    static Checkpoint start(ReconciliationRequest request, Instant now) {
        return new Checkpoint(request, 0, null, Totals.NONE, now.toString());
    }

    Checkpoint at(@Nullable String next, Totals more) {
        return new Checkpoint(request, pass, next, totals.plus(more), begun);
    }

    Checkpoint nextPass(Totals more) {
        return new Checkpoint(request, pass + 1, null, totals.plus(more), begun);
    }

    String json() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Checkpoint read(String json) {
        try {
            return MAPPER.readValue(json, Checkpoint.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
