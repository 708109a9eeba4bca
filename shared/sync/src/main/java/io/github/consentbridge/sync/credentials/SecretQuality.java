package io.github.consentbridge.sync.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether a secret value is one. It cannot be known whether a value is random, but what documentation prints in its place,
 * and what is quickly typed, can be told apart from it: a random value fails these checks less than once in a million.
 */
final class SecretQuality {
    private static final int MIN_CHARACTERS = 16;
    private static final int MIN_BYTES = 16;

    /** Sixteen random hexadecimal digits have at least this many different ones, but for one case in two million. */
    private static final int MIN_DIFFERENT = 5;

    private static final String TOO_LITTLE =
            "contains too little that cannot be guessed: its characters repeat or follow each other";

    /** No letter and no digit, or in the brackets of a template. */
    private static final Pattern BLANK = Pattern.compile("[^\\p{L}\\p{Nd}]*|<[^<>]*>|\\$\\{[^{}]*}|\\{\\{[^{}]*}}");

    private static final Pattern PLACEHOLDER =
            Pattern.compile("change(me|this|it)|replace(me|this)|placeholder|todo|tbd"
                    + "|(a|my|the)?(secret|password|value)|example|x{3,}"
                    + "|your[a-z]*(key|secret|id|value|password|token)(here)?");

    /** Too long to be in a random value by chance. */
    private static final Pattern CONTAINED =
            Pattern.compile("change(me|this)|replace(me|this)|placeholder|your[a-z]*(key|secret|value|password|token)");

    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-fA-F]+");
    private static final Pattern BASE64 = Pattern.compile("[0-9A-Za-z+/_-]+={0,2}");
    private static final int BITS_OF_BASE64 = 6;

    private SecretQuality() {}

    /** Whether this is what documentation prints in place of a value. Nothing that a vendor issues is refused. */
    static boolean isPlaceholder(String value) {
        return BLANK.matcher(value).matches()
                || PLACEHOLDER.matcher(bare(value)).matches();
    }

    /** What is wrong with a value that we issue, as the rest of a sentence; empty if nothing is. */
    static Optional<String> problem(String value) {
        if (isPlaceholder(value) || CONTAINED.matcher(bare(value)).find()) {
            return Optional.of("is a placeholder");
        }
        if (value.length() < MIN_CHARACTERS) {
            return Optional.of("must be at least " + MIN_CHARACTERS + " characters long");
        }
        return isGuessable(value) ? Optional.of(TOO_LITTLE) : Optional.empty();
    }

    /** The same for a key that is used as bytes. They are counted as what the text seems to encode. */
    static Optional<String> problemOfKey(String value) {
        if (isPlaceholder(value) || CONTAINED.matcher(bare(value)).find()) {
            return Optional.of("is a placeholder");
        }
        if (bytes(value) < MIN_BYTES) {
            return Optional.of("must contain at least " + MIN_BYTES
                    + " random bytes: 32 hexadecimal digits, or 22 characters of Base64");
        }
        return isGuessable(value) ? Optional.of(TOO_LITTLE) : Optional.empty();
    }

    private static String bare(String value) {
        return value.replaceAll("[^\\p{L}\\p{Nd}]", "").toLowerCase(Locale.ROOT);
    }

    private static int bytes(String value) {
        if (HEXADECIMAL.matcher(value).matches()) {
            return value.length() / 2;
        }
        return BASE64.matcher(value).matches()
                ? value.replace("=", "").length() * BITS_OF_BASE64 / Byte.SIZE
                : value.getBytes(UTF_8).length;
    }

    private static boolean isGuessable(String value) {
        return value.chars().distinct().count() < MIN_DIFFERENT || isRepeated(value) || isSequence(value);
    }

    /** Whether it is one text several times. */
    private static boolean isRepeated(String value) {
        for (int length = 1; length <= value.length() / 2; length++) {
            if (value.startsWith(value.substring(length))) {
                return true;
            }
        }
        return false;
    }

    /** Whether most characters follow from those before, as in {@code abcdefgh} and {@code 11112222}. */
    private static boolean isSequence(String value) {
        int following = 0;
        for (int index = 2; index < value.length(); index++) {
            int step = value.charAt(index) - value.charAt(index - 1);
            following += step == value.charAt(index - 1) - value.charAt(index - 2) ? 1 : 0;
        }
        return following > value.length() / 2;
    }
}
