package io.github.consentbridge.aws.dynamo;

import static io.github.consentbridge.aws.dynamo.DynamoTable.number;

import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.sync.ledger.Pauses;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Pauses in DynamoDB, one item per system, all read in one request. The result is cached for a second, because it is
 * needed for each person and a pause lasts at least seconds.
 */
public final class DynamoPauses implements Pauses {
    private static final String UNTIL = "paused_until";
    private static final List<String> IDS =
            Stream.of(RemoteSystem.values()).map(DynamoPauses::id).toList();

    private static final Duration REMEMBERED = Duration.ofSeconds(1);

    private final DynamoTable table;
    private final Clock clock;
    private volatile @Nullable Known known;

    private record Known(Map<RemoteSystem, Instant> pauses, Instant readAt) {}

    public DynamoPauses(DynamoTable table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    private static String id(RemoteSystem system) {
        return "pause:" + system.name();
    }

    @Override
    public Map<RemoteSystem, Instant> pausedUntil() {
        Instant now = clock.instant();
        @Nullable Known last = known;
        if (last == null || !now.isBefore(last.readAt().plus(REMEMBERED))) {
            last = new Known(read(), now);
            known = last;
        }
        return last.pauses();
    }

    private Map<RemoteSystem, Instant> read() {
        Map<String, Map<String, AttributeValue>> items = table.get(IDS);
        Map<RemoteSystem, Instant> pauses = new EnumMap<>(RemoteSystem.class);
        for (RemoteSystem system : RemoteSystem.values()) {
            @Nullable Long until = number(items.getOrDefault(id(system), Map.of()), UNTIL);
            if (until != null) {
                pauses.put(system, Instant.ofEpochMilli(until));
            }
        }
        return Map.copyOf(pauses);
    }

    /** If the condition fails, there already is a pause that is at least as long. */
    @Override
    public void pause(RemoteSystem system, Instant until) {
        table.update(
                id(system),
                update -> update.updateExpression("SET paused_until = :until")
                        .conditionExpression("attribute_not_exists(paused_until) OR paused_until < :until")
                        .expressionAttributeValues(Map.of(":until", number(until.toEpochMilli()))));
        known = null;
    }

    @Override
    public boolean replace(RemoteSystem system, Instant pause, Instant until) {
        boolean replaced = table.update(
                id(system),
                update -> update.updateExpression("SET paused_until = :until")
                        .conditionExpression("paused_until = :known")
                        .expressionAttributeValues(Map.of(
                                ":until", number(until.toEpochMilli()), ":known", number(pause.toEpochMilli()))));
        known = null;
        return replaced;
    }

    /** Removes the attribute, not the item: the condition of {@link #pause} holds for both. */
    @Override
    public boolean end(RemoteSystem system, Instant pause) {
        boolean ended = table.update(
                id(system),
                update -> update.updateExpression("REMOVE paused_until")
                        .conditionExpression("paused_until = :known")
                        .expressionAttributeValues(Map.of(":known", number(pause.toEpochMilli()))));
        known = null;
        return ended;
    }

    /** Repeats if the pause is changed between reading and ending it; each repeat means that somebody else got on. */
    @Override
    public Optional<Instant> lift(RemoteSystem system) {
        while (true) {
            @Nullable Instant pause = read().get(system);
            if (pause == null || end(system, pause)) {
                return Optional.ofNullable(pause);
            }
        }
    }
}
