package io.github.consentbridge.standalone.activity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.logging.MetricSink;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What this process has counted in each minute of the last day, for the console's charts. About 2 MB when it is full. Safe for
 * use by several threads.
 */
public final class ActivityCounts implements MetricSink {
    private static final int MINUTES = 1440;
    private static final int STEP_SECONDS = 60;

    private final Clock clock;
    private final long firstMinute;
    private final @Nullable MinuteCounts[] minutes = new MinuteCounts[MINUTES];

    /** @param clock says which minute it is */
    public ActivityCounts(Clock clock) {
        this.clock = clock;
        this.firstMinute = minute();
    }

    private long minute() {
        return Math.floorDiv(clock.instant().getEpochSecond(), (long) STEP_SECONDS);
    }

    @Override
    public synchronized void count(Metric metric, Side towards, double amount) {
        if (isShown(metric)) {
            current().add(metric, amount);
        }
    }

    private static boolean isShown(Metric metric) {
        return switch (metric) {
            case DELIVERIES_ACCEPTED,
                    DELIVERIES_IGNORED,
                    DELIVERIES_REFUSED,
                    DELIVERIES_NOT_STORED,
                    DEAD_LETTERED,
                    CONTACTS_UPDATED,
                    CONTACTS_CREATED,
                    EVENTS_POSTED,
                    PROPAGATION_SECONDS -> true;
            default -> false;
        };
    }

    /** Takes what {@code GET /health} says of the queue now. */
    public synchronized void sample(JsonNode health) {
        JsonNode queue = health.path("queue");
        if (queue.path("depth").isNumber()) {
            current()
                    .queue(
                            queue.path("depth").longValue(),
                            queue.path("oldest_seconds").longValue());
        }
    }

    private MinuteCounts current() {
        long now = minute();
        int place = (int) Math.floorMod(now, (long) MINUTES);
        @Nullable MinuteCounts known = minutes[place];
        if (known == null || known.minute != now) {
            known = new MinuteCounts(now);
            minutes[place] = known;
        }
        return known;
    }

    /**
     * The minutes up to the present one, which has not ended, the oldest first: {@code
     * {"available":true,"note":null,"from","step_seconds":60,"deliveries":{…},"applied":{…},"queue":{…},"propagation":{…}}}. A minute
     * before the process started is null.
     *
     * @param count at most 1440
     */
    public synchronized ObjectNode json(int count) {
        long last = minute();
        long first = last - Math.min(count, MINUTES) + 1;
        ObjectNode node =
                JsonNodeFactory.instance.objectNode().put("available", true).putNull("note");
        node.put("from", Instant.ofEpochSecond(first * STEP_SECONDS).toString()).put("step_seconds", STEP_SECONDS);
        List<@Nullable MinuteCounts> shown =
                LongStream.rangeClosed(first, last).mapToObj(this::of).toList();
        ObjectNode deliveries = node.putObject("deliveries");
        sums(deliveries, "accepted", shown, Metric.DELIVERIES_ACCEPTED);
        sums(deliveries, "ignored", shown, Metric.DELIVERIES_IGNORED);
        sums(deliveries, "refused", shown, Metric.DELIVERIES_REFUSED);
        sums(deliveries, "not_stored", shown, Metric.DELIVERIES_NOT_STORED);
        sums(deliveries, "dead_lettered", shown, Metric.DEAD_LETTERED);
        ObjectNode applied = node.putObject("applied");
        sums(applied, "contacts", shown, Metric.CONTACTS_UPDATED, Metric.CONTACTS_CREATED);
        sums(applied, "events", shown, Metric.EVENTS_POSTED);
        ObjectNode queue = node.putObject("queue");
        put(queue, "depth", shown, MinuteCounts::depth);
        put(queue, "oldest_seconds", shown, MinuteCounts::oldestSeconds);
        ObjectNode propagation = node.putObject("propagation");
        put(propagation, "p50", shown, minute -> minute.percentile(0.5));
        put(propagation, "p99", shown, minute -> minute.percentile(0.99));
        return node;
    }

    /** Null before the process started; an empty one where nothing was counted. */
    private @Nullable MinuteCounts of(long minute) {
        if (minute < firstMinute) {
            return null;
        }
        @Nullable MinuteCounts known = minutes[(int) Math.floorMod(minute, (long) MINUTES)];
        return known != null && known.minute == minute ? known : new MinuteCounts(minute);
    }

    private static void sums(ObjectNode node, String name, List<@Nullable MinuteCounts> minutes, Metric... metrics) {
        put(node, name, minutes, minute -> minute.sum(metrics));
    }

    private static void put(
            ObjectNode node,
            String name,
            List<@Nullable MinuteCounts> minutes,
            Function<MinuteCounts, @Nullable Number> value) {
        ArrayNode list = node.putArray(name);
        for (@Nullable MinuteCounts minute : minutes) {
            @Nullable Number number = minute == null ? null : value.apply(minute);
            if (number == null) {
                list.addNull();
            } else if (number instanceof Double seconds) {
                list.add(seconds);
            } else {
                list.add(number.longValue());
            }
        }
    }
}
