package io.github.consentbridge.standalone.http;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * The places for large bodies: reading one needs several times its size. Those that wait for a place get it in the order in
 * which they came, and occupy no thread meanwhile. Safe for use by several threads.
 */
final class LargeBodies {
    /** Most bodies are smaller and need no place. */
    static final int SMALL_BYTES = 1 << 16;

    private static final long HEAP_PER_PLACE = 10L << 20;

    private final Queue<Place> waiting = new ArrayDeque<>();
    private int free;

    LargeBodies(int places) {
        this.free = places;
    }

    /** As many places as this process has memory for. */
    static LargeBodies ofHeap() {
        return new LargeBodies((int)
                Math.max(4, Math.min(64, Runtime.getRuntime().maxMemory() / HEAP_PER_PLACE)));
    }

    /** A place that was asked for. */
    final class Place {
        private final Runnable whenGranted;
        private boolean granted;
        private boolean over;

        private Place(Runnable whenGranted) {
            this.whenGranted = whenGranted;
        }

        boolean isGranted() {
            synchronized (LargeBodies.this) {
                return granted;
            }
        }

        /** Gives it back, or stops waiting for it. A repeat does nothing. */
        void giveBack() {
            end(this).ifPresent(next -> next.whenGranted.run());
        }
    }

    /**
     * Asks for a place.
     *
     * @param whenGranted is run once the place is granted later, not if it is granted at once; must not block
     */
    synchronized Place ask(Runnable whenGranted) {
        Place place = new Place(whenGranted);
        if (free > 0) {
            free--;
            place.granted = true;
        } else {
            waiting.add(place);
        }
        return place;
    }

    /** Who has the place now. */
    private synchronized Optional<Place> end(Place place) {
        if (place.over) {
            return Optional.empty();
        }
        place.over = true;
        if (!place.granted) {
            waiting.remove(place);
            return Optional.empty();
        }
        Optional<Place> next = Optional.ofNullable(waiting.poll());
        next.ifPresentOrElse(one -> one.granted = true, () -> free++);
        return next;
    }
}
