package io.github.consentbridge.aws.dynamo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.sync.storage.PackedText;
import io.github.consentbridge.sync.storage.StorageException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A text as an attribute of an item: {@code text}, readable in the console, or {@code packed} if it is large.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html">Size of an item</a>
 */
final class StoredText {
    private static final String TEXT = "text";
    private static final String PACKED = "packed";

    private static final int MAX_PLAIN_BYTES = 64 << 10;

    /** An item may have 400 KB, including names and other attributes. */
    private static final int MAX_PACKED_BYTES = 390 << 10;

    private StoredText() {}

    /** @throws StorageException if the packed text is too large */
    static void put(Map<String, AttributeValue> item, String text) {
        if (text.getBytes(UTF_8).length <= MAX_PLAIN_BYTES) {
            item.put(TEXT, AttributeValue.fromS(text));
            return;
        }
        byte[] packed = PackedText.pack(text);
        if (packed.length > MAX_PACKED_BYTES) {
            throw new StorageException("an entry of %d KiB, packed, is too large for a DynamoDB item: map fewer columns"
                    .formatted(packed.length >> 10));
        }
        item.put(PACKED, AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(packed)));
    }

    /** The text that {@link #put} added. */
    static String in(Map<String, AttributeValue> item) {
        @Nullable AttributeValue packed = item.get(PACKED);
        return packed == null
                ? item.get(TEXT).s()
                : PackedText.unpack(packed.b().asByteArrayUnsafe());
    }
}
