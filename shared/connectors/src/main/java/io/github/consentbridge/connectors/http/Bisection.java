package io.github.consentbridge.connectors.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends elements in one request and, if that fails, in smaller and smaller ones, until each element that makes a request
 * fail is alone. One bad element among N costs about 2 log2 N further requests. Elements may be sent several times.
 *
 * <p>A system that is down must not be asked N times: before the first halving a probe has to be answered, and the search
 * ends when several elements in a row have failed alone and no group has succeeded. For one use and one thread.
 *
 * @param <T> the elements
 * @param <R> what becomes of each
 */
public final class Bisection<T, R> {
    /** After so many failures without a success the smallest groups are tried first, to come to single elements. */
    private static final int MAX_WIDE = 15;

    /** After so many elements that failed alone, and no success, the system is at fault. */
    private static final int MAX_ALONE = 8;

    /** The requests of one search. */
    public interface Requests<T, R> {
        /**
         * Sends a group in one request.
         *
         * @return one result per element, in order
         * @throws RemoteException if it fails as a whole
         */
        List<R> send(List<T> group);

        /** The result of an element that failed alone. */
        R alone(T element, RemoteException failure);

        /** The result of an element that was not sent, or not alone, because the system failed. */
        R stopped(T element, RemoteException failure);

        /** Asks the system for something harmless; throws a {@link RemoteException} if it does not answer. */
        void probe();

        /** Whether this failure concerns all elements, so that halving makes no sense. */
        default boolean concernsAll(RemoteException failure) {
            return !failure.canConcernOneRecord();
        }
    }

    private record Range(int from, int to) {
        int size() {
            return to - from;
        }
    }

    private final Requests<T, R> requests;
    private final List<T> elements;
    private final List<@Nullable R> results;
    private final Deque<Range> open = new ArrayDeque<>();
    private @Nullable RemoteException stopped;
    private int successes;
    private int failures;
    private int alone;
    private boolean probed;

    /** Sends nothing yet. */
    public Bisection(List<T> elements, Requests<T, R> requests) {
        this.elements = List.copyOf(elements);
        this.requests = requests;
        this.results = new ArrayList<>();
        elements.forEach(element -> results.add(null));
    }

    /** Sends all elements; returns one result per element, in order. */
    public List<R> send() {
        if (!elements.isEmpty()) {
            open.add(new Range(0, elements.size()));
        }
        while (!open.isEmpty() && stopped == null) {
            send(isWide() ? open.removeFirst() : open.removeLast());
        }
        List<R> all = new ArrayList<>();
        for (int index = 0; index < results.size(); index++) {
            @Nullable R result = results.get(index);
            all.add(result == null ? requests.stopped(elements.get(index), cause()) : result);
        }
        return all;
    }

    /** After an outage a success is looked for among the largest groups first; a refusal says that the system answers. */
    private boolean isWide() {
        return probed && (successes > 0 || failures <= MAX_WIDE);
    }

    /** Why the search ended early; empty if every element was sent. */
    public Optional<RemoteException> stopCause() {
        return Optional.ofNullable(stopped);
    }

    /** Whether a request was answered, so that what failed beside it is not the system's failure. */
    public boolean hasSuccess() {
        return successes > 0;
    }

    private RemoteException cause() {
        if (stopped == null) {
            throw new IllegalStateException("an element has no result");
        }
        return stopped;
    }

    private void send(Range range) {
        List<T> group = elements.subList(range.from(), range.to());
        try {
            List<R> sent = failures == 0 ? shared(group) : SingleTry.during(() -> shared(group));
            for (int index = 0; index < sent.size(); index++) {
                results.set(range.from() + index, sent.get(index));
            }
            successes++;
        } catch (RemoteException failure) {
            failed(range, failure);
        }
    }

    /** A group without an answer leaves enough time to halve it down to its elements. */
    private List<R> shared(List<T> group) {
        int levels = Integer.SIZE - Integer.numberOfLeadingZeros(group.size());
        return Deadline.sharingRequests(levels + 2, () -> requests.send(group));
    }

    private void failed(Range range, RemoteException failure) {
        failures++;
        if (requests.concernsAll(failure) || Deadline.ofRequests().isOver()) {
            stopped = failure;
        } else if (range.size() > 1) {
            halve(range, failure);
        } else {
            alone += isOutage(failure) ? 1 : 0;
            results.set(range.from(), requests.alone(elements.get(range.from()), failure));
            if (alone >= MAX_ALONE && successes == 0) {
                stopped = failure;
            }
        }
    }

    private void halve(Range range, RemoteException failure) {
        if (isOutage(failure) && !probed) {
            probed = true;
            if (!isAnswering()) {
                stopped = failure;
                return;
            }
        }
        int middle = range.from() + range.size() / 2;
        Range first = new Range(range.from(), middle);
        Range second = new Range(middle, range.to());
        open.addLast(isWide() ? first : second);
        open.addLast(isWide() ? second : first);
    }

    /** A refusal is an answer. */
    private static boolean isOutage(RemoteException failure) {
        return failure.kind() == RemoteException.Kind.UNAVAILABLE;
    }

    private boolean isAnswering() {
        try {
            SingleTry.during(() -> {
                requests.probe();
                return true;
            });
            return true;
        } catch (RemoteException e) {
            return false;
        }
    }
}
