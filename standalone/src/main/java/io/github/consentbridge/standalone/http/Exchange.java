package io.github.consentbridge.standalone.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.sync.intake.RequestBody;
import io.github.consentbridge.sync.intake.RequestHead;
import io.github.consentbridge.sync.intake.WebhookReply;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * One request and its only answer: the first that is given counts, further ones are dropped. A sender that is still sending
 * gets the answer too: what it sends afterwards is read and discarded for a while. Safe for use by several threads.
 */
public final class Exchange {
    private static final WebhookReply TOO_SLOW =
            WebhookReply.json(408, "{\"status\":\"refused\",\"reason\":\"the body took too long to arrive\"}");
    private static final WebhookReply NO_ROOM = WebhookReply.json(
            503, "{\"status\":\"unavailable\",\"reason\":\"too many large requests, send it again\"}");

    private final RequestHead head;
    private final String query;
    private final Response response;
    private final Callback callback;
    private final OpenConnection connection;
    private final HttpLimits limits;
    private final BodyReader body;
    private final AtomicBoolean answered = new AtomicBoolean();

    Exchange(
            RequestHead head,
            Request request,
            Response response,
            Callback callback,
            OpenConnection connection,
            HttpLimits limits,
            LargeBodies large) {
        this.head = head;
        this.query = Objects.requireNonNullElse(request.getHttpURI().getQuery(), "");
        this.response = response;
        this.callback = callback;
        this.connection = connection;
        this.limits = limits;
        this.body = new BodyReader(request, large);
    }

    public RequestHead head() {
        return head;
    }

    /** The query as it was sent, without the question mark; empty if there is none. */
    public String query() {
        return query;
    }

    boolean isAnswered() {
        return answered.get();
    }

    /** Gives another answer unless there is one in time. */
    void answerWithin(Duration time, WebhookReply otherwise) {
        connection.awaitAnswer(time, () -> reply(otherwise));
        endIfAnswered();
    }

    /** An answer that was given meanwhile, because time was up, has the last word on what the connection waits for. */
    private void endIfAnswered() {
        if (isAnswered()) {
            connection.awaitEnd();
        }
    }

    /**
     * Reads the body as it arrives, without a thread, and goes on with it on a thread of the pool. A body that takes too long
     * is answered 408; one that finds no room in memory, 503. Called at most once.
     *
     * @param maxBytes how many are read; of a body with more, the rest is discarded
     */
    public void readBody(int maxBytes, WorkerPool pool, Consumer<RequestBody> then) {
        Receiving receiving = new Receiving(maxBytes, pool, then);
        if (head.contentLength().orElse(0) > maxBytes) {
            receiving.tooLarge();
        } else if (!isAnswered()) {
            body.read(maxBytes, receiving);
        }
        receiving.goOnHere();
    }

    private final class Receiving implements BodyReader.Receiver {
        private final int maxBytes;
        private final WorkerPool pool;
        private final Consumer<RequestBody> then;
        private final long begun = System.nanoTime();
        private @Nullable Thread asking = Thread.currentThread();
        private @Nullable RequestBody ready;

        Receiving(int maxBytes, WorkerPool pool, Consumer<RequestBody> then) {
            this.maxBytes = maxBytes;
            this.pool = pool;
            this.then = then;
        }

        @Override
        public void progress() {
            Duration left = limits.body().minusNanos(System.nanoTime() - begun);
            connection.awaitBody(
                    left.compareTo(limits.bodyIdle()) < 0 ? left : limits.bodyIdle(), () -> giveUp(TOO_SLOW));
            endIfAnswered();
        }

        @Override
        public void waitForRoom() {
            connection.awaitBody(limits.room(), () -> giveUp(NO_ROOM));
            endIfAnswered();
        }

        private void giveUp(WebhookReply reply) {
            reply(reply);
            body.forget();
        }

        @Override
        public void whole(byte[] bytes) {
            goOn(bytes.length > maxBytes ? RequestBody.tooLarge(maxBytes) : RequestBody.of(bytes));
        }

        @Override
        public void tooLarge() {
            goOn(RequestBody.tooLarge(maxBytes));
        }

        /** What has come at once is handled by the thread that asked for it, after it has finished reading. */
        private void goOn(RequestBody received) {
            if (Thread.currentThread() == asking) {
                ready = received;
            } else {
                goOnLater(received);
            }
        }

        void goOnHere() {
            asking = null;
            @Nullable RequestBody received = ready;
            ready = null;
            if (received == null) {
                return;
            }
            if (!pool.runHere(Exchange.this, () -> handle(received))) {
                goOnLater(received);
            }
        }

        private void goOnLater(RequestBody received) {
            if (!pool.run(Exchange.this, () -> handle(received))) {
                body.forget();
            }
        }

        private void handle(RequestBody received) {
            try {
                if (!isAnswered()) {
                    then.accept(received);
                }
            } finally {
                body.forget();
            }
        }

        @Override
        public void broken(Throwable failure) {
            body.forget();
            if (answered.compareAndSet(false, true)) {
                callback.failed(failure);
            }
        }
    }

    /** Answers the request. Does not wait until the answer has been sent. */
    public void reply(WebhookReply reply) {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        connection.awaitEnd();
        // Who waits for "100 Continue" has not sent the body, and will not when it sees the answer.
        boolean waits = head.header("expect").isPresent() && body.isUntouched();
        if (!waits) {
            body.discard();
        }
        if (waits || !body.hasEnded()) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        begin(reply);
        response.write(
                true,
                ByteBuffer.wrap(reply.body().getBytes(UTF_8)),
                Callback.from(() -> afterAnswer(waits), callback::failed));
    }

    private void begin(WebhookReply reply) {
        response.setStatus(reply.status());
        reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    }

    private void afterAnswer(boolean bodyIsWithheld) {
        if (bodyIsWithheld) {
            end();
        } else {
            body.whenEnded(this::end);
        }
    }

    private void end() {
        connection.awaitNextHead();
        callback.succeeded();
    }

    /**
     * Begins an answer that is written piece by piece. Each write blocks until the peer has taken it, and fails when the peer
     * has gone. Closing the stream ends the answer.
     *
     * @param head what the answer begins with; its body is not used
     * @throws IOException if the request has been answered
     */
    public OutputStream stream(WebhookReply head) throws IOException {
        if (!answered.compareAndSet(false, true)) {
            throw new IOException("the request has been answered");
        }
        connection.awaitAnswer();
        begin(head);
        return new Stream(Content.Sink.asOutputStream(response));
    }

    private final class Stream extends OutputStream {
        private final OutputStream out;

        Stream(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int one) throws IOException {
            out.write(one);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() {
            try {
                out.close();
                end();
            } catch (IOException e) {
                callback.failed(e);
            }
        }
    }
}
