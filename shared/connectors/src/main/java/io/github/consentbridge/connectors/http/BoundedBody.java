package io.github.consentbridge.connectors.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Collects an answer and fails as soon as it is too large. Java 17 has no {@code BodyHandlers.limiting}. Keeps what it
 * received in pieces: a buffer that grows would take up to three times as much.
 */
final class BoundedBody implements BodySubscriber<byte[]> {
    private final int maxBytes;
    private final List<byte[]> received = new ArrayList<>();
    private int size;
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    BoundedBody(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        newSubscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (size + (long) buffer.remaining() > maxBytes) {
                if (subscription != null) {
                    subscription.cancel();
                }
                received.clear();
                body.completeExceptionally(new AnswerTooLargeException(maxBytes));
                return;
            }
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            received.add(bytes);
            size += bytes.length;
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        ByteBuffer all = ByteBuffer.allocate(size);
        received.forEach(all::put);
        received.clear();
        body.complete(all.array());
    }
}
