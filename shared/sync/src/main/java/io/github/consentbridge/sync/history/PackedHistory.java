package io.github.consentbridge.sync.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.sync.storage.PackedText;
import java.io.ByteArrayOutputStream;
import java.util.zip.Adler32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A few history entries made small: zlib with a dictionary of what entries have in common, which is most of them. A person's
 * first entries take half of the bytes that they would take without it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1950">RFC 1950, preset dictionary</a>
 */
public final class PackedHistory {
    /**
     * What is packed with it can be read only with it: it must stay as it is for ever. A better one would be another
     * dictionary beside it; the packed bytes name theirs by its checksum.
     */
    private static final byte[] WORDS = """
            "kind":"erasure","kind":"revoked","kind":"corrected"\
            " no longer has this choice"\
            "the inferred choice was none, or is the one that was then reported"\
            "stands again, or stood before this history began"\
            "a newer choice was already known when this one was reported"\
            "its answer had been lost; it was found when the value was read again"\
            "newer than the choice in Didomi of 20"newer than the choice in Dynamics of 20"row_version":\
            "by":"user "by":"event "delivery":"audit history, user "kind":"event","event":"\
            "kind":"superseded","record":"gdpr|preference:"gdpr|purpose:/preference:/channel:
            {"n":3,"previous":"","previous_at":"2026-01-01T00:00:00.000Z","at":"2026-01-01T00:00:00.000Z",\
            "kind":"write","record":"gdpr|purpose:","side":"dynamics","replica":"new_","value":false,"contact":"",\
            "before":null,"before":true,"before":false,"column_value":true,"column_value":false}
            {"n":2,"previous":"","previous_at":"2026-01-01T00:00:00.000Z","at":"2026-01-01T00:00:00.000Z",\
            "kind":"observed","record":"gdpr|purpose:","side":"dynamics","replica":"","value":true}
            {"n":1,"at":"2026-01-01T00:00:00.000Z","kind":"choice","record":"gdpr|purpose:","side":"didomi",\
            "replica":"","value":true,"decided_at":"2026-01-01T00:00:00.000Z","not_before":"1970-01-01T00:00:00Z",\
            "delivery":"unreported change","reason":"only Dynamics has a choice"only Didomi has a choice; no delivery \
            reported it, so it may have been made earlier"}""".getBytes(UTF_8);

    private static final int WORDS_CHECKSUM = checksum(WORDS);
    private static final byte GZIP = 0x1f;
    private static final int BUFFER = 2048;

    /** Each save packs a few lines, and the tables of a new one take longer than the lines. */
    private static final ThreadLocal<Deflater> DEFLATER = ThreadLocal.withInitial(Deflater::new);

    private PackedHistory() {}

    private static int checksum(byte[] bytes) {
        Adler32 checksum = new Adler32();
        checksum.update(bytes);
        return (int) checksum.getValue();
    }

    /** The lines as bytes. */
    public static byte[] pack(String lines) {
        Deflater deflater = DEFLATER.get();
        deflater.reset();
        deflater.setDictionary(WORDS);
        deflater.setInput(lines.getBytes(UTF_8));
        deflater.finish();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER];
        while (!deflater.finished()) {
            packed.write(buffer, 0, deflater.deflate(buffer));
        }
        return packed.toByteArray();
    }

    /**
     * Reads what {@link #pack} wrote, and what {@link PackedText#pack} did before there was a dictionary.
     *
     * @throws IllegalArgumentException if it is something else, or unpacks to more than we ever pack
     */
    public static String unpack(byte[] packed) {
        if (packed.length > 0 && packed[0] == GZIP) {
            return PackedText.unpack(packed);
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed);
            return unpack(inflater);
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("a packed history is not one of ours", e);
        } finally {
            inflater.end();
        }
    }

    private static String unpack(Inflater inflater) throws DataFormatException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER];
        while (!inflater.finished()) {
            int length = inflater.inflate(buffer);
            if (inflater.needsDictionary() && inflater.getAdler() == WORDS_CHECKSUM) {
                inflater.setDictionary(WORDS);
            } else if (length == 0 && !inflater.finished()) {
                throw new DataFormatException("it is cut off, or has another dictionary");
            }
            lines.write(buffer, 0, length);
            if (lines.size() > PackedText.MAX_BYTES) {
                throw new DataFormatException("it is larger than 8 MiB");
            }
        }
        return lines.toString(UTF_8);
    }
}
