package io.github.consentbridge.sync.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A request's body: its text exactly as it was sent, or the answer that refuses it. Immutable. */
public final class RequestBody {
    /** Of a body that is read, in UTF-8. */
    public static final int MAX_BYTES = 1 << 20;

    private static final int MAX_BASE64 = (MAX_BYTES + 2) / 3 * 4;

    private final String text;
    private final @Nullable Answer refusal;

    private RequestBody(String text, @Nullable Answer refusal) {
        this.text = text;
        this.refusal = refusal;
    }

    /** A body that is not read any further. */
    public static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Answer answer;

        RefusedException(Answer answer) {
            super(answer.reason(), null, false, false);
            this.answer = answer;
        }

        /** What its sender gets to know. */
        public Answer answer() {
            return answer;
        }
    }

    /** The body of these bytes, which are not kept. */
    public static RequestBody of(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            return tooLarge(MAX_BYTES);
        }
        try {
            // A new decoder reports what is wrong instead of replacing it.
            return new RequestBody(
                    UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString(), null);
        } catch (CharacterCodingException e) {
            return refused(Answer.NOT_TEXT);
        }
    }

    /** The body of a host that has decoded it already. */
    public static RequestBody of(String text) {
        if (text.length() > MAX_BYTES) {
            return tooLarge(MAX_BYTES);
        }
        try {
            int bytes = UTF_8.newEncoder().encode(CharBuffer.wrap(text)).remaining();
            return bytes > MAX_BYTES ? tooLarge(MAX_BYTES) : new RequestBody(text, null);
        } catch (CharacterCodingException e) {
            return refused(Answer.NOT_TEXT);
        }
    }

    /** The body of a host that passes it on in Base64. */
    public static RequestBody ofBase64(String encoded) {
        if (encoded.length() > MAX_BASE64) {
            return tooLarge(MAX_BYTES);
        }
        try {
            return of(Base64.getDecoder().decode(encoded));
        } catch (IllegalArgumentException e) {
            return refused(Answer.NOT_TEXT);
        }
    }

    /**
     * A body of which no more is read.
     *
     * @param maxBytes how many bytes were allowed
     */
    public static RequestBody tooLarge(int maxBytes) {
        return refused(Answer.largerThan(maxBytes));
    }

    private static RequestBody refused(Answer answer) {
        return new RequestBody("", answer);
    }

    /**
     * The text; empty if there is no body.
     *
     * @throws RefusedException if the body is too large, not strictly UTF-8, or not Base64 although it should be
     */
    public String text() throws RefusedException {
        if (refusal != null) {
            throw new RefusedException(refusal);
        }
        return text;
    }
}
