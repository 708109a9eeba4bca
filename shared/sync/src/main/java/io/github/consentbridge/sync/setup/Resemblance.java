package io.github.consentbridge.sync.setup;

import io.github.consentbridge.connectors.dataverse.metadata.LabelledColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How much the name of a Didomi value and that of a column have in common, in rising order. */
public enum Resemblance {
    NONE("chosen by you"),
    /** One name contains the other. */
    PART("similar name"),
    /** The column is Dataverse's own for this kind of contact. */
    USUAL("Dataverse's own column for it"),
    SAME("same name");

    private static final int MIN_CONTAINED = 6;

    /** Words that too many names share. */
    private static final Set<String> COMMON =
            Set.of("email", "mail", "phone", "sms", "contact", "activity", "data", "send", "information", "other");

    /** What companies call the purposes that Dataverse has columns for. */
    private static final Map<String, List<String>> USUAL_NAMES = Map.of(
            "donotemail", List.of("email", "email contact"),
            "donotbulkemail", List.of("email marketing", "newsletter", "mailing", "email newsletter"),
            "donotphone", List.of("phone", "telephone", "call", "phone marketing", "telemarketing"),
            "donotfax", List.of("fax"),
            "donotpostalmail", List.of("postal mail", "post", "letter", "direct mail"),
            "donotbulkpostalmail", List.of("catalogue", "catalog", "postal marketing"),
            "donotsendmm", List.of("marketing", "marketing material"));

    private final String words;

    Resemblance(String words) {
        this.words = words;
    }

    /** For people. */
    public String words() {
        return words;
    }

    static Resemblance of(MappableValue value, LabelledColumn column) {
        List<Phrase> asked = phrases(value.names());
        Resemblance byName = best(asked, phrases(names(column)));
        boolean usual = best(asked, phrases(USUAL_NAMES.getOrDefault(column.name(), List.of()))) == SAME;
        return byName != SAME && usual ? USUAL : byName;
    }

    /** Whether two names are about the same. */
    static boolean isSame(List<String> some, List<String> others) {
        return best(phrases(some), phrases(others)) == SAME;
    }

    /** A publisher's prefix is not part of the name. */
    static List<String> names(LabelledColumn column) {
        List<String> names = new ArrayList<>(column.labels());
        names.add(column.name());
        if (column.name().contains("_")) {
            names.add(column.name().substring(column.name().indexOf('_') + 1));
        }
        return names;
    }

    private static List<Phrase> phrases(List<String> names) {
        return names.stream()
                .map(Phrase::of)
                .filter(phrase -> !phrase.isEmpty())
                .toList();
    }

    private static Resemblance best(List<Phrase> some, List<Phrase> others) {
        Resemblance best = NONE;
        for (Phrase one : some) {
            for (Phrase other : others) {
                Resemblance found = of(one, other);
                best = found.compareTo(best) > 0 ? found : best;
            }
        }
        return best;
    }

    private static Resemblance of(Phrase one, Phrase other) {
        if (one.glued().equals(other.glued()) || one.words().equals(other.words())) {
            return SAME;
        }
        return isPart(one, other) || isPart(other, one) ? PART : NONE;
    }

    private static boolean isPart(Phrase part, Phrase whole) {
        boolean words = whole.words().containsAll(part.words()) && !COMMON.containsAll(part.words());
        return words || (part.glued().length() >= MIN_CONTAINED && whole.glued().contains(part.glued()));
    }
}
