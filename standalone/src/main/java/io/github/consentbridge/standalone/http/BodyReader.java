package io.github.consentbridge.standalone.http;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Reads one request's body as it arrives and holds no thread meanwhile: for a receiver, or only to discard it. Safe for use
 * by several threads.
 */
final class BodyReader {
    /** How much of a body is discarded for the sake of an answer. */
    private static final int MAX_DISCARDED = 1 << 24;

    private final Request request;
    private final LargeBodies large;
    private final Received received;
    private State state = State.NOT_BEGUN;
    private @Nullable Receiver receiver;
    private @Nullable Runnable whenEnded;
    private LargeBodies.@Nullable Place place;
    private int maxBytes;
    private int discarded;

    private enum State {
        NOT_BEGUN,
        READING,
        WAITING_FOR_ROOM,
        ENDED
    }

    /** What becomes of a body: one of the last three is called, once. None may block. */
    interface Receiver {
        /** A part has arrived, or is waited for. */
        void progress();

        /** It is large, and others have to be done first. */
        void waitForRoom();

        void whole(byte[] bytes);

        void tooLarge();

        /** The sender has broken off. */
        void broken(Throwable failure);
    }

    /** What follows from a part of the body. */
    private enum Next {
        GO_ON,
        END,
        NOTHING
    }

    BodyReader(Request request, LargeBodies large) {
        this.request = request;
        this.large = large;
        this.received = new Received(request.getLength());
    }

    /** Reads the body, at most so many bytes of it. */
    void read(int mostBytes, Receiver to) {
        synchronized (this) {
            receiver = to;
            maxBytes = mostBytes;
            state = State.READING;
        }
        pump();
    }

    /** From now on, what is left is discarded. Reads what has arrived. */
    void discard() {
        synchronized (this) {
            receiver = null;
            received.clear();
            if (state == State.READING || state == State.ENDED) {
                return;
            }
            state = State.READING;
        }
        pump();
    }

    /** Whether none of it has been asked for. */
    synchronized boolean isUntouched() {
        return state == State.NOT_BEGUN;
    }

    synchronized boolean hasEnded() {
        return state == State.ENDED;
    }

    /** Runs this once nothing more is read, perhaps at once. */
    void whenEnded(Runnable then) {
        synchronized (this) {
            if (state != State.ENDED) {
                whenEnded = then;
                return;
            }
        }
        then.run();
    }

    /** The body's memory can be used for another one. */
    void forget() {
        LargeBodies.@Nullable Place held;
        synchronized (this) {
            held = place;
        }
        if (held != null) {
            held.giveBack();
        }
    }

    private void resume() {
        synchronized (this) {
            if (state != State.WAITING_FOR_ROOM) {
                return;
            }
            state = State.READING;
        }
        pump();
    }

    /** On one thread at a time: Jetty calls it again only after a demand. */
    private void pump() {
        Next next = Next.GO_ON;
        while (next == Next.GO_ON) {
            tell(Receiver::progress);
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this::pump);
                return;
            }
            next = Content.Chunk.isFailure(chunk) ? fail(chunk.getFailure()) : take(chunk);
        }
        if (next == Next.END) {
            end(to -> to.whole(received.take()));
        }
    }

    private Next fail(Throwable failure) {
        end(to -> to.broken(failure));
        return Next.NOTHING;
    }

    private Next take(Content.Chunk chunk) {
        boolean last = chunk.isLast();
        boolean fits = append(chunk.getByteBuffer());
        chunk.release();
        if (!fits) {
            refuse();
        }
        if (last || discarded > MAX_DISCARDED) {
            return Next.END;
        }
        return hasRoom() ? Next.GO_ON : Next.NOTHING;
    }

    private synchronized boolean append(ByteBuffer bytes) {
        if (receiver == null) {
            discarded += bytes.remaining();
            return true;
        }
        boolean fits = received.size() + bytes.remaining() <= maxBytes;
        if (fits) {
            received.add(bytes);
        }
        return fits;
    }

    private synchronized boolean hasRoom() {
        if (receiver == null || received.size() < LargeBodies.SMALL_BYTES) {
            return true;
        }
        if (place != null) {
            return true;
        }
        receiver.waitForRoom();
        place = large.ask(this::resume);
        // From here on, resume() may wait for this lock: it goes on only if this call did not.
        boolean granted = place.isGranted();
        state = granted ? State.READING : State.WAITING_FOR_ROOM;
        return granted;
    }

    private void refuse() {
        @Nullable Receiver to;
        synchronized (this) {
            to = receiver;
            receiver = null;
            received.clear();
        }
        if (to != null) {
            to.tooLarge();
        }
    }

    private void tell(Consumer<Receiver> news) {
        @Nullable Receiver to;
        synchronized (this) {
            to = receiver;
        }
        if (to != null) {
            news.accept(to);
        }
    }

    private void end(Consumer<Receiver> news) {
        @Nullable Receiver to;
        @Nullable Runnable then;
        synchronized (this) {
            to = receiver;
            receiver = null;
            then = whenEnded;
            state = State.ENDED;
        }
        if (to != null) {
            news.accept(to);
        }
        if (then != null) {
            then.run();
        }
    }
}
