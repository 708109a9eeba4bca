package io.github.consentbridge.benchmarks;

import io.github.consentbridge.mapping.delivery.DidomiReader;
import io.github.consentbridge.mapping.delivery.MalformedDeliveryException;
import io.github.consentbridge.mapping.delivery.Reading;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.DidomiPath;
import io.github.consentbridge.mapping.document.Direction;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.document.Regulation;
import io.github.consentbridge.mapping.document.Wins;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Measures parsed and mapped bodies per second on one core. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ReadBenchmark {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final String CREATED = """
            {"type": "event.created", "regulation": "gdpr", "parameters": {"entity": {
              "id": "6b0d0c1e-1111-4a4a-9a9a-000000000001", "organization_id": "acme",
              "created_at": "2026-02-02T08:15:30.120Z", "updated_at": "2026-02-02T08:15:30.120Z",
              "status": "confirmed", "regulation": "gdpr",
              "user": {"id": "u-1", "organization_user_id": "ada"},
              "consents": {"purposes": [{"id": "newsletter", "enabled": true}, {"id": "ads", "enabled": false}],
                           "vendors": {"enabled": [], "disabled": []}}}}}""";
    private static final String UPDATED = """
            {"type": "user.updated", "regulation": "gdpr", "parameters": {
              "source": {"id": "6b0d0c1e-1111-4a4a-9a9a-000000000001", "created_at": "2026-02-02T08:15:30.120Z",
                         "user": {"id": "u-1"},
                         "consents": {"purposes": [{"id": "newsletter", "enabled": true}]}},
              "old_entity": {"id": "u-1", "organization_user_id": "ada", "version": 4,
                             "updated_at": "2026-01-30T10:00:00.000Z",
                             "consents": {"purposes": [{"id": "newsletter", "enabled": false},
                                                       {"id": "ads", "enabled": false}]}},
              "new_entity": {"id": "u-1", "organization_user_id": "ada", "version": 5,
                             "updated_at": "2026-02-02T08:15:30.400Z",
                             "consents": {"purposes": [{"id": "newsletter", "enabled": true},
                                                       {"id": "ads", "enabled": false}]}}}}""";

    private final DidomiReader reader = new DidomiReader(List.of(purpose("newsletter"), purpose("ads")));

    private static Mapping purpose(String id) {
        return new Mapping(
                new AttributeName("new_" + id),
                new DidomiPath.Purpose(id),
                false,
                Map.of(),
                Direction.BOTH,
                Regulation.GDPR,
                Wins.NEWEST);
    }

    @Benchmark
    public Reading eventCreated() throws MalformedDeliveryException {
        return reader.read(CREATED, "d-1", NOW);
    }

    @Benchmark
    public Reading userUpdated() throws MalformedDeliveryException {
        return reader.read(UPDATED, "d-1", NOW);
    }
}
