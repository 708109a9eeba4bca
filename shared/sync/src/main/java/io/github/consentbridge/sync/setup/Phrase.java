package io.github.consentbridge.sync.setup;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The words of a name that say what it is about. {@code new_NewsletterOptIn}, "Newsletter consent" and "I want to receive
 * the newsletters" are about the same. Accents, case and a final s make no difference.
 *
 * @param words without a final s
 * @param glued all of them written as one
 */
record Phrase(Set<String> words, String glued) {
    private static final Pattern BOUNDARY = Pattern.compile("[^\\p{L}\\p{Nd}]+|(?<=\\p{Ll})(?=\\p{Lu})");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    /** Words that a consent's column or question has whatever it is about. */
    private static final Set<String> FILLERS = Set.of(
            "a",
            "an",
            "the",
            "and",
            "of",
            "for",
            "to",
            "by",
            "via",
            "from",
            "about",
            "in",
            "on",
            "my",
            "me",
            "our",
            "us",
            "we",
            "i",
            "you",
            "your",
            "want",
            "wants",
            "receive",
            "get",
            "is",
            "has",
            "do",
            "not",
            "donot",
            "no",
            "allow",
            "allows",
            "allowed",
            "accept",
            "accepted",
            "agree",
            "agreed",
            "opt",
            "out",
            "optin",
            "optout",
            "opted",
            "consent",
            "consents",
            "consented",
            "permission",
            "subscribe",
            "subscribed",
            "unsubscribe",
            "unsubscribed",
            "flag");

    /** The same where a name is written as one word, as logical names are. */
    private static final Pattern GLUED_FILLERS = Pattern.compile("^(donot(allow|send)?|optin|optout|allow)(?=.{3})"
            + "|(?<=.{3})(optin|optout|optedin|optedout|consents?|subscribed|permission|allowed)$");

    private static final Pattern REFUSAL = Pattern.compile(
            "\\bdo ?not\\b|^(\\w+ )?donot|opt(ed)? ?out|unsubscri|suppress|\\bno\\b|\\bnicht\\b|\\bkeine?\\b");

    static Phrase of(String name) {
        List<String> words = new ArrayList<>();
        for (String word : plain(name).split(" ", -1)) {
            String bare = GLUED_FILLERS.matcher(word).replaceAll("");
            if (!bare.isEmpty() && !FILLERS.contains(word) && !FILLERS.contains(bare)) {
                words.add(bare);
            }
        }
        return new Phrase(
                words.stream().map(Phrase::singular).collect(Collectors.toSet()), singular(String.join("", words)));
    }

    /** Whether yes means that the person must not be contacted. */
    static boolean refuses(String name) {
        return REFUSAL.matcher(plain(name)).find();
    }

    boolean isEmpty() {
        return words.isEmpty();
    }

    private static String plain(String name) {
        String spaced =
                BOUNDARY.matcher(name.replaceAll("(?i)\\be-mail", "email")).replaceAll(" ");
        String decomposed = Normalizer.normalize(spaced, Normalizer.Form.NFD);
        return MARKS.matcher(decomposed).replaceAll("").toLowerCase(Locale.ROOT).strip();
    }

    private static String singular(String word) {
        return word.length() > 3 && word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
    }
}
