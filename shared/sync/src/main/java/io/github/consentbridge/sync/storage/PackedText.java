package io.github.consentbridge.sync.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Texts made small with gzip, for stores that charge by size or bound it. */
public final class PackedText {
    /** Above all that we ever pack: what unpacks to more was not packed by us, and would fill the memory. */
    public static final int MAX_BYTES = 8 << 20;

    private PackedText() {}

    /** The same text always gives the same bytes on one Java platform. */
    public static byte[] pack(String text) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    /**
     * Reads what {@link #pack} wrote.
     *
     * @throws IllegalArgumentException if it is something else, or unpacks to more than 8 MiB
     */
    public static String unpack(byte[] packed) {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            byte[] bytes = gzip.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IllegalArgumentException("a packed text is larger than 8 MiB");
            }
            return new String(bytes, UTF_8);
        } catch (IOException e) {
            throw new IllegalArgumentException("a packed text is not one of ours", e);
        }
    }
}
