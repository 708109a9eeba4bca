package io.github.consentbridge.simulators.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Scripted faults per kind of request, used in order. Thread-safe. */
public final class Faults {
    private final Map<RouteKind, Deque<Fault>> next = new EnumMap<>(RouteKind.class);
    private final Map<RouteKind, Fault> always = new EnumMap<>(RouteKind.class);
    private final List<RecordFault> ofRecords = new ArrayList<>();

    private record RecordFault(RouteKind kind, String text, Fault fault) {}

    /** The next requests of this kind get these faults, one each. */
    public synchronized Faults next(RouteKind kind, Fault... faults) {
        Deque<Fault> queue = next.computeIfAbsent(kind, any -> new ArrayDeque<>());
        queue.addAll(List.of(faults));
        return this;
    }

    /** Every request of this kind gets this fault after those of {@link #next} are used. */
    public synchronized Faults always(RouteKind kind, Fault fault) {
        always.put(kind, fault);
        return this;
    }

    /**
     * One record that always fails: every request of this kind whose address or body contains this text gets this fault,
     * before all other faults. A part of a batch is a request of its own kind, so only that part fails; a bulk request
     * fails as a whole as long as the record is in it.
     *
     * @param text what names the record, for example its key or its contact's id, as it is before encoding
     */
    public synchronized Faults whenHolding(RouteKind kind, String text, Fault fault) {
        ofRecords.add(new RecordFault(kind, text, fault));
        return this;
    }

    public synchronized void clear() {
        next.clear();
        always.clear();
        ofRecords.clear();
    }

    /** The number of unused faults of {@link #next}. */
    public synchronized int remaining() {
        return next.values().stream().mapToInt(Deque::size).sum();
    }

    /** Answers the call with the service or with the next fault. */
    public Reply answer(Service service, RouteKind kind, Call call) {
        Optional<Fault> fault = ofRecord(kind, call).or(() -> take(kind));
        if (fault.isEmpty()) {
            return service.answer(call);
        }
        try {
            return fault.get().apply(() -> service.answer(call), service::error);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectionDropped();
        }
    }

    private synchronized Optional<Fault> ofRecord(RouteKind kind, Call call) {
        return ofRecords.stream()
                .filter(record -> record.kind() == kind || record.kind() == RouteKind.ANY)
                .filter(record -> call.holds(record.text()))
                .map(RecordFault::fault)
                .findFirst();
    }

    private synchronized Optional<Fault> take(RouteKind kind) {
        for (RouteKind candidate : new RouteKind[] {kind, RouteKind.ANY}) {
            Deque<Fault> queue = next.get(candidate);
            if (queue != null && !queue.isEmpty()) {
                return Optional.of(queue.remove());
            }
        }
        return Optional.ofNullable(always.getOrDefault(kind, always.get(RouteKind.ANY)));
    }
}
