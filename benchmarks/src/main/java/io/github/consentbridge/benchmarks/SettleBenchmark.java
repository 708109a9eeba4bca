package io.github.consentbridge.benchmarks;

import io.github.consentbridge.mapping.column.ColumnCodec;
import io.github.consentbridge.mapping.column.ColumnType;
import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.ContactState;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.DidomiPath;
import io.github.consentbridge.mapping.document.Direction;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.document.Regulation;
import io.github.consentbridge.mapping.document.Wins;
import io.github.consentbridge.mapping.settle.ContactMapping;
import io.github.consentbridge.mapping.settle.MappedColumn;
import io.github.consentbridge.mapping.settle.Person;
import io.github.consentbridge.mapping.settle.SettleInput;
import io.github.consentbridge.mapping.settle.Settlement;
import io.github.consentbridge.mapping.settle.Settler;
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

/** Measures settlements per second on one core: one person, one purpose, one column. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class SettleBenchmark {
    private static final Instant AT = Instant.parse("2026-03-01T08:00:00Z");
    private static final AttributeName COLUMN = new AttributeName("new_newsletter");

    private final Mapping mapping = new Mapping(
            COLUMN,
            new DidomiPath.Purpose("newsletter"),
            false,
            Map.of(),
            Direction.BOTH,
            Regulation.GDPR,
            Wins.NEWEST);
    private final ConsentRecordId recordId = ConsentRecordId.of(mapping);
    private final Settler settler = new Settler(
            ContactMapping.of(List.of(new MappedColumn(mapping, ColumnCodec.of(mapping, new ColumnType.Bool())))));
    private final ContactState granted = new ContactState("c", "W/1", new Stamp(1, AT), Map.of(COLUMN, true));
    private final Person known = settler.settle(
                    Person.unknown(new OrganizationUserId("ada")),
                    SettleInput.reported(List.of(choice(true, AT)), List.of(), granted))
            .person();
    private final SettleInput refusal =
            SettleInput.reported(List.of(choice(false, AT.plusSeconds(5))), List.of(), granted);
    private final SettleInput repeated = SettleInput.reported(List.of(choice(true, AT)), List.of(), granted);

    private Choice choice(boolean value, Instant at) {
        return Choice.inDidomi(recordId, "u-1", ConsentValue.of(value), at, "d-1");
    }

    /** A newer choice: the ledger changes and a column is written. */
    @Benchmark
    public Settlement newerChoice() {
        return settler.settle(known, refusal);
    }

    /** The same delivery again: nothing changes. */
    @Benchmark
    public Settlement repeatedDelivery() {
        return settler.settle(known, repeated);
    }
}
