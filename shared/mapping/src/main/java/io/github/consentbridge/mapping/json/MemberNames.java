package io.github.consentbridge.mapping.json;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Repairs member names for Jackson, which refuses a document for an unpaired surrogate in any of them. */
public final class MemberNames {
    /** A pair, or one half of it alone. */
    private static final Pattern SURROGATES = Pattern.compile(
            "\\\\u[dD][89abAB]\\p{XDigit}{2}\\\\u[dD][c-fC-F]\\p{XDigit}{2}|\\\\u[dD][89a-fA-F]\\p{XDigit}{2}|\\\\.");

    private static final int LENGTH_OF_HALF = 6;

    private MemberNames() {}

    /**
     * The same JSON text with every unpaired surrogate in a member's name replaced by {@code U+FFFD}. Texts that are values
     * stay as they are. What is not JSON stays so.
     */
    public static String withoutUnpairedSurrogates(String json) {
        StringBuilder repaired = new StringBuilder(json.length());
        int copied = 0;
        for (int start = json.indexOf('"'); start >= 0; ) {
            int end = endOfText(json, start);
            if (isFollowedByColon(json, end)) {
                repaired.append(json, copied, start).append(repairedName(json.substring(start, end)));
                copied = end;
            }
            start = json.indexOf('"', end);
        }
        return repaired.append(json, copied, json.length()).toString();
    }

    /** Behind the closing quote, or the end of the document. */
    private static int endOfText(String json, int start) {
        for (int index = start + 1; index < json.length(); index++) {
            if (json.charAt(index) == '"') {
                return index + 1;
            }
            if (json.charAt(index) == '\\') {
                index++;
            }
        }
        return json.length();
    }

    private static boolean isFollowedByColon(String json, int end) {
        int next = end;
        while (next < json.length() && " \t\r\n".indexOf(json.charAt(next)) >= 0) {
            next++;
        }
        return next < json.length() && json.charAt(next) == ':';
    }

    private static String repairedName(String name) {
        return SURROGATES.matcher(name).replaceAll(found -> {
            boolean isHalf = found.group().length() == LENGTH_OF_HALF;
            return Matcher.quoteReplacement(isHalf ? "\\ufffd" : found.group());
        });
    }
}
