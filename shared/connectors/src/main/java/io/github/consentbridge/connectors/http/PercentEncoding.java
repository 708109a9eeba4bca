package io.github.consentbridge.connectors.http;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Encodes text as a value in a URL: everything but RFC 3986's unreserved characters as UTF-8 bytes, a space as {@code
 * %20}.
 */
public final class PercentEncoding {
    private static final String UNRESERVED = "-._~";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private PercentEncoding() {}

    /**
     * Encodes one value, not a complete URL.
     *
     * @throws IllegalArgumentException for an unpaired surrogate, which UTF-8 cannot encode: replaced by a question
     *     mark, it could name another person
     */
    public static String encode(String value) {
        StringBuilder encoded = new StringBuilder(value.length() + 16);
        ByteBuffer bytes = utf8(value);
        while (bytes.hasRemaining()) {
            char c = (char) (bytes.get() & 0xFF);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX[c >> 4]).append(HEX[c & 0xF]);
            }
        }
        return encoded.toString();
    }

    private static ByteBuffer utf8(String value) {
        try {
            return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the value is not valid Unicode text");
        }
    }
}
