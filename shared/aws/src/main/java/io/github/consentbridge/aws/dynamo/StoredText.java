package io.github.consentbridge.aws.dynamo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.sync.storage.PackedText;
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

    /** What fits, for people. */
    static String limit() {
        return (MAX_PACKED_BYTES >> 10) + " KiB, packed";
    }

    /** Adds the text as an attribute; returns whether it fits. */
    static boolean put(Map<String, AttributeValue> item, String text) {
        if (text.getBytes(UTF_8).length <= MAX_PLAIN_BYTES) {
            item.put(TEXT, AttributeValue.fromS(text));
            return true;
        }
        byte[] packed = PackedText.pack(text);
        if (packed.length > MAX_PACKED_BYTES) {
            return false;
        }
        item.put(PACKED, AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(packed)));
        return true;
    }

    /** The text that {@link #put} added. */
    static String in(Map<String, AttributeValue> item) {
        @Nullable AttributeValue packed = item.get(PACKED);
        return packed == null
                ? item.get(TEXT).s()
                : PackedText.unpack(packed.b().asByteArrayUnsafe());
    }
}
