package io.github.consentbridge.connectors.dataverse.contact;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds columns in Dataverse's messages. The forms differ by code: {@code the length of the 'new_note' attribute}, {@code
 * permissions for the new_news, new_tips attribute(s)}, {@code Invalid property 'new_note'}. Values can stand in the same
 * message, so a word counts only if a column of the request has this name, and a word without an underscore only if the
 * message marks it as a name: {@code description} is also a column.
 */
final class ColumnNames {
    private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";
    private static final String LIST = NAME + "(?:\\s*,\\s*" + NAME + ")*";
    private static final List<Pattern> FORMS = List.of(
            Pattern.compile("['\"`\\u2018\\u201c](" + NAME + ")['\"`\\u2019\\u201d]"),
            Pattern.compile("(" + LIST + ")\\s+(?:secured\\s+)?(?i:attribute|column|field)(?:\\(s\\)|s)?\\b"),
            Pattern.compile(
                    "\\b(?i:attribute|column|field|property)(?:\\(s\\)|s)?(?: named)?\\s*[:=]?\\s*(" + LIST + ")"),
            Pattern.compile("\\b([A-Za-z][A-Za-z0-9]*_[A-Za-z0-9_]+)\\b"));

    private ColumnNames() {}

    /** Those of these logical names that the message contains, in their order. */
    static Set<String> in(String message, Collection<String> logicalNames) {
        Set<String> words = new LinkedHashSet<>();
        for (Pattern form : FORMS) {
            Matcher matcher = form.matcher(message);
            while (matcher.find()) {
                words.addAll(names(matcher.group(1)));
            }
        }
        Set<String> found = new LinkedHashSet<>(logicalNames);
        found.retainAll(words);
        return found;
    }

    private static List<String> names(String list) {
        List<String> names = new ArrayList<>();
        for (String name : list.split("\\s*,\\s*", -1)) {
            names.add(name.toLowerCase(Locale.ROOT));
        }
        return names;
    }
}
