package io.github.consentbridge.mapping.json;

/** Finds texts that UTF-8 cannot encode. JSON can escape one half of a surrogate pair alone ({@code \\ud83d}). */
public final class Surrogates {
    private Surrogates() {}

    /** Whether every surrogate in the text is one of a pair. */
    public static boolean arePaired(String text) {
        for (int index = 0; index < text.length(); index++) {
            if (Character.isSurrogate(text.charAt(index))) {
                if (!Character.isSupplementaryCodePoint(text.codePointAt(index))) {
                    return false;
                }
                index++;
            }
        }
        return true;
    }
}
