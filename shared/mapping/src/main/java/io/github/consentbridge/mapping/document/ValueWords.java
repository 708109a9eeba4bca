package io.github.consentbridge.mapping.document;

/**
 * Describes a value for a message. Grants, refusals and the ids of a preference's values are named; a property's text
 * is personal data, so only its length is given.
 */
public final class ValueWords {
    private ValueWords() {}

    public static String describe(Mapping mapping, ConsentValue value) {
        if (value instanceof ConsentValue.Flag flag) {
            return flag.granted() ? "\"true\"" : "\"false\"";
        }
        String text = value instanceof ConsentValue.Text selection ? selection.text() : "";
        return mapping.value().isConsent() ? "\"" + text + "\"" : "a value of " + characters(text.length());
    }

    public static String characters(int count) {
        return count == 1 ? "1 character" : count + " characters";
    }
}
