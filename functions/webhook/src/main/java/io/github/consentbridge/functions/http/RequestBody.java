package io.github.consentbridge.functions.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;

/** The text of a request's body as it was sent, within its bounds. */
public final class RequestBody {
    /** Decoded. */
    public static final int MAX_BYTES = 1 << 20;

    private static final int MAX_BASE64 = (MAX_BYTES + 2) / 3 * 4;

    private RequestBody() {}

    /** A body that is not read any further. */
    public static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Answer answer;

        private RefusedException(Answer answer) {
            super(answer.reason(), null, false, false);
            this.answer = answer;
        }

        public Answer answer() {
            return answer;
        }
    }

    /**
     * The text of this request's body; empty where it has none.
     *
     * @throws RefusedException if it has a content encoding, or as {@link #decode}
     */
    public static String of(APIGatewayV2HTTPEvent request, Headers headers) throws RefusedException {
        String encoding = headers.value("content-encoding").orElse("identity");
        if (!encoding.strip().equalsIgnoreCase("identity")) {
            throw new RefusedException(Answer.ENCODED);
        }
        return decode(request.getBody() == null ? "" : request.getBody(), request.getIsBase64Encoded());
    }

    /**
     * Decodes a body.
     *
     * @param encoded whether it is in Base64, as API Gateway sends what it takes for binary
     * @throws RefusedException if it is too large, not Base64 or not strictly UTF-8
     */
    public static String decode(String body, boolean encoded) throws RefusedException {
        return encoded ? fromBase64(body) : checked(body);
    }

    private static String fromBase64(String body) throws RefusedException {
        if (body.length() > MAX_BASE64) {
            throw new RefusedException(Answer.TOO_LARGE);
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Answer.NOT_TEXT);
        }
        checkSize(bytes.length);
        try {
            // A new decoder reports what is wrong instead of replacing it.
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new RefusedException(Answer.NOT_TEXT);
        }
    }

    private static String checked(String body) throws RefusedException {
        checkSize(body.length());
        try {
            checkSize(UTF_8.newEncoder().encode(CharBuffer.wrap(body)).remaining());
        } catch (CharacterCodingException e) {
            throw new RefusedException(Answer.NOT_TEXT);
        }
        return body;
    }

    private static void checkSize(int bytes) throws RefusedException {
        if (bytes > MAX_BYTES) {
            throw new RefusedException(Answer.TOO_LARGE);
        }
    }
}
