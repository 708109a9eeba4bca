package io.github.consentbridge.aws.sqs;

import io.github.consentbridge.aws.AwsFailure;
import io.github.consentbridge.aws.WholeSeconds;
import io.github.consentbridge.sync.storage.StorageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;

/** Hides and deletes received messages by their receipt handles. Safe for use by several threads. */
final class SqsReceipts {
    private static final int MAX_MESSAGES = 10;

    /** A message can be hidden for 12 hours from its receipt, at most 15 minutes of which a function has used. */
    private static final int MAX_SECONDS = (12 * 60 - 15) * 60;

    private final Supplier<SqsClient> sqs;
    private final String queueUrl;

    SqsReceipts(Supplier<SqsClient> sqs, String queueUrl) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
    }

    /**
     * Hides messages for this long from now; zero makes them visible.
     *
     * @throws StorageException if that failed for some of them, after all were tried; these return when their
     *     visibility timeout ends
     */
    void hide(List<String> receipts, Duration time) {
        int seconds = (int) Math.min(WholeSeconds.of(time), MAX_SECONDS);
        inTens(receipts, "changed the visibility of", tens -> {
            List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>();
            for (String receipt : tens) {
                entries.add(ChangeMessageVisibilityBatchRequestEntry.builder()
                        .id(Integer.toString(entries.size()))
                        .receiptHandle(receipt)
                        .visibilityTimeout(seconds)
                        .build());
            }
            return sqs.get()
                    .changeMessageVisibilityBatch(
                            request -> request.queueUrl(queueUrl).entries(entries))
                    .failed();
        });
    }

    /** @throws StorageException if that failed for some of them, after all were tried */
    void delete(List<String> receipts) {
        inTens(receipts, "deleted", tens -> {
            List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
            for (String receipt : tens) {
                entries.add(DeleteMessageBatchRequestEntry.builder()
                        .id(Integer.toString(entries.size()))
                        .receiptHandle(receipt)
                        .build());
            }
            return sqs.get()
                    .deleteMessageBatch(request -> request.queueUrl(queueUrl).entries(entries))
                    .failed();
        });
    }

    private static void inTens(
            List<String> receipts, String done, Function<List<String>, List<BatchResultErrorEntry>> call) {
        int failed = 0;
        String reason = "";
        @Nullable SdkException fault = null;
        for (int from = 0; from < receipts.size(); from += MAX_MESSAGES) {
            List<String> tens = receipts.subList(from, Math.min(from + MAX_MESSAGES, receipts.size()));
            try {
                List<BatchResultErrorEntry> failures = call.apply(tens);
                failed += failures.size();
                reason = failures.isEmpty() ? reason : failures.get(0).code();
            } catch (SdkException e) {
                failed += tens.size();
                reason = AwsFailure.reason(e);
                fault = e;
            }
        }
        if (failed > 0) {
            String message = "SQS has not %s %d of %d messages: %s".formatted(done, failed, receipts.size(), reason);
            throw fault == null ? new StorageException(message) : new StorageException(message, fault);
        }
    }
}
